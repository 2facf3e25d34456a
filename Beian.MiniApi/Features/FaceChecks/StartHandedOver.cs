using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

internal static class StartHandedOver
{
    public static async Task<Answer> HandleAsync(
        string handoverId, CurrentUser user, FilingDesk desk, Handovers handovers, FaceCheckStarts starts, CancellationToken cancellationToken)
    {
        if (await handovers.FindAsync(handoverId, user.UserId, desk, cancellationToken) is not { } open)
        {
            return FaceHandoverErrors.NotFound().ToAnswer();
        }

        var (handover, seen, site) = open;
        if (!(await starts.BeginAsync(seen, site.Id, user.UserId, cancellationToken)).TryGet(out var begun, out var refusal))
        {
            // The state of somebody else's filing is none of this user's business.
            return (refusal.State is null ? refusal : FaceHandoverErrors.NotFound()).ToAnswer();
        }

        // Decided again with the filing as it is then: the person may have been changed while the provider began.
        return await desk.ChangeAsGuestAsync(
            seen.Filing.Id,
            current => handovers.StandsFor(handover, current.Filing) && starts.Record(current, site.Id, begun, user.Actor).TryGet(out var next, out _) ? next : FaceHandoverErrors.NotFound(),
            (filing, _, _) => Answer.Created($"/api/v1/face-checks/handover/{handoverId}", FaceCheckStartView.Of(filing.FindSite(site.Id)!.FaceCheck!)),
            cancellationToken);
    }
}
