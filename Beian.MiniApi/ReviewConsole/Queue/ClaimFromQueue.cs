using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole.Queue;

internal static class ClaimFromQueue
{
    /// <summary>Takes the filing and opens it.</summary>
    public static async Task<IResult> HandleAsync(string filingId, HttpContext http, CurrentUser user, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken)
    {
        var answer = await ClaimFiling.HandleAsync(filingId, user, desk, views, cancellationToken);
        return ConsolePage.Back(http, answer.Error is null ? ConsolePaths.Filing(filingId) : await ToAsync(http), answer.Error, "queue.claimed");
    }

    /// <summary>Gives it back.</summary>
    public static async Task<IResult> ReleaseAsync(string filingId, HttpContext http, CurrentUser user, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken)
    {
        var answer = await ReleaseFiling.HandleAsync(filingId, user, desk, views, cancellationToken);
        return ConsolePage.Back(http, await ToAsync(http), answer.Error, "queue.released");
    }

    private static async Task<string> ToAsync(HttpContext http) => (await ConsoleForms.ReadAsync(http)).Text("to");
}
