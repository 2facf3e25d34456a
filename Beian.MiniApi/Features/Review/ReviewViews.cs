using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

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
            filing.IsIndividual == true ? Masking.For(Viewer.Reviewer).Name(s.Subject.Name) : s.Subject.Name,
            [.. s.Sites.Select(x => x.Checks.DisplayDomain ?? x.Domain).OfType<string>()],
            s.Rounds.Count,
            s.Rounds[^1].SubmittedAt,
            s.StateSince,
            s.DueAt,
            s.DueAt < now,
            s.Claim?.ReviewerId)
        {
            SecondReview = Awaited(s) is not null,
        };
    }

    /// <summary>What staff see: masked, unless a full view runs. Answers that are kept for repeats are always masked.</summary>
    /// <param name="filing">The filing.</param>
    /// <param name="requirements">What is open in it.</param>
    /// <param name="now">Business time.</param>
    /// <param name="fullViewEndsAt">When the caller's full view ends; null without one.</param>
    public ReviewView Of(Filing filing, RequirementSet requirements, DateTimeOffset now, DateTimeOffset? fullViewEndsAt = null)
    {
        var s = filing.Snapshot;
        var by = Masking.For(fullViewEndsAt is null ? Viewer.Reviewer : Viewer.ReviewerInFull);
        var isPerson = filing.IsIndividual == true;
        var missed = s.Rounds.Count == 0 ? null : Filing.FirstMiss(s.Rounds[^1].Calls);
        return new ReviewView(
            Hidden(views.Of(filing, requirements, now)).Seen(by, isPerson),
            fullViewEndsAt,
            s.DueAt,
            s.DueAt < now,
            s.Claim is { } claim ? new ClaimView(claim.ReviewerId, claim.ClaimedAt, claim.LastActiveAt + FilingTimes.ClaimIdle) : null,
            [.. filing.Phones().Select(p => by.Phone(p))],
            missed is null ? null : missed.At + FilingTimes.CallRetry,
            [.. Unexplained.Of(filing, []).Select(u => new UnexplainedView(u.Result.Check, u.SiteId, Outcome(u.Result), Unexplained.CodeOf(u.Result), u.Result.Evidence))],
            [.. s.Materials.Where(m => m.Reading is not null).Select(m => Of(m, m.Reading!, filing, by))],
            [.. TextFlags(filing)],
            Changes(s, by, isPerson),
            [.. s.Rounds.Reverse().Select(r => Of(r, s.Sites, by))],
            [.. s.History.Reverse().Select(e => new HistoryView(e.At, e.Action, e.Role, e.ActorId, e.From, e.To, e.Code, e.Note))])
        {
            CallTask = views.CallPlanOf(filing) is { } plan ? new CallTaskView(plan.Attempts, plan.LastMissAt, plan.NextFrom, plan.DueAt) : null,
            SecondReview = Awaited(s) is { } first
                ? new FirstApprovalView("pending", first.By, first.At, [.. first.Explanations.Select(e => new ExplanationView(e.Check, e.SiteId, e.Note))])
                : null,
            EscalatedAt = filing.EscalatedAt(),
        };
    }

    /// <summary>The first approval, while the second is awaited.</summary>
    private static FirstApproval? Awaited(FilingSnapshot s) => s.State == FilingState.ProviderReview ? s.Rounds[^1].FirstApproval : null;

    private ReadingView Of(Domain.Materials.Material paper, Domain.Materials.Reading reading, Filing filing, Masking by) => new(
        paper.Id,
        paper.Kind,
        paper.Part,
        paper.SiteId,
        views.Of(reading),
        reading.Code is { } code ? views.Words("ocr.typedByHand", Texts.Args(("reason", views.Words(code, Texts.NoArgs).Title))).Detail : null,
        [
            .. ReadingRules.Differences(filing).Where(d => d.MaterialId == paper.Id)
                .Select(d => new DifferenceView(d.Pointer, d.Code, views.Words(d.Code, Texts.NoArgs).Detail, by.Field(d.Pointer, d.Typed, filing.IsIndividual == true), by.Field(d.Pointer, d.Read, filing.IsIndividual == true))),
        ]);

    private IEnumerable<TextFlagView> TextFlags(Filing filing)
    {
        foreach (var (siteId, result) in filing.TextResults().Where(t => t.Result.Outcome != CheckOutcome.Passed || t.Result.Code is not null))
        {
            var code = Unexplained.CodeOf(result);
            yield return new TextFlagView(
                FormFields.Pointer(result.Field!, filing.Snapshot.Sites),
                siteId,
                Outcome(result),
                code,
                views.Words(code, CheckNames.ArgsOf(result)).Detail,
                result.Evidence);
        }
    }

    private static string Outcome(CheckResult result) => result.Code == ContentSafety.ForReview ? "review" : FilingViews.Name(result.Outcome);

    private RoundView Of(ReviewRound round, IReadOnlyList<Site> sites, Masking by) => new(
        round.Number,
        round.SubmittedAt,
        round.RulesVersion,
        [.. round.Calls.Select(c => new CallView(c.At, c.By, by.Phone(c.Phone), c.Outcome, c.Note, c.Counted))],
        [.. round.Explanations.Select(e => new ExplanationView(e.Check, e.SiteId, e.Note))],
        round.EndedBy,
        round.EndedAt,
        [.. round.Findings.Select(f => FilingViews.Of(f, sites))],
        [.. round.Form.Materials.Select(m => views.Of(m).Seen(by))]);

    private static IReadOnlyList<ChangeView> Changes(FilingSnapshot s, Masking by, bool isPerson)
    {
        if (s.Rounds.Count < 2)
        {
            return [];
        }

        var changed = FormFields.Diff(FormFields.Of(s.Rounds[^2].Form), FormFields.Of(s));
        return [.. changed.Select(c => c.Path.EndsWith("/resource", StringComparison.Ordinal)
            ? new ChangeView(FormFields.Pointer(c.Path, s.Sites), c.Before is null ? null : HiddenCode, c.After is null ? null : HiddenCode)
            : new ChangeView(FormFields.Pointer(c.Path, s.Sites), by.Field(c.Path, c.Before, isPerson), by.Field(c.Path, c.After, isPerson)))];
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
