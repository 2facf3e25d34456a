using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Filings;

/// <summary>The filing's story so far and what comes next.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Steps">The five steps of the screen: 提交初审, 接入商审核, 待提交管局, 工信部短信核验, 管局审核.</param>
/// <param name="ExpectedNextAt">By when the next change is expected, or null when it waits for the applicant or nobody promised anything.</param>
/// <param name="Synchronisation">Where the authority's part comes from, or null before it began.</param>
/// <param name="Items">What happened, newest first.</param>
public sealed record TimelineView(
    FilingState State, IReadOnlyList<TimelineStep> Steps, DateTimeOffset? ExpectedNextAt, SynchronisationView? Synchronisation, IReadOnlyList<TimelineItem> Items)
{
    /// <summary>How long the authority usually takes; null where nobody has counted, and once it has answered.</summary>
    public required AuthorityEstimateView? Estimate { get; init; }

    /// <summary>Every date of the present state with its reason, the nearest first.</summary>
    public required IReadOnlyList<DeadlineView> Deadlines { get; init; }

    /// <summary>What is left to do; null before the approval.</summary>
    public required AfterApprovalView? AfterApproval { get; init; }
}

/// <param name="Step"><c>submission</c>, <c>providerReview</c>, <c>pendingAuthority</c>, <c>smsVerification</c> or <c>authorityReview</c>.</param>
/// <param name="Status"><c>done</c>, <c>current</c>, <c>failed</c> or <c>waiting</c>.</param>
public sealed record TimelineStep(string Step, string Status);

/// <param name="Source">Who told us, such as <c>staff</c> or <c>import</c>.</param>
/// <param name="At">When. Results usually reach us within 6 hours.</param>
public sealed record SynchronisationView(string Source, DateTimeOffset At);

/// <param name="At">When.</param>
/// <param name="ActorRole">Who: <c>applicant</c>, <c>reviewer</c>, <c>admin</c> or <c>system</c>; never by name.</param>
/// <param name="Action">What.</param>
/// <param name="State">The state afterwards.</param>
/// <param name="Code">Which reminder or reason, or null.</param>
/// <param name="Message">Words that came with it, or null.</param>
/// <param name="Findings">What is to be mended.</param>
public sealed record TimelineItem(
    DateTimeOffset At, Role ActorRole, FilingAction Action, FilingState State, string? Code, string? Message, IReadOnlyList<ReviewFindingView> Findings)
{
    /// <summary>Who told us: <c>applicant</c>, <c>staff</c>, <c>system</c>, or <c>import</c> for a result that came in a file.</summary>
    public required string Source { get; init; }
}

internal static class GetTimeline
{
    private static readonly (string Step, FilingState[] Current, FilingState[] Failed)[] Steps =
    [
        ("submission", [FilingState.Draft, FilingState.Checking], [FilingState.DraftExpired]),
        ("providerReview", [FilingState.ProviderReview], [FilingState.ModificationRequested, FilingState.ProviderRejected]),
        ("pendingAuthority", [FilingState.PendingAuthority], []),
        ("smsVerification", [FilingState.SmsVerification], [FilingState.SmsFailed]),
        ("authorityReview", [FilingState.AuthorityReview], [FilingState.AuthorityRejected]),
    ];

    public static async Task<IResult> HandleAsync(
        string filingId, CurrentUser user, IFilingStore filings, FilingViews views, AuthorityEstimates estimates, IRuleSource rules, BusinessClock clock, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, user.AccountId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var s = filing.Snapshot;
        return Answer.Ok(new TimelineView(
            s.State,
            StepsOf(s.State),
            s.DueAt,
            s.SynchronisedAt is { } at ? new SynchronisationView(s.SynchronisedFrom!, at) : null,
            [
                .. s.History.Reverse().Where(e => !Filing.IsInternal(e.Action)).Select(e => Of(e, s.Sites)),
                new TimelineItem(s.CreatedAt, Role.Applicant, FilingAction.Edit, FilingState.Draft, "started", null, []) { Source = "applicant" },
            ])
        {
            Estimate = await estimates.OfAsync(filing, cancellationToken),
            Deadlines = views.DeadlinesOf(filing).Items,
            AfterApproval = AfterApproval.Of(filing, rules.Current, clock.GetUtcNow()),
        });
    }

    private static TimelineItem Of(HistoryEntry e, IReadOnlyList<Site> sites) => new(e.At, e.Role, e.Action, e.To, e.Code, e.Note, [.. e.Findings.Select(f => FilingViews.Of(f, sites))])
    {
        Source = e.Source ?? e.Role switch { Role.Applicant => "applicant", Role.System => "system", _ => "staff" },
    };

    private static List<TimelineStep> StepsOf(FilingState state)
    {
        var here = Array.FindIndex(Steps, x => Array.IndexOf(x.Current, state) >= 0 || Array.IndexOf(x.Failed, state) >= 0);
        return [.. Steps.Select((x, i) => new TimelineStep(x.Step, state switch
        {
            FilingState.Approved => "done",
            FilingState.Abandoned => "waiting",
            _ when i < here => "done",
            _ when i > here => "waiting",
            _ => Array.IndexOf(x.Failed, state) >= 0 ? "failed" : "current",
        }))];
    }
}
