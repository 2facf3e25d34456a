using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

internal static class CheckFiling
{
    /// <summary>How long the caller waits; what takes longer goes on in the background.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<Answer> HandleAsync(string filingId, CurrentUser user, FilingDesk desk, CheckRuns runs, CheckViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (Array.IndexOf(FilingTransitions.Editable, seen.Filing.State) < 0)
        {
            return FilingErrors.StateConflict(seen.Filing.State, Domain.Role.Applicant).ToAnswer();
        }

        var run = runs.StartOrJoin(seen.Filing, user.Actor);
        await Task.WhenAny(run.Ended, Task.Delay(Patience, cancellationToken));
        return await ReadAsync(filingId, user, desk, runs, views, cancellationToken);
    }

    public static async Task<Answer> ReadAsync(string filingId, CurrentUser user, FilingDesk desk, CheckRuns runs, CheckViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (runs.Find(seen.Filing) is { } running)
        {
            return Answer.Ok(views.Of(seen, running.Progress));
        }

        // A run that ended between the two has stored its results since.
        return await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } stored ? Answer.Ok(views.Of(stored, null)) : FilingErrors.NotFound().ToAnswer();
    }
}
