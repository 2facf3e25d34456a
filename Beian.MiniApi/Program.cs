using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Sandbox.Face;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddStorage();
builder.AddWeChat();
builder.AddSandboxWeChat();
builder.AddFaceChecks();
builder.AddFaceSandbox();

var app = builder.Build();
app.UsePlatform();
app.MapHealth();
app.MapApi();
app.MapSandboxWeChat();
if (app.Environment.IsDevelopment())
{
    app.MapFaceSandbox();
}

await app.RunAsync();
