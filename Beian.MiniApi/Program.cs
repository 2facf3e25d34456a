using Beian.MiniApi.Authority;
using Beian.MiniApi.Checks;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Features.AuthCodes;
using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Features.FaceChecks;
using Beian.MiniApi.Features.Filings;
using Beian.MiniApi.Features.Letters;
using Beian.MiniApi.Features.Materials;
using Beian.MiniApi.Features.Notifications;
using Beian.MiniApi.Features.Reference;
using Beian.MiniApi.Features.Resources;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Features.Sites;
using Beian.MiniApi.Features.Subjects;
using Beian.MiniApi.Features.Verification;
using Beian.MiniApi.Features.WeChatPush;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Platform.OpenApi;
using Beian.MiniApi.Probe;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Sandbox;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;
using Beian.MiniApi.WeChat;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.AddAuth();
builder.AddOpenApiDocs();
builder.AddStorage();
builder.AddReferenceData();
builder.AddWeChat();
builder.AddRegistry();
builder.AddSiteProbe();
builder.AddFaceChecks();
builder.AddResourceChecks();
builder.AddJourney();
builder.AddLogins();
builder.AddAuthCodes();
builder.AddLetters();
builder.AddFaceCheckHandovers();
builder.AddAuthority();
builder.AddReference();
builder.AddReview();
builder.AddPushInbox();
builder.AddTimers();
builder.AddSandbox();

var app = builder.Build();
if (StartupGuards.Refuse(app, ReferenceDataSetup.Read, WeChatSetup.Read, FaceCheckSetup.Read))
{
    return 1;
}

app.UsePlatform();
app.UseAuth();
app.MapOpenApiDocs();
app.MapHealth();
app.MapWeChatPush();
app.MapSandbox();
app.MapStartPage(SandboxSetup.IsOn(app.Configuration));

var api = app.MapApi();
api.MapAuth();
api.MapAccounts();
api.MapReference();
api.MapResources();
api.MapAuthCodes();
api.MapFilings();
api.MapVerification();
api.MapSubjects();
api.MapSites();
api.MapFaceChecks();
api.MapMaterials();
api.MapLetters();
api.MapReview();
api.MapAuthority();
api.MapNotifications();

await app.RunAsync();
return 0;
