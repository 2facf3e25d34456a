using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>The page of one filing, and what is done there.</summary>
internal static class DeskRoutes
{
    public static void MapDeskPages(this ConsoleGroups console)
    {
        var filing = console.Reviewers.MapGroup("/filings/{filingId}");
        filing.MapGet("", ShowDesk.HandleAsync).Shows("filings", "filingId").WithName("console.filing");
        filing.MapGet("/papers/{materialId}", GetReviewMaterial.HandleAsync).Shows("materials", "materialId").WithName("console.paper");
        filing.MapGet("/papers/{materialId}/copies/{copy}", GetReviewMaterialCopy.HandleAsync).Shows("materials", "materialId").WithName("console.paperCopy");
        filing.MapGet("/hand-over", SubmitToAuthority.DownloadAsync).Shows("filings", "filingId").WithName("console.handOver");
        filing.MapPost("/look", ShowDesk.LookAsync).WithName("console.look");
        filing.MapPost("/take", WorkOnDesk.TakeAsync).WithName("console.take");
        filing.MapPost("/give-back", WorkOnDesk.GiveBackAsync).WithName("console.giveBack");
        filing.MapPost("/calls", WorkOnDesk.CallAsync).WithName("console.call");
        filing.MapPost("/full-view", WorkOnDesk.SeeInFullAsync).WithName("console.fullView");
        filing.MapPost("/approval", DecideOnDesk.ApproveAsync).WithName("console.approve");
        filing.MapPost("/rejection", DecideOnDesk.RejectAsync).WithName("console.reject");
        filing.MapPost("/authority-submission", AuthorityOnDesk.HandOverAsync).WithName("console.submitToAuthority");
        filing.MapPost("/sms-results", AuthorityOnDesk.SmsAsync).WithName("console.sms");
        filing.MapPost("/authority-result", AuthorityOnDesk.ResultAsync).WithName("console.authorityResult");
    }
}
