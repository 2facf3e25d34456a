using Beian.MiniApi.Journey;
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
        filing.MapGet("/hand-over", SubmitToAuthority.DownloadAsync)
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

/// <summary>Where a filing stands with the authority.</summary>
/// <param name="SmsTargets">Who must verify, and who has.</param>
/// <param name="SynchronisedAt">When a result came last, or null.</param>
public sealed record AuthorityStateView(
    string Id, string Number, Domain.Filings.FilingState State, int Version, IReadOnlyList<SmsTargetView> SmsTargets, string? SubjectNumber, IReadOnlyList<SiteNumberView> Sites, DateTimeOffset? DueAt, DateTimeOffset? SynchronisedAt)
{
    internal static AuthorityStateView Of(Domain.Filings.Filing filing)
    {
        var s = filing.Snapshot;
        return new AuthorityStateView(
            s.Id,
            s.Number,
            s.State,
            s.Version,
            [.. s.SmsTargets.Select(t => new SmsTargetView(t.Role, t.SiteId, t.VerifiedAt is not null))],
            s.SubjectNumber,
            [.. s.Sites.Select(x => new SiteNumberView(x.Id, x.Checks.DisplayDomain, x.Number))],
            s.DueAt,
            s.SynchronisedAt);
    }
}

/// <param name="Number">网站备案号, once approved.</param>
public sealed record SiteNumberView(string SiteId, string? Domain, string? Number);
