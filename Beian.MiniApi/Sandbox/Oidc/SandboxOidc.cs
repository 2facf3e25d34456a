using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Beian.MiniApi.Identity;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Oidc;

/// <summary>What the browser asked the provider for.</summary>
internal sealed record SandboxOidcAsked(string ClientId, string RedirectUri, string ResponseType, string Scope, string Nonce, string Challenge, string Method);

/// <summary>Plays an identity provider: codes that work once and for a minute, ID tokens, keys. Kept in memory.</summary>
internal sealed class SandboxOidc(SelfAddress self, IOptions<OidcOptions> options, TimeProvider time) : IDisposable
{
    public static readonly IReadOnlyList<SandboxOidcPerson> Persons =
    [
        new("sandbox-1001", "审核员甲（示例）", ["beian-reviewer"]),
        new("sandbox-1002", "管理员乙（示例）", ["beian-admin", "other-system"]),
        new("sandbox-1003", "审核兼管理丙（示例）", ["beian-reviewer", "beian-admin"]),
        new("sandbox-1004", "访客丁（示例）", []),
    ];

    private const int MaxCodes = 1_000;

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (SandboxOidcAsked Asked, SandboxOidcPerson Person, DateTimeOffset Until)> _codes = new(StringComparer.Ordinal);

    public SandboxOidcKeys Keys { get; } = new();

    public SandboxOidcBehaviour Behaviour { get; set; } = new(SandboxOidcLie.None);

    public string Issuer => self.Resolve(SelfAddress.Self, OidcDocuments.SandboxPath).ToString();

    public JsonObject Discovery() => new()
    {
        ["issuer"] = Behaviour.Lie == SandboxOidcLie.OtherDiscovery ? "https://other.example.cn" : Issuer,
        ["authorization_endpoint"] = Issuer + "/authorize",
        ["token_endpoint"] = Issuer + "/token",
        ["jwks_uri"] = Issuer + "/jwks",
        ["response_types_supported"] = new JsonArray("code"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256", "ES256"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
    };

    public JsonObject PublishedKeys() => Behaviour.Lie == SandboxOidcLie.NoKeys ? new JsonObject { ["keys"] = new JsonArray() } : Keys.Published();

    /// <summary>What is wrong with what the browser asked for, or null.</summary>
    public string? Fault(SandboxOidcAsked asked) => asked switch
    {
        _ when asked.ClientId != options.Value.ClientId => "client_id",
        _ when asked.RedirectUri != options.Value.RedirectUri => "redirect_uri",
        _ when asked.ResponseType != "code" => "response_type",
        _ when !asked.Scope.Split(' ').Contains("openid") => "scope",
        _ when asked.Method != "S256" || asked.Challenge.Length != 43 => "code_challenge",
        _ => null,
    };

    public string CodeFor(SandboxOidcAsked asked, SandboxOidcPerson person)
    {
        var now = time.GetUtcNow();
        foreach (var old in _codes.Where(c => c.Value.Until < now || _codes.Count > MaxCodes))
        {
            _codes.TryRemove(old.Key, out _);
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _codes[code] = (asked, person, now + CodeLifetime);
        return code;
    }

    /// <summary>Status and body of the token endpoint.</summary>
    public (int Status, JsonObject Body) Exchange(string? authorization, IFormCollection form)
    {
        var client = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
        if (authorization != client || Behaviour.Lie == SandboxOidcLie.InvalidClient)
        {
            return (401, new JsonObject { ["error"] = "invalid_client" });
        }

        if (Behaviour.Lie == SandboxOidcLie.InvalidGrant || form["grant_type"] != "authorization_code" || !_codes.TryRemove(form["code"].ToString(), out var given) || given.Until < time.GetUtcNow()
            || given.Asked.RedirectUri != form["redirect_uri"] || given.Asked.Challenge != Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(form["code_verifier"].ToString()))))
        {
            return (400, new JsonObject { ["error"] = "invalid_grant" });
        }

        var accessToken = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var answer = new JsonObject { ["access_token"] = accessToken, ["token_type"] = "Bearer", ["expires_in"] = 60 };
        if (Behaviour.Lie != SandboxOidcLie.NoIdToken)
        {
            answer["id_token"] = Keys.Sign(Claims(given.Asked, given.Person, accessToken), Behaviour.Lie, options.Value.ClientSecret ?? string.Empty);
        }

        return (200, answer);
    }

    public void Dispose() => Keys.Dispose();

    private JsonObject Claims(SandboxOidcAsked asked, SandboxOidcPerson person, string accessToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = person.Subject,
            ["aud"] = asked.ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = asked.Nonce,
            ["at_hash"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16)),
            ["preferred_username"] = person.Name,
            ["roles"] = new JsonArray([.. person.Roles.Select(r => (JsonNode)r)]),
        };
        Bend(claims, asked.ClientId, now);
        return claims;
    }

    private void Bend(JsonObject claims, string clientId, long now)
    {
        switch (Behaviour.Lie)
        {
            case SandboxOidcLie.Issuer: claims["iss"] = "https://other.example.cn"; break;
            case SandboxOidcLie.Audience: claims["aud"] = "another-client"; break;
            case SandboxOidcLie.Party: (claims["aud"], claims["azp"]) = (new JsonArray(clientId, "another-client"), "another-client"); break;
            case SandboxOidcLie.NoParty: claims["aud"] = new JsonArray(clientId, "another-client"); break;
            case SandboxOidcLie.Nonce: claims["nonce"] = "of-another-login"; break;
            case SandboxOidcLie.NoNonce: claims.Remove("nonce"); break;
            case SandboxOidcLie.Expired: claims["exp"] = now - 3600; break;
            case SandboxOidcLie.NoExpiry: claims.Remove("exp"); break;
            case SandboxOidcLie.Future: (claims["iat"], claims["exp"]) = (now + 3600, now + 7200); break;
            case SandboxOidcLie.NoSubject: claims.Remove("sub"); break;
            case SandboxOidcLie.AccessTokenHash: claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"; break;
        }
    }
}
