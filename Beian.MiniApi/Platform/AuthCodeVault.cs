using System.Security.Cryptography;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Platform;

/// <summary>Makes codes, and opens the encrypted text that only their issuer gets to see again.</summary>
public sealed class AuthCodeVault(Sealer sealer)
{
    private const string Kind = "authCode.value";

    /// <summary>A new code: 20 characters drawn by the system's random generator.</summary>
    public AuthCode Make(string issuerAccountId, string targetAccountId, string resourceId, string? note, DateTimeOffset now)
    {
        var text = RandomNumberGenerator.GetString(AuthCodeText.Alphabet, AuthCodeText.Length);
        var id = Guid.CreateVersion7().ToString("N");
        return new AuthCode
        {
            Id = id,
            CodeHash = AuthCodeText.HashOf(text),
            Last4 = text[^4..],
            ProtectedValue = sealer.SealText(Kind, id, text),
            IssuerAccountId = issuerAccountId,
            TargetAccountId = targetAccountId,
            ResourceId = resourceId,
            Note = note,
            CreatedAt = now,
        };
    }

    /// <summary>The text in groups of four; only its last group when the key it was encrypted with is lost.</summary>
    public string Open(AuthCode code)
    {
        try
        {
            return AuthCodeText.Grouped(sealer.OpenText(Kind, code.Id, code.ProtectedValue, Kind));
        }
        catch (CryptographicException)
        {
            // The code still works, for it is found by its hash; only showing it needs the key.
            return "****-****-****-****-" + code.Last4;
        }
    }
}
