using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Review;

/// <summary>A filing in the queue.</summary>
/// <param name="Round">How many times it was submitted.</param>
/// <param name="DueAt">By when staff or authority are expected to act; null where nothing was promised.</param>
/// <param name="Assignee">The reviewer who claimed it, or null.</param>
public sealed record QueueItem(
    string Id,
    string Number,
    FilingKind? Kind,
    FilingState State,
    string? Province,
    string? SubjectName,
    IReadOnlyList<string> Domains,
    int Round,
    DateTimeOffset SubmittedAt,
    DateTimeOffset StateSince,
    DateTimeOffset? DueAt,
    bool Overdue,
    string? Assignee);

/// <summary>Everything a reviewer needs for one filing.</summary>
/// <param name="Filing">The form, its automatic findings under <c>requirements</c>, papers and checks; auth codes hidden.</param>
/// <param name="DueAt">By when to act.</param>
/// <param name="Overdue">True when that has passed.</param>
/// <param name="Claim">Who reviews it, or null.</param>
/// <param name="Phones">The numbers that may be called.</param>
/// <param name="NextCallCountsFrom">From when a second unanswered call rejects; null while none was missed.</param>
/// <param name="Unexplained">Checks that need a word before the approval.</param>
/// <param name="Changes">What differs from the last round; empty in the first.</param>
/// <param name="Rounds">All rounds with calls and findings, newest first.</param>
/// <param name="History">Everything that happened, newest first.</param>
public sealed record ReviewView(
    FilingView Filing,
    DateTimeOffset? DueAt,
    bool Overdue,
    ClaimView? Claim,
    IReadOnlyList<string> Phones,
    DateTimeOffset? NextCallCountsFrom,
    IReadOnlyList<UnexplainedView> Unexplained,
    IReadOnlyList<ChangeView> Changes,
    IReadOnlyList<RoundView> Rounds,
    IReadOnlyList<HistoryView> History);

/// <param name="LapsesAt">When it ends unless the reviewer acts.</param>
public sealed record ClaimView(string ReviewerId, DateTimeOffset ClaimedAt, DateTimeOffset LapsesAt);

public sealed record UnexplainedView(string Check, string? SiteId, string Outcome, string Code, string? Evidence);

/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is gone.</param>
public sealed record ChangeView(string Pointer, string? Before, string? After);

public sealed record CallView(DateTimeOffset At, string By, string Phone, CallOutcome Outcome, string? Note, bool Counted);

public sealed record ExplanationView(string Check, string? SiteId, string Note);

public sealed record RoundView(
    int Number,
    DateTimeOffset SubmittedAt,
    string RulesVersion,
    IReadOnlyList<CallView> Calls,
    IReadOnlyList<ExplanationView> Explanations,
    string? EndedBy,
    DateTimeOffset? EndedAt,
    IReadOnlyList<ReviewFindingView> Findings,
    IReadOnlyList<MaterialView> Materials);

public sealed record HistoryView(DateTimeOffset At, FilingAction Action, Role Role, string ActorId, FilingState From, FilingState To, string? Code, string? Note);

/// <summary>Turns filings into what reviewers see.</summary>
public sealed class ReviewViews(FilingViews views)
{
    private const string HiddenCode = "****";

    public static QueueItem Item(Filing filing, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        return new QueueItem(
            s.Id,
            s.Number,
            s.Kind,
            s.State,
            s.Verification.Region?.Province,
            s.Subject.Name,
            [.. s.Sites.Select(x => x.Checks.DisplayDomain ?? x.Domain).OfType<string>()],
            s.Rounds.Count,
            s.Rounds[^1].SubmittedAt,
            s.StateSince,
            s.DueAt,
            s.DueAt < now,
            s.Claim?.ReviewerId);
    }

