using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>How a handed-over check stands.</summary>
/// <param name="Status"><c>notStarted</c>, <c>pending</c>, <c>passed</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it failed, or null.</param>
/// <param name="Message">The same for people.</param>
/// <param name="Remedy">What to do about it, or null.</param>
/// <param name="CheckId">Of the check that this user started, or null.</param>
/// <param name="Url">Where to do it while this user's check is pending.</param>
/// <param name="Token">For the provider's component while this user's check is pending.</param>
/// <param name="ExpiresAt">Until when, while this user's check is pending.</param>
public sealed record HandedOverView(string Status, string? Reason, string? Message, string? Remedy, string? CheckId, string? Url, string? Token, DateTimeOffset? ExpiresAt);

internal static class GetHandedOver
{
    public static async Task<Answer> HandleAsync(
        string handoverId, CurrentUser user, FilingDesk desk, Handovers handovers, FaceCheckReading reading, FilingViews views, CancellationToken cancellationToken)
    {
        if (await handovers.FindAsync(handoverId, user.UserId, desk, cancellationToken) is not { } asked)
        {
            return FaceHandoverErrors.NotFound().ToAnswer();
        }

        await reading.SettleAsync(asked.Handover.FilingId, asked.Site.Id, user.Actor, cancellationToken);
        if (await handovers.FindAsync(handoverId, user.UserId, desk, cancellationToken) is not { } open)
        {
            return FaceHandoverErrors.NotFound().ToAnswer();
        }

        var (_, seen, site) = open;
        var check = views.FaceCheckOf(seen.Filing, site, seen.Now);

        // A check that was started on another phone is to be done there.
        var own = site.FaceCheck?.PerformerId == user.UserId;
        return Answer.Ok(new HandedOverView(
            check.Status, check.Reason, check.Message, check.Remedy, own ? check.CheckId : null, own ? check.Url : null, own ? check.Token : null, own ? check.ExpiresAt : null));
    }
}
