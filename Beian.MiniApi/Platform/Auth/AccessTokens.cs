using System.Text.Json;
using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Writes access tokens, and looks at what the library does not look at.</summary>
public sealed class AccessTokens(SigningKeys keys, IOptions<AuthOptions> options)
{
    public const string SessionClaim = "sid";

    public const string RoleClaim = "role";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly AuthOptions _options = options.Value;

    /// <summary>Life of an access token.</summary>
    public TimeSpan Lifetime => _options.AccessLifetime;

    /// <summary>A signed token for one session. It has no <c>nbf</c>, which only makes two clocks disagree.</summary>
    public string Issue(string ownerId, string sessionId, Role role, DateTimeOffset now) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = _options.Issuer,
        Audience = _options.Audience,
        IssuedAt = now.UtcDateTime,
        Expires = (now + _options.AccessLifetime).UtcDateTime,
        SigningCredentials = keys.Signing,
        Claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = ownerId,
            [SessionClaim] = sessionId,
            [RoleClaim] = NameOf(role),
        },
    });

    /// <summary>The word a role travels as.</summary>
    public static string NameOf(Role role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    /// <summary>
    /// True when a token whose signature holds is also one of ours in form. The library ignores a <c>crit</c> header it does not know, which RFC 7515
    /// forbids, and takes an <c>exp</c> that is a string.
    /// </summary>
    public static bool IsWellFormed(JsonWebToken token)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader));
            using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
            return !header.RootElement.TryGetProperty("crit", out _)
                && payload.RootElement.TryGetProperty("exp", out var expires)
                && expires.ValueKind == JsonValueKind.Number;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }
}