    public ReviewView Of(Filing filing, RequirementSet requirements, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        var missed = s.Rounds.Count == 0 ? null : Filing.FirstMiss(s.Rounds[^1].Calls);
        return new ReviewView(
            Hidden(views.Of(filing, requirements, now)),
            s.DueAt,
            s.DueAt < now,
            s.Claim is { } claim ? new ClaimView(claim.ReviewerId, claim.ClaimedAt, claim.LastActiveAt + FilingTimes.ClaimIdle) : null,
            filing.Phones(),
            missed is null ? null : missed.At + FilingTimes.CallRetry,
            [.. Unexplained.Of(filing, []).Select(u => new UnexplainedView(u.Result.Check, u.SiteId, FilingViews.Name(u.Result.Outcome), Unexplained.CodeOf(u.Result), u.Result.Evidence))],
            Changes(s),
            [.. s.Rounds.Reverse().Select(r => Of(r, s.Sites))],
            [.. s.History.Reverse().Select(e => new HistoryView(e.At, e.Action, e.Role, e.ActorId, e.From, e.To, e.Code, e.Note))]);
    }

    private RoundView Of(ReviewRound round, IReadOnlyList<Site> sites) => new(
        round.Number,
        round.SubmittedAt,
        round.RulesVersion,
        [.. round.Calls.Select(c => new CallView(c.At, c.By, c.Phone, c.Outcome, c.Note, c.Counted))],
        [.. round.Explanations.Select(e => new ExplanationView(e.Check, e.SiteId, e.Note))],
        round.EndedBy,
        round.EndedAt,
        [.. round.Findings.Select(f => FilingViews.Of(f, sites))],
        [.. round.Form.Materials.Select(views.Of)]);

    private static IReadOnlyList<ChangeView> Changes(FilingSnapshot s)
    {
        if (s.Rounds.Count < 2)
        {
            return [];
        }

        var changed = FormFields.Diff(FormFields.Of(s.Rounds[^2].Form), FormFields.Of(s));
        return [.. changed.Select(c => c.Path.EndsWith("/resource", StringComparison.Ordinal)
            ? new ChangeView(FormFields.Pointer(c.Path, s.Sites), c.Before is null ? null : HiddenCode, c.After is null ? null : HiddenCode)
            : new ChangeView(FormFields.Pointer(c.Path, s.Sites), c.Before, c.After))];
    }

    /// <summary>A code is its applicant's secret; the reviewer sees that there is one.</summary>
    private static FilingView Hidden(FilingView view) => view with
    {
        Verification = view.Verification with { Resource = Hidden(view.Verification.Resource) },
        Sites = [.. view.Sites.Select(s => s with { Resource = Hidden(s.Resource) })],
    };

    private static Domain.Resources.ResourceChoice? Hidden(Domain.Resources.ResourceChoice? choice) =>
        choice?.AuthCode is null ? choice : choice with { AuthCode = HiddenCode };
}

/// <summary>Checks that stand in the way of an approval until somebody has explained them.</summary>
internal static class Unexplained
{
    private static readonly string[] ShownByScreenshot = [RegistryChecks.Registrar, RegistryChecks.RealName, RegistryChecks.Holder];

    /// <summary>
    /// Everything failed or unknown, less what was explained. A fact that the registry does not publish is explained by the screenshot that was asked for
    /// instead; one that could not be asked needs a word.
    /// </summary>
    public static IEnumerable<(CheckResult Result, string? SiteId)> Of(Filing filing, IReadOnlyList<UnknownExplanation> explanations)
    {
        var s = filing.Snapshot;
        var all = s.Verification.SubjectResults.Select(r => (Result: r, SiteId: (string?)null))
            .Concat(s.Sites.SelectMany(site => site.Checks.Results.Select(r => (Result: r, SiteId: (string?)site.Id))));
        return all.Where(x => x.Result.Outcome != CheckOutcome.Passed
            && !explanations.Any(e => e.Check == x.Result.Check && (e.SiteId is null || e.SiteId == x.SiteId))
            && !IsShown(s, x.Result, x.SiteId));
    }

    public static string CodeOf(CheckResult result) => result.Outcome == CheckOutcome.Unknown ? CheckNames.UnknownCode(result) : result.Code!;

    private static bool IsShown(FilingSnapshot s, CheckResult result, string? siteId) =>
        result is { Outcome: CheckOutcome.Unknown, Reason: UnknownReason.NotDisclosed } && Array.IndexOf(ShownByScreenshot, result.Check) >= 0
        && s.Materials.Any(m => m.Kind == MaterialRules.RealNameScreenshot && m.SiteId == siteId);
}
