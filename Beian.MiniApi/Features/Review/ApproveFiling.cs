using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Review;

/// <summary>The approval, with a word on everything that stayed unknown.</summary>
public sealed record ApproveFilingRequest
{
    public IReadOnlyList<ExplanationRequest>? Explanations { get; init; }
}

/// <summary>Why a check may stay as it is.</summary>
public sealed record ExplanationRequest
{
    /// <summary>Name of the check, such as <c>domain.holder</c>; the <c>ruleId</c> in the refusal of an approval that lacks the word.</summary>
    public required string Check { get; init; }

    /// <summary>The site; null for all of them.</summary>
    public string? SiteId { get; init; }

    public required string Note { get; init; }
}

internal static class ApproveFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId,
        OptionalBody<ApproveFilingRequest> body,
        CurrentUser user,
        FilingDesk desk,
        ReviewViews views,
        IFilingStore filings,
        FilingChecks checks,
        CheckBell bell,
        IOptions<PolicyOptions> policy,
        CancellationToken cancellationToken)
    {
        var given = body.Value?.Explanations ?? [];
        if (Measure(given) is { } refused)
        {
            return refused.ToAnswer();
        }

        var explanations = given.Select(e => new UnknownExplanation(e.Check, e.SiteId, e.Note)).ToArray();
        if (await Submitted.FindAsync(filings, filingId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (Strange(seen, explanations) is { Count: > 0 } strange)
        {
            return ReviewErrors.BadFindings(strange).ToAnswer();
        }

        // What can be refused without asking outside is refused first; then everything is asked once more, and what came of it is kept either way.
        if (!FilingTransitions.Allows(seen.State, FilingAction.Approve, user.Role))
        {
            return FilingErrors.StateConflict(seen.State, user.Role).ToAnswer();
        }

        var run = await checks.RecheckAsync(seen, probes: true, authorId: null, cancellationToken);
        await KeepAsync(filings, filingId, run, user, cancellationToken);
        var answer = await ReviewDesk.ChangeAsync(filingId, desk, views, view => Decide(view, explanations, user, policy.Value.SecondReviewer), cancellationToken);
        bell.Wake();
        return answer;
    }

    /// <summary>Explanations of checks or sites that the filing does not have.</summary>
    private static List<Finding> Strange(Filing filing, UnknownExplanation[] explanations)
    {
        var known = filing.ResultsOfSubject().Concat(filing.Snapshot.Sites.SelectMany(filing.ResultsOf)).Select(r => r.Check).ToHashSet(StringComparer.Ordinal);
        var findings = new List<Finding>();
        for (var i = 0; i < explanations.Length; i++)
        {
            if (!known.Contains(explanations[i].Check))
            {
                findings.Add(new Finding($"/explanations/{i}/check", "review.checkUnknown"));
            }

            if (explanations[i].SiteId is { } siteId && filing.FindSite(siteId) is null)
            {
                findings.Add(new Finding($"/explanations/{i}/siteId", "site.notFound"));
            }
        }

        return findings;
    }

    private static Result<Filing> Decide(DeskView view, IReadOnlyList<UnknownExplanation> explanations, CurrentUser user, bool needsTwo)
    {
        // What the first of two reviewers has explained need not be explained again.
        var first = view.Filing.Snapshot.Rounds[^1].FirstApproval?.Explanations ?? [];
        var open = Unexplained.Of(view.Filing, [.. first, .. explanations])
            .Select(u => new Finding("/explanations", Unexplained.CodeOf(u.Result)) { SiteId = u.SiteId, RuleId = u.Result.Check, RemedyCode = "review.noteMissing", Args = CheckNames.ArgsOf(u.Result) })
            .ToArray();
        return view.Filing.Approve(explanations, open, user.Actor, view.Now, needsTwo);
    }

    private static async Task KeepAsync(IFilingStore filings, string filingId, CheckRun run, CurrentUser user, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            if (await filings.FindAsync(filingId, cancellationToken) is not { } filing
                || !filing.RecordChecks(run.SubjectResults, run.BySite, user.Actor, run.Contacts).TryGet(out var noted, out _)
                || (await filings.ReplaceAsync(noted, null, cancellationToken)).IsSaved)
            {
                return;
            }
        }
    }

    private static DomainError? Measure(IReadOnlyList<ExplanationRequest> given)
    {
        var lengths = new Lengths().Items(given, FieldLengths.Codes, "/explanations");
        for (var i = 0; i < given.Count; i++)
        {
            lengths.Text(given[i].Note, FieldLengths.Note, $"/explanations/{i}/note");
        }

        if (lengths.Refusal is { } tooLong)
        {
            return tooLong;
        }

        var empty = Enumerable.Range(0, given.Count).Where(i => string.IsNullOrWhiteSpace(given[i].Note)).Select(i => new Finding($"/explanations/{i}/note", "review.noteMissing")).ToArray();
        return empty.Length == 0 ? null : ReviewErrors.BadFindings(empty);
    }
}
