using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.Face;
using Beian.MiniApi.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddStorage();
builder.AddFaceChecks();
builder.AddFaceSandbox();

var app = builder.Build();
app.UsePlatform();
app.MapHealth();
app.MapApi();
if (app.Environment.IsDevelopment())
{
    app.MapFaceSandbox();
}

await app.RunAsync();
