using Beian.MiniApi.Authority;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Cli;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Identity;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Platform.OpenApi;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Platform.Scanning;
using Beian.MiniApi.Platform.Telemetry;
using Beian.MiniApi.Probe;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Registry;
using Beian.MiniApi.ReviewConsole;
using Beian.MiniApi.Sandbox;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;
using Beian.MiniApi.WeChat;

if (CommandLine.IsVerb(args))
{
    return await CommandLine.RunAsync(args, Build);
}

var app = Build(args);
if (StartupGuards.Refuse(app, ReferenceDataSetup.Read, AuthSetup.Read, WeChatSetup.Read, FaceCheckSetup.Read, KeysSetup.Read))
{
    return 1;
}

app.UseTelemetry();
app.UseReviewConsole();
app.UsePlatform();
app.UseAuth();
app.MapOpenApiDocs();
app.MapHealth();
app.MapSandbox();
MapFeatures(app);
app.MapReviewConsole();

await app.RunAsync();
return 0;

static WebApplication Build(string[] args)
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddSecretFiles();
    builder.AddTelemetry();
    builder.AddPlatform();
    builder.AddAuth();
    builder.AddAudit();
    builder.AddOpenApiDocs();
    builder.AddStorage();
    builder.AddCoordination();
    builder.AddKeyWork();
    builder.AddReferenceData();
    builder.AddWeChat();
    builder.AddRegistry();
    builder.AddSiteProbe();
    builder.AddChannels();
    builder.AddFaceChecks();
    builder.AddIdentityProvider();
    builder.AddResourceChecks();
    builder.AddJourney();
    builder.AddPictures();
    builder.AddScanning();
    builder.AddAuthority();
    AddFeatures(builder);
    builder.AddReviewConsole();
    builder.AddTimers();
    builder.AddSandbox();

    return builder.Build();
}
