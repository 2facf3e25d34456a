using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddAuth();
builder.AddStorage();
builder.AddWeChat();
builder.AddSandboxWeChat();
builder.AddLogins();

var app = builder.Build();
if (StartupGuards.Refuse(app))
{
    return 1;
}

app.UsePlatform();
app.UseAuth();
var api = app.MapApi();
api.MapAuth();
api.MapAccounts();
app.MapSandboxWeChat();

await app.RunAsync();
return 0;
