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

    /// <summary>By how much the clocks of two instances of this service may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] HeaderMembers = ["alg", "kid", "typ"];

    private static readonly string[] TextClaims = ["iss", "aud", "sub", SessionClaim, RoleClaim];

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
    /// True when a token whose signature holds has nothing that the library passes over: a <c>crit</c> header, which RFC 7515 forbids to ignore, an <c>exp</c> that is
    /// no number, a member twice.
    /// </summary>
    public static bool IsWellFormed(JsonWebToken token) => Judge(token, IsWellFormed);

    /// <summary>
    /// True when a token whose signature holds is written as <see cref="Issue"/> writes them: no other header members, one spelling of every part, each claim of its
    /// type and one audience. Whatever else a library reads out of a token, now or later, is not in ours.
    /// </summary>
    /// <param name="token">With a signature that holds.</param>
    /// <param name="now">A token from the future, or that lives longer than any of ours, is none of ours.</param>
    internal static bool IsOurs(JsonWebToken token, DateTimeOffset now) => IsOneSpelling(token.EncodedSignature) && Judge(token, (header, payload) =>
        IsWellFormed(header, payload)
        && IsOneSpelling(token.EncodedHeader)
        && IsOneSpelling(token.EncodedPayload)
        && header.EnumerateObject().All(m => HeaderMembers.Contains(m.Name) && m.Value.ValueKind == JsonValueKind.String)
        && TextClaims.All(claim => payload.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String)
        && Seconds(payload, "iat") <= (now + ClockSkew).ToUnixTimeSeconds()
        && Seconds(payload, "exp") <= (now + ClockSkew + AuthOptions.MaxAccessLifetime).ToUnixTimeSeconds());

    private static bool IsWellFormed(JsonElement header, JsonElement payload) => !header.TryGetProperty("crit", out _) && IsNumber(payload, "exp");

    private static bool IsOneSpelling(string part) => Base64UrlEncoder.Encode(Base64UrlEncoder.DecodeBytes(part)) == part;

    private static bool Judge(JsonWebToken token, Func<JsonElement, JsonElement, bool> judge)
    {
        try
        {
            using var header = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedHeader), Strict);
            using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload), Strict);
            return judge(header.RootElement, payload.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }

    private static bool IsNumber(JsonElement payload, string claim) => payload.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number;

    /// <summary>Whole seconds since 1970; more than any time for everything else.</summary>
    private static long Seconds(JsonElement payload, string claim) => IsNumber(payload, claim) && payload.GetProperty(claim).TryGetInt64(out var seconds) ? seconds : long.MaxValue;
}
