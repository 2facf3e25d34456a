using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Verification;

/// <summary>备案地域, by division codes. Where a city has no districts, the city's code is also the district's.</summary>
public sealed record RegionRequest
{
    public string? Province { get; init; }

    public string? City { get; init; }

    public string? District { get; init; }
}

/// <summary>验证备案类型, as typed. For an added site only domain and resource count.</summary>
public sealed record PutVerificationRequest
{
    public RegionRequest? Region { get; init; }

    /// <summary>Code of the subject natures.</summary>
    public int? SubjectNature { get; init; }

    /// <summary>Code of the certificate types.</summary>
    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    public string? Domain { get; init; }

    public ResourceRequest? Resource { get; init; }
}

internal static class PutVerification
{
    public static async Task<Answer> HandleAsync(
        string filingId,
        Body<PutVerificationRequest> body,
        IfMatch ifMatch,
        CurrentUser user,
        FilingDesk desk,
        FilingChecks checks,
        FilingViews views,
        CancellationToken cancellationToken)
    {
        var typed = body.Value;
        var lengths = new Lengths()
            .Text(typed.Region?.Province, FieldLengths.Division, "/region/province")
            .Text(typed.Region?.City, FieldLengths.Division, "/region/city")
            .Text(typed.Region?.District, FieldLengths.Division, "/region/district")
            .Text(typed.CertificateNumber, FieldLengths.CertificateNumber, "/certificateNumber")
            .Text(typed.Domain, FieldLengths.Domain, "/domain");
        ResourceRequest.Measure(typed.Resource, lengths);
        if (lengths.Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        var values = Values(typed);
        var siteId = Guid.CreateVersion7().ToString("N");
        for (var attempt = 0; ; attempt++)
        {
            var run = await RunAsync(filingId, values, siteId, ifMatch, user, desk, checks, views, cancellationToken);
            if (run.Refusal is { Kind: not ErrorKind.TooMany } refusal)
            {
                return refusal.ToAnswer();
            }

            var answer = await desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.PutVerification(values, run.Outcome, siteId, view.Open, user.Actor, view.Now),
                cancellationToken,
                filing => views.Of(filing.Snapshot.Verification),
                (filing, requirements, now) => AnswerFor(filing, requirements, now, run, views));
            if (!HoldErrors.WasOvertaken(answer) || attempt + 1 >= HoldErrors.MaxAttempts)
            {
                return answer;
            }
        }
    }

    private static async Task<(VerificationOutcome? Outcome, DomainError? Refusal)> RunAsync(
        string filingId,
        Domain.Filings.Verification values,
        string siteId,
        IfMatch ifMatch,
        CurrentUser user,
        FilingDesk desk,
        FilingChecks checks,
        FilingViews views,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } view)
        {
            return (null, FilingErrors.NotFound());
        }

        if (ifMatch.Refuses(view.Filing, views.Of(view.Filing.Snapshot.Verification)) is { } stale)
        {
            return (null, stale);
        }

        // What cannot be saved is refused before anybody outside is asked.
        if (!view.Filing.PutVerification(values, null, siteId, view.Open, user.Actor, view.Now).TryGet(out var typed, out var refusal))
        {
            return (null, refusal);
        }

        if (!typed.Snapshot.Verification.IsComplete)
        {
            return (null, null);
        }

        var run = await checks.VerifyAsync(view.Filing, typed.Snapshot.Verification, cancellationToken);
        return run.TryGet(out var outcome, out var throttled) ? (outcome, null) : (null, throttled);
    }

    /// <summary>Whatever the checks say, the values are stored: the answer tells the new version also when it is a refusal.</summary>
    private static Answer AnswerFor(
        Filing filing, RequirementSet requirements, DateTimeOffset now, (VerificationOutcome? Outcome, DomainError? Refusal) run, FilingViews views)
    {
        if (run.Refusal is { } throttled)
        {
            return (throttled with { Version = filing.Version }).ToAnswer();
        }

        if (run.Outcome is not { Passed: false } failed)
        {
            return Answer.Ok(views.Of(filing, requirements, now), filing.Version);
        }

        var errors = failed.SubjectResults.Concat(failed.DomainChecks.Results)
            .Where(r => r.Outcome == CheckOutcome.Failed)
            .Select(r => new Finding(CheckNames.PointerOf(r.Check), r.Code!) { RuleId = r.Check, Args = r.Args })
            .ToArray();
        return FilingErrors.VerificationFailed(errors, filing.Version).ToAnswer();
    }

    private static Domain.Filings.Verification Values(PutVerificationRequest typed) => new()
    {
        Region = typed.Region is null ? null : new Region(typed.Region.Province, typed.Region.City, typed.Region.District),
        SubjectNature = typed.SubjectNature,
        CertificateType = typed.CertificateType,
        CertificateNumber = HalfWidth.Fold(typed.CertificateNumber),
        Domain = typed.Domain,
        Resource = typed.Resource?.ToChoice(),
    };
}
