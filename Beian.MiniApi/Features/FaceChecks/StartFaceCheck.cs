using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>A started check.</summary>
/// <param name="CheckId">Our id.</param>
/// <param name="Url">Where the person does it, or null when the provider only has a component of its own.</param>
/// <param name="Token">For that component, or null when there is none.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record FaceCheckStartView(string CheckId, string? Url, string? Token, DateTimeOffset ExpiresAt)
{
    internal static FaceCheckStartView Of(Domain.FaceChecks.FaceCheck check) => new(check.CheckId, check.Url, check.Token, check.ExpiresAt);
}

internal static class StartFaceCheck
{
    public static async Task<Answer> HandleAsync(string filingId, string siteId, CurrentUser user, FilingDesk desk, FaceCheckStarts starts, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!(await starts.BeginAsync(seen, siteId, user.UserId, cancellationToken)).TryGet(out var begun, out var refusal))
        {
            return refusal.ToAnswer();
        }

        return await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            current => starts.Record(current, siteId, begun, user.Actor),
            cancellationToken,
            answer: (filing, _, _) =>
                Answer.Created($"/api/v1/filings/{filingId}/sites/{siteId}/face-check", FaceCheckStartView.Of(filing.FindSite(siteId)!.FaceCheck!)));
    }
}
