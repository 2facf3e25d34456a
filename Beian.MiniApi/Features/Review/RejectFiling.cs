using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

/// <summary>What a rejection is for.</summary>
public enum RejectionKind
{
    /// <summary>待修改: mend the marked fields.</summary>
    Modification = 1,

    /// <summary>驳回.</summary>
    Rejection = 2,
}

/// <summary>A rejection with the fields to mend; without findings everything is open.</summary>
public sealed record RejectFilingRequest
{
    /// <summary><c>modification</c> or <c>rejection</c>.</summary>
    public required RejectionKind Kind { get; init; }

    public IReadOnlyList<FindingRequest>? Findings { get; init; }

    /// <summary>Words for the whole, or null.</summary>
    public string? Reason { get; init; }
}

internal static class RejectFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<RejectFilingRequest> body, CurrentUser user, FilingDesk desk, ReviewViews views, CheckBell bell, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var lengths = new Lengths().Text(request.Reason, FieldLengths.Note, "/reason");
        FindingRequest.Measure(request.Findings, lengths);
        if (lengths.Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        var answer = await ReviewDesk.ChangeAsync(
            filingId,
            desk,
            views,
            view => view.Filing.Reject(request.Kind == RejectionKind.Modification, FindingRequest.Drafts(request.Findings), request.Reason, user.Actor, view.Now),
            cancellationToken);
        bell.Wake();
        return answer;
    }
}
