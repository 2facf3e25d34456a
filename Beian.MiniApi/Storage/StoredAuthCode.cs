using System.Text.Json;
using Beian.MiniApi.Domain.AuthCodes;

namespace Beian.MiniApi.Storage;

/// <summary>What is sealed of an auth code; the rest stands beside it, to be searched.</summary>
internal sealed record StoredAuthCode(string TargetAccountId, string Last4, string ProtectedValue, string? Note, DateTimeOffset CreatedAt)
{
    public static byte[] Write(AuthCode code) =>
        JsonSerializer.SerializeToUtf8Bytes(new StoredAuthCode(code.TargetAccountId, code.Last4, code.ProtectedValue, code.Note, code.CreatedAt), StoredJson.Options);

    public static AuthCode Read(byte[] plain, string id, string codeHash, string issuerId, string resourceId, int number)
    {
        var kept = JsonSerializer.Deserialize<StoredAuthCode>(plain, StoredJson.Options)!;
        return new AuthCode
        {
            Id = id,
            CodeHash = codeHash,
            IssuerAccountId = issuerId,
            ResourceId = resourceId,
            Number = number,
            TargetAccountId = kept.TargetAccountId,
            Last4 = kept.Last4,
            ProtectedValue = kept.ProtectedValue,
            Note = kept.Note,
            CreatedAt = kept.CreatedAt,
        };
    }
}
