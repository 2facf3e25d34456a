using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform.Auth;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Identity;

/// <summary>How an ID token was judged.</summary>
internal enum IdTokenVerdict
{
    Good = 1,

    /// <summary>Signed by a key that the documents do not have.</summary>
    UnknownKey = 2,

    /// <summary>Of another login: the code was taken from somebody.</summary>
    OtherLogin = 3,

    /// <summary>Anything else that must not be.</summary>
    Wrong = 4,
}

/// <summary>Judges ID tokens (OpenID Connect Core, section 3.1.3.7) and reads who they are about.</summary>
public sealed class IdTokens(IOptions<OidcOptions> options, TimeProvider time)
{
    /// <summary>Longest subject, by OpenID Connect Core, section 2.</summary>
    private const int MaxSubject = 255;

    private const int MaxName = 200;

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <param name="idToken">As it came.</param>
    /// <param name="accessToken">Which came with it, or null.</param>
    /// <param name="nonce">Of this login.</param>
    /// <param name="documents">The provider's keys and name.</param>
    internal async Task<(IdTokenVerdict Verdict, ProviderIdentity? Identity)> JudgeAsync(string idToken, string? accessToken, string nonce, ProviderDocuments documents)
    {
        var result = await _handler.ValidateTokenAsync(idToken, Parameters(documents));
        if (!result.IsValid)
        {
            return (result.Exception is SecurityTokenSignatureKeyNotFoundException ? IdTokenVerdict.UnknownKey : IdTokenVerdict.Wrong, null);
        }

        var token = (JsonWebToken)result.SecurityToken;
        if (!AccessTokens.IsWellFormed(token) || token.Typ is not (null or "" or "JWT" or "jwt") || token.Subject is not { Length: > 0 and <= MaxSubject } subject
            || !IsForUs(token) || !IsOfThisAccessToken(token, accessToken) || IsFromTheFuture(token))
        {
            return (IdTokenVerdict.Wrong, null);
        }

        if (!token.TryGetPayloadValue<string>("nonce", out var theirs) || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(theirs), Encoding.UTF8.GetBytes(nonce)))
        {
            return (IdTokenVerdict.OtherLogin, null);
        }

        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var name = Texts(payload.RootElement, options.Value.NameClaim) is [var first, ..] ? first : null;
        return (IdTokenVerdict.Good, new ProviderIdentity(token.Issuer, subject, name is { Length: > MaxName } ? name[..MaxName] : name, RoleOf(payload.RootElement)));
    }

    private TokenValidationParameters Parameters(ProviderDocuments documents) => new()
    {
        ValidIssuer = documents.About.Issuer,
        ValidAudience = options.Value.ClientId,
        IssuerSigningKeyResolver = (_, _, id, _) => string.IsNullOrEmpty(id) ? (documents.Keys.Count == 1 ? documents.Keys : []) : documents.Keys.Where(k => k.KeyId == id),
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            var skew = options.Value.ClockSkew;
            return expires > now - skew && (notBefore is null || notBefore <= now + skew);
        },
    };

    /// <summary>With several audiences it must say who it was issued to, and if it says so, it must be us.</summary>
    private bool IsForUs(JsonWebToken token)
    {
        var party = token.TryGetPayloadValue<string>("azp", out var azp) ? azp : null;
        return party is null ? token.Audiences.Count() == 1 : party == options.Value.ClientId;
    }

    /// <summary>Half of the access token's SHA-256, where it is given; both algorithms that are taken use that hash.</summary>
    private static bool IsOfThisAccessToken(JsonWebToken token, string? accessToken) =>
        !token.TryGetPayloadValue<string>("at_hash", out var hash)
        || (accessToken is not null && hash == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)));

    private bool IsFromTheFuture(JsonWebToken token) => token.IssuedAt > (time.GetUtcNow() + options.Value.ClockSkew).UtcDateTime;

    private Role? RoleOf(JsonElement payload)
    {
        var values = Texts(payload, options.Value.RoleClaim);
        return values.Contains(options.Value.AdminValue) ? Role.Admin : values.Contains(options.Value.ReviewerValue) ? Role.Reviewer : null;
    }

    /// <summary>The texts of a claim: itself, or its members when it is a list; by its whole name, else by the way through objects.</summary>
    private static IReadOnlyList<string> Texts(JsonElement payload, string claim)
    {
        if (!payload.TryGetProperty(claim, out var value))
        {
            value = payload;
            foreach (var part in claim.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
                {
                    return [];
                }
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)],
            _ => [],
        };
    }
}
