using System.Text.Json;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>What every engine keeps of a filing in the clear, beside its sealed payload: what queries need, and no more.</summary>
internal sealed record StoredFiling(
    string Id,
    string AccountId,
    string Number,
    string State,
    string? Province,
    string? Assignee,
    int Revision,
    long CreatedAt,
    long StateSince,
    long? DueAt,
    long? TimerAt,
    int Outbox,
    bool IsSubmitted,
    int OpenFaceChecks,
    long? PictureAt,
    string? Kind)
{
    public static StoredFiling Of(Filing filing)
    {
        var s = filing.Snapshot;
        return new StoredFiling(
            s.Id,
            s.AccountId,
            s.Number,
            FilingTransitions.NameOf(s.State),
            s.Verification.Region?.Province,
            s.Claim?.ReviewerId,
            s.Revision,
            s.CreatedAt.ToUnixTimeMilliseconds(),
            s.StateSince.ToUnixTimeMilliseconds(),
            s.DueAt?.ToUnixTimeMilliseconds(),
            filing.NextTimer()?.At.ToUnixTimeMilliseconds(),
            s.Outbox.Count,
            s.Rounds.Count > 0,
            filing.OpenFaceChecks().Count(),
            filing.NextPictureAt()?.ToUnixTimeMilliseconds(),
            NameOf(s.Kind));
    }

    /// <summary>The payload before it is sealed.</summary>
    public static byte[] Payload(Filing filing) => JsonSerializer.SerializeToUtf8Bytes(filing.Snapshot, StoredJson.Options);

    /// <summary>The filing of an opened payload. Its revision is the one beside it.</summary>
    public static Filing Restore(byte[] payload, int revision) => Filing.Restore(JsonSerializer.Deserialize<FilingSnapshot>(payload, StoredJson.Options)! with { Revision = revision });

    /// <summary>The kind as it is stored; null before the verification.</summary>
    public static string? NameOf(FilingKind? kind) => kind is { } known ? FilingTransitions.NameOf(known) : null;
}
