using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddStorage();
builder.AddWeChat();
builder.AddSandboxWeChat();

var app = builder.Build();
app.UsePlatform();
app.MapApi();
app.MapSandboxWeChat();

await app.RunAsync();
