using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

/// <summary>Why somebody of the staff has to see the data of a filing in full.</summary>
public sealed record FullViewRequest
{
    /// <summary>In a few words, such as "compare the identity card"; kept encrypted with the grant, and as a digest in the audit trail.</summary>
    public required string Reason { get; init; }

    public override string ToString() => nameof(FullViewRequest);
}

/// <summary>A full view that runs.</summary>
/// <param name="EndsAt">Until when <c>GET /review/filings/{filingId}</c> shows this member of staff everything.</param>
public sealed record FullViewView(string FilingId, DateTimeOffset EndsAt);

internal static class GrantFullView
{
    /// <summary>How long a full view lasts, 30 minutes: as long as a claim without a sign of life.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static async Task<Answer> HandleAsync(
        string filingId,
        Body<FullViewRequest> body,
        CurrentUser user,
        IFilingStore filings,
        IFullViewStore views,
        Idempotency idempotency,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var reason = body.Value.Reason.Trim();
        if (new Lengths().Text(reason, FieldLengths.Note, "/reason").Refusal is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        if (reason.Length == 0)
        {
            return RequestErrors.Invalid(new Finding("/reason", "review.fullViewReasonMissing")).ToAnswer();
        }

        if (await Submitted.FindAsync(filings, filingId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var now = time.GetUtcNow();
        var answer = Answer.Ok(new FullViewView(filing.Id, now + Lifetime));
        await views.GrantAsync(filing.Id, filing.Snapshot.AccountId, user.UserId, reason, now, now + Lifetime, idempotency.Record(answer), cancellationToken);
        return answer;
    }
}
