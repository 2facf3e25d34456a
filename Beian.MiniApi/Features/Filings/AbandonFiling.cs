using Beian.MiniApi.Domain;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

/// <summary>Why a filing is given up or taken back; may be left out, and so may the whole body.</summary>
public sealed record LeaveFilingRequest
{
    /// <summary>The applicant's own words, kept in the filing's history.</summary>
    public string? Reason { get; init; }

    public static DomainError? TooLong(LeaveFilingRequest? request) => new Lengths().Text(request?.Reason, FieldLengths.Note, "/reason").Refusal;

    /// <summary>The words without blanks around them; null when there are none.</summary>
    public static string? Words(LeaveFilingRequest? request) => string.IsNullOrWhiteSpace(request?.Reason) ? null : request.Reason.Trim();
}

internal static class AbandonFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId, OptionalBody<LeaveFilingRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        LeaveFilingRequest.TooLong(body.Value) is { } refusal
            ? refusal.ToAnswer()
            : await desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.Abandon(LeaveFilingRequest.Words(body.Value), user.Actor, view.Now), cancellationToken);
}
