using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>The keys of access tokens: the first signs, all verify.</summary>
public sealed class SigningKeys
{
    public SigningKeys(IOptions<AuthOptions> options, LocalKeys keys)
    {
        var configured = options.Value.SigningKeys;
        All = configured.Count > 0 ? [.. configured.Select(k => Key(k.Id, LocalKeys.Parse(k.Key)))] : [Generated(keys.Generated("signing"))];
    }

    public IReadOnlyList<SymmetricSecurityKey> All { get; }

    public SigningCredentials Signing => new(All[0], SecurityAlgorithms.HmacSha256);

    private static SymmetricSecurityKey Generated(byte[] key) => Key(Convert.ToHexStringLower(SHA256.HashData(key))[..12], key);

    private static SymmetricSecurityKey Key(string id, byte[]? key) =>
        new(key ?? throw new InvalidOperationException($"Auth:SigningKeys '{id}' is no key.")) { KeyId = id };
}
