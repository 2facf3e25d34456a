using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>What a submission would say now.</summary>
/// <param name="CheckedAt">When the outside facts were last asked for, or null when never.</param>
/// <param name="Requirements">Everything open, due and remarkable.</param>
/// <param name="Checks">The outside facts with their evidence.</param>
public sealed record CheckFilingView(DateTimeOffset? CheckedAt, RequirementsView Requirements, IReadOnlyList<SiteCheckView> Checks);

/// <param name="SiteId">The site, or null for checks of the subject.</param>
/// <param name="Results">What was found.</param>
public sealed record SiteCheckView(string? SiteId, IReadOnlyList<CheckView> Results);

internal static class CheckFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (Array.IndexOf(FilingTransitions.Editable, seen.Filing.State) < 0)
        {
            return FilingErrors.StateConflict(seen.Filing.State, Role.Applicant).ToAnswer();
        }

        var run = await checks.RedoAsync(seen.Filing, cancellationToken);
        return await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            view => Apply(run, view, user.Actor),
            cancellationToken,
            answer: (filing, requirements, _) => Answer.Ok(View(filing, requirements, views)));
    }

    public static async Task<IResult> ReadAsync(string filingId, CurrentUser user, FilingDesk desk, FilingViews views, CancellationToken cancellationToken) =>
        await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } view
            ? Answer.Ok(View(view.Filing, view.Requirements, views))
            : FilingErrors.NotFound().ToAnswer();

    /// <summary>The filing with what the checks found.</summary>
    internal static Result<Filing> Apply(CheckRun run, DeskView view, Actor by) =>
        view.Filing.RedoChecks(run.Verification, run.Redone, Guid.CreateVersion7().ToString("N"), by, view.Now).TryGet(out var redone, out var refusal)
            ? redone.RecordChecks(run.SubjectResults, run.BySite, by, run.Contacts)
            : refusal;

    private static CheckFilingView View(Filing filing, RequirementSet requirements, FilingViews views)
    {
        var s = filing.Snapshot;
        var all = filing.ResultsOfSubject().Concat(s.Sites.SelectMany(filing.ResultsOf)).ToArray();
        return new CheckFilingView(
            all.Length == 0 ? null : all.Max(r => r.CheckedAt),
            views.Of(requirements),
            [new SiteCheckView(null, [.. filing.ResultsOfSubject().Select(views.Of)]), .. s.Sites.Select(x => new SiteCheckView(x.Id, [.. filing.ResultsOf(x).Select(views.Of)]))]);
    }
}
