using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddStorage();

var app = builder.Build();
app.UsePlatform();
app.MapApi();

await app.RunAsync();
