using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Authority;

/// <summary>The authority's part (管局): hand-over, SMS verification, results.</summary>
public static class AuthorityEndpoints
{
    public static void MapAuthority(this RouteGroupBuilder api)
    {
        var review = api.MapGroup("/review").WithTags("Authority").RequireAuthorization(Policies.Reviewer);
        var filing = review.MapGroup("/filings/{filingId}");
        filing.MapPost("/authority-submission", SubmitToAuthority.HandleAsync).Idempotent()
            .WithName(nameof(SubmitToAuthority)).WithSummary("Hand the filing to the authority; the 24 hours of the SMS verification begin")
            .Produces<AuthorityStateView>().Refuses(404, 409);
        filing.MapGet("/hand-over", SubmitToAuthority.DownloadAsync).Shows("filings", "filingId")
            .WithName("GetHandOver").WithSummary("The hand-over file of the last submission to the authority")
            .Produces(StatusCodes.Status200OK, contentType: "application/json").Refuses(404);
        filing.MapPost("/sms-results", RecordSmsResult.HandleAsync).Idempotent()
            .WithName(nameof(RecordSmsResult)).WithSummary("What the authority's system says of one principal's SMS verification")
            .Produces<AuthorityStateView>().Refuses(404, 409, 422);
        filing.MapPost("/authority-result", RecordAuthorityResult.HandleAsync).Idempotent()
            .WithName(nameof(RecordAuthorityResult)).WithSummary("The authority's decision, with the filing numbers or what is to be mended")
            .Produces<AuthorityStateView>().Refuses(404, 409, 422);
        review.MapPost("/authority-results:import", ImportAuthorityResults.HandleAsync).Idempotent().WithBodyLimit(ImportBody.MaxBytes)
            .WithMetadata(new TextBodyAttribute("text/csv"))
            .WithName(nameof(ImportAuthorityResults))
            .WithSummary("SMS and authority results as text/csv: filingNumber,result,subjectNumber,siteDomain,siteNumber,reason")
            .Produces<ResultImportView>().Refuses(413, 415, 422);
        api.MapPost("/admin/subjects:import", ImportSubjects.HandleAsync).Idempotent().WithBodyLimit(ImportBody.MaxBytes).RequireAuthorization(Policies.Admin)
            .WithMetadata(new TextBodyAttribute("application/x-ndjson"))
            .WithTags("Authority").WithName(nameof(ImportSubjects))
            .WithSummary("Subjects filed before this system existed, as application/x-ndjson; all lines or none, idempotent by subject number")
            .Produces<SubjectImportView>().Refuses(413, 415, 422);
    }
}
