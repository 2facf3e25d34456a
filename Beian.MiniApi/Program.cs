using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Features.AuthCodes;
using Beian.MiniApi.Features.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Sandbox;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Sandbox.Face;
using Beian.MiniApi.Features.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Sandbox.Registry;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddAuth();
builder.AddStorage();
builder.AddWeChat();
builder.AddSandboxWeChat();
builder.AddFaceChecks();
builder.AddFaceSandbox();
builder.AddLogins();
builder.AddResourceChecks();
builder.AddAuthCodes();
builder.AddDemoInventory();
builder.AddReferenceData();
builder.AddRegistry();
if (builder.Environment.IsDevelopment())
{
    builder.AddSandboxRegistry();
}

var app = builder.Build();
if (StartupGuards.Refuse(app))
{
    return 1;
}

app.UsePlatform();
app.MapHealth();
app.MapApi();
app.UseAuth();
var api = app.MapApi();
api.MapAuth();
api.MapAccounts();
api.MapResources();
api.MapAuthCodes();
app.MapSandboxWeChat();
if (app.Environment.IsDevelopment())
{
    app.MapFaceSandbox();
var api = app.MapApi();
api.MapReference();
if (app.Environment.IsDevelopment())
{
    app.MapSandboxRegistry();
}

await app.RunAsync();
return 0;
