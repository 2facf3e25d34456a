using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>Why a filing is given up or taken back; may be left out, and so may the whole body.</summary>
public sealed record LeaveFilingRequest
{
    public string? Reason { get; init; }
}

internal static class AbandonFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId, OptionalBody<LeaveFilingRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var reason = body.Value?.Reason;
        return new Lengths().Text(reason, FieldLengths.Note, "/reason").Refusal is { } refusal
            ? refusal.ToAnswer()
            : await desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.Abandon(reason, user.Actor, view.Now), cancellationToken);
    }
}
