using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Features.AuthCodes;
using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Features.Consents;
using Beian.MiniApi.Features.Deliveries;
using Beian.MiniApi.Features.Export;
using Beian.MiniApi.Features.FaceChecks;
using Beian.MiniApi.Features.Filings;
using Beian.MiniApi.Features.Letters;
using Beian.MiniApi.Features.Materials;
using Beian.MiniApi.Features.Notifications;
using Beian.MiniApi.Features.Ocr;
using Beian.MiniApi.Features.Reference;
using Beian.MiniApi.Features.Resources;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Features.Sites;
using Beian.MiniApi.Features.Start;
using Beian.MiniApi.Features.Subjects;
using Beian.MiniApi.Features.Uploads;
using Beian.MiniApi.Features.Verification;
using Beian.MiniApi.Features.Webhooks;
using Beian.MiniApi.Features.WeChatPush;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox;

/// <content>The features of the API: what they register, and their routes.</content>
public partial class Program
{
    private static void AddFeatures(WebApplicationBuilder builder)
    {
        builder.AddOcr();
        builder.AddUploads();
        builder.AddLogins();
        builder.AddAccounts();
        builder.AddExport();
        builder.AddStartPage();
        builder.AddAuthCodes();
        builder.AddLetters();
        builder.AddFaceCheckHandovers();
        builder.AddReference();
        builder.AddFilings();
        builder.AddReview();
        builder.AddPushInbox();
        builder.AddWebhooks();
    }

    private static void MapFeatures(WebApplication app)
    {
        app.MapWeChatPush();
        app.MapStartPage(SandboxSetup.IsOn(app.Configuration));

        var api = app.MapApi();
        api.MapAuth();
        api.MapStaff();
        api.MapAccounts();
        api.MapConsents();
        api.MapExport();
        api.MapReference();
        api.MapResources();
        api.MapAuthCodes();
        api.MapUploads();
        api.MapFilings();
        api.MapVerification();
        api.MapSubjects();
        api.MapSites();
        api.MapFaceChecks();
        api.MapMaterials();
        api.MapOcr();
        api.MapLetters();
        api.MapReview();
        api.MapAuthority();
        api.MapNotifications();
        api.MapDeliveries();
        api.MapWebhooks();
    }
}
