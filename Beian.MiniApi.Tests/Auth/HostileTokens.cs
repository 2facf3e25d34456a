using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>A good token, taken apart.</summary>
internal sealed record TokenParts(JsonObject Header, JsonObject Payload, string Signature)
{
    public static TokenParts Of(string token)
    {
        var parts = token.Split('.');
        return new TokenParts(Decode(parts[0]), Decode(parts[1]), parts[2]);
    }

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}

/// <summary>Tokens that must not be let in, each made from a good one. The key is the one the program verifies with, so that every other wall is tried by itself.</summary>
internal static class HostileTokens
{
    public const string Canary = "canary-in-a-token-4f1d";

    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa Ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>By name: from a good token and the right key to the hostile one.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TokenParts, byte[], string>> All = Build();

    public static string Sign(JsonObject header, JsonObject payload, byte[] key) => Sign(Encode(header), Encode(payload), key);

    private static string Sign(string header, string payload, byte[] key) => Signed(header, payload, text => HMACSHA256.HashData(key, text));

    private static string Signed(string header, string payload, Func<byte[], byte[]> sign) => $"{header}.{payload}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes($"{header}.{payload}")))}";

    private static string Encode(JsonNode json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static string Raw(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static Dictionary<string, Func<TokenParts, byte[], string>> Build()
    {
        var all = new Dictionary<string, Func<TokenParts, byte[], string>>(StringComparer.Ordinal);
        Unsigned(all);
        OtherAlgorithms(all);
        Keys(all);
        Headers(all);
        Claims(all);
        Times(all);
        Duplicates(all);
        Spelling(all);
        return all;
    }

    private static void Unsigned(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        foreach (var none in new[] { "none", "None", "NONE", "nOnE", "none ", "" })
        {
            all[$"alg '{none}', no signature"] = (t, _) => $"{Encode(With(t.Header, "alg", none))}.{Encode(t.Payload)}.";
            all[$"alg '{none}', two parts"] = (t, _) => $"{Encode(With(t.Header, "alg", none))}.{Encode(t.Payload)}";
            all[$"alg '{none}', signature kept"] = (t, _) => $"{Encode(With(t.Header, "alg", none))}.{Encode(t.Payload)}.{t.Signature}";
        }

        all["alg missing"] = (t, key) => Sign(Without(t.Header, "alg"), t.Payload, key);
        all["alg null"] = (t, key) => Sign(With(t.Header, "alg", null), t.Payload, key);
        all["alg a number"] = (t, key) => Sign(With(t.Header, "alg", 256), t.Payload, key);
        all["alg a list"] = (t, key) => Sign(With(t.Header, "alg", new JsonArray("HS256")), t.Payload, key);
        all["signature empty"] = (t, _) => $"{Encode(t.Header)}.{Encode(t.Payload)}.";
        all["signature of zeros"] = (t, _) => $"{Encode(t.Header)}.{Encode(t.Payload)}.{Base64Url.EncodeToString(new byte[32])}";
        all["signature cut"] = (t, _) => $"{Encode(t.Header)}.{Encode(t.Payload)}.{t.Signature[..22]}";
        all["signature of another payload"] = (t, _) => $"{Encode(t.Header)}.{Encode(With(t.Payload, "role", "admin"))}.{t.Signature}";
        all["signed with the empty key"] = (t, _) => Sign(t.Header, t.Payload, []);
        all["signed with a key of zeros"] = (t, _) => Sign(t.Header, t.Payload, new byte[64]);
        all["signed with another key"] = (t, _) => Sign(t.Header, t.Payload, RandomNumberGenerator.GetBytes(64));
        all["signed with the key id"] = (t, _) => Sign(t.Header, t.Payload, "k1"u8.ToArray());
    }

    private static void OtherAlgorithms(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        all["HS384 with the right key"] = (t, key) => Signed(Encode(With(t.Header, "alg", "HS384")), Encode(t.Payload), b => HMACSHA384.HashData(key, b));
        all["HS512 with the right key"] = (t, key) => Signed(Encode(With(t.Header, "alg", "HS512")), Encode(t.Payload), b => HMACSHA512.HashData(key, b));
        all["hs256 in lower case"] = (t, key) => Sign(With(t.Header, "alg", "hs256"), t.Payload, key);
        all["HS256 by its long name"] = (t, key) => Sign(With(t.Header, "alg", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"), t.Payload, key);
        all["RS256 said, HMAC made"] = (t, key) => Sign(With(t.Header, "alg", "RS256"), t.Payload, key);
        all["HS256 keyed by a public key (PEM)"] = (t, _) => Sign(t.Header, t.Payload, Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem()));
        all["HS256 keyed by a public key (DER)"] = (t, _) => Sign(t.Header, t.Payload, Rsa.ExportSubjectPublicKeyInfo());
        foreach (var (name, sign) in new (string, Func<byte[], byte[]>)[]
        {
            ("RS256", b => Rsa.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), ("PS256", b => Rsa.SignData(b, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)),
            ("ES256", b => Ec.SignData(b, HashAlgorithmName.SHA256)),
        })
        {
            all[$"{name} with an own key"] = (t, _) => Signed(Encode(With(t.Header, "alg", name)), Encode(t.Payload), sign);
            all[$"{name} with an own key, brought along"] = (t, _) => Signed(Encode(With(Without(With(t.Header, "alg", name), "kid"), "jwk", Jwk(name))), Encode(t.Payload), sign);
            all[$"{name} with an own key, at an address"] = (t, _) => Signed(Encode(With(With(t.Header, "alg", name), "jku", "https://attacker.example.cn/jwks")), Encode(t.Payload), sign);
            all[$"{name} with an own certificate"] = (t, _) => Signed(Encode(With(With(t.Header, "alg", name), "x5c", new JsonArray(Certificate()))), Encode(t.Payload), sign);
        }

        all["ES256 with a signature of zeros"] = (t, _) => Signed(Encode(With(t.Header, "alg", "ES256")), Encode(t.Payload), _ => new byte[64]);
        all["EdDSA"] = (t, key) => Sign(With(t.Header, "alg", "EdDSA"), t.Payload, key);
    }

    private static void Keys(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        (string Name, JsonNode? Kid)[] kids =
        [
            ("empty", ""), ("null", null), ("unknown", "k9"), ("another key's", "k2"), ("in upper case", "K1"), ("with a space", "k1 "), ("a path", "../../../../dev/null"), ("a path on Windows", @"..\..\nul"),
            ("a file", "file:///etc/hostname"), ("SQL", "k1' OR '1'='1"), ("a union", "x' UNION SELECT 'AAAA' -- "), ("a command", "k1;id"), ("with a null", "k1\0"), ("very long", new string('k', 2500)),
            ("a list", new JsonArray("k1")), ("an object", new JsonObject { ["id"] = "k1" }), ("a number", 1), ("true", true), ("an address", "https://attacker.example.cn/" + Canary),
        ];
        foreach (var (name, kid) in kids)
        {
            all["kid " + name] = (t, key) => Sign(With(t.Header, "kid", kid), t.Payload, key);
        }

        all["kid missing"] = (t, key) => Sign(Without(t.Header, "kid"), t.Payload, key);
    }

    private static void Headers(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        (string Member, JsonNode? Value)[] members =
        [
            ("typ", "at+jwt"), ("typ", "JOSE"), ("typ", "jwt"), ("typ", ""), ("typ", 1), ("typ", null), ("cty", "JWT"), ("crit", new JsonArray("exp")), ("crit", new JsonArray()), ("crit", "b64"), ("b64", false),
            ("b64", true), ("zip", "DEF"), ("enc", "A256GCM"), ("jku", "https://attacker.example.cn/jwks"), ("x5u", "https://attacker.example.cn/cert"), ("x5t", "AAAA"), ("jwk", Jwk("RS256")), ("iss", "beian-miniapi"),
            ("unknown", Canary),
        ];
        foreach (var (member, value) in members)
        {
            all[$"header {member} {(value is JsonObject ? "an object" : value?.ToJsonString() ?? "null")}"] = (t, key) => Sign(With(t.Header, member, value), t.Payload, key);
        }

        all["header typ missing"] = (t, key) => Sign(Without(t.Header, "typ"), t.Payload, key);
        all["header a list"] = (t, key) => Sign(Raw("[]"), Encode(t.Payload), key);
        all["header null"] = (t, key) => Sign(Raw("null"), Encode(t.Payload), key);
        all["header no JSON"] = (t, key) => Sign(Raw("{\"alg\":\"HS256\""), Encode(t.Payload), key);
        all["a token in a token"] = (t, key) => Sign(Encode(With(t.Header, "cty", "JWT")), Raw(Sign(t.Header, t.Payload, key)), key);
        all["encrypted, five parts"] = (t, _) => $"{Encode(new JsonObject { ["alg"] = "dir", ["enc"] = "A256GCM", ["kid"] = "k1", ["typ"] = "JWT" })}..{Raw(Canary)}.{Raw(t.Payload.ToJsonString())}.{Raw("tag")}";
        all["encrypted, password"] = (t, _) => $"{Encode(new JsonObject { ["alg"] = "PBES2-HS256+A128KW", ["enc"] = "A128CBC-HS256", ["p2c"] = 2147483647, ["p2s"] = "AAAA", ["kid"] = "k1" })}.AAAA.AAAA.{Raw(t.Payload.ToJsonString())}.AAAA";
    }

    private static void Claims(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        (string Claim, JsonNode? Value)[] claims =
        [
            ("iss", "somebody-else"), ("iss", "beian-miniapi/"), ("iss", "Beian-MiniApi"), ("iss", ""), ("iss", null), ("iss", new JsonArray("beian-miniapi")),
            ("aud", "somebody-else"), ("aud", ""), ("aud", null), ("aud", new JsonArray("beian-miniapi", "somebody-else")), ("aud", new JsonArray("somebody-else")), ("aud", new JsonArray()), ("aud", new JsonObject()),
            ("sub", "somebody-else"), ("sub", ""), ("sub", null), ("sub", 1), ("sub", new JsonArray("a")),
            ("sid", "no-such-session"), ("sid", ""), ("sid", null), ("sid", 1), ("sid", "x' OR '1'='1"), ("sid", new string('s', 1500)),
            ("role", "admin"), ("role", "reviewer"), ("role", "Applicant"), ("role", ""), ("role", null), ("role", new JsonArray("applicant", "admin")), ("role", new JsonArray("applicant")), ("role", new JsonObject()), ("role", 1),
        ];
        foreach (var (claim, value) in claims)
        {
            var text = value?.ToJsonString() ?? "null";
            all[$"{claim} {(text.Length > 60 ? "very long" : text)}"] = (t, key) => Sign(t.Header, With(t.Payload, claim, value), key);
        }

        foreach (var claim in new[] { "iss", "aud", "sub", "sid", "role", "exp", "iat" })
        {
            all[$"{claim} missing"] = (t, key) => Sign(t.Header, Without(t.Payload, claim), key);
        }

        all["payload a list"] = (t, key) => Sign(Encode(t.Header), Raw("[]"), key);
        all["payload empty"] = (t, key) => Sign(Encode(t.Header), string.Empty, key);
        all["payload a text"] = (t, key) => Sign(Encode(t.Header), Raw("\"" + Canary + "\""), key);
        all["payload very deep"] = (t, key) => Sign(Encode(t.Header), Raw(string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)), key);
    }

    private static void Times(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        // Written when the token is made; {now} and {later} stand for seconds since 1970.
        (string Claim, string Json)[] times =
        [
            ("exp", "\"{later}\""), ("exp", "-1"), ("exp", "0"), ("exp", "{now}"), ("exp", "null"), ("exp", "true"), ("exp", "[{later}]"), ("exp", "{}"), ("exp", "-99999999999999999999"), ("exp", "{now}.999"),
            ("exp", "\"9e99\""), ("exp", "9e99"), ("exp", "99999999999999999999"), ("exp", "253402300800"), ("nbf", "{later}"), ("iat", "{later}"), ("iat", "\"{now}\""), ("iat", "null"), ("iat", "99999999999999"),
        ];
        foreach (var (claim, json) in times)
        {
            all[$"{claim} as {json}"] = (t, key) => Sign(Encode(t.Header), Raw($"{Without(t.Payload, claim).ToJsonString()[..^1]},\"{claim}\":{At(json)}}}"), key);
        }
    }

    private static string At(string json)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string Seconds(long at) => at.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return json.Replace("{now}", Seconds(now - 1), StringComparison.Ordinal).Replace("{later}", Seconds(now + 600), StringComparison.Ordinal);
    }

    private static void Duplicates(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        all["exp twice"] = (t, key) => Sign(Encode(t.Header), Raw(t.Payload.ToJsonString()[..^1] + ",\"exp\":9999999999}"), key);
        all["role twice"] = (t, key) => Sign(Encode(t.Header), Raw("{\"role\":\"admin\"," + t.Payload.ToJsonString()[1..]), key);
        all["sub twice, the same"] = (t, key) => Sign(Encode(t.Header), Raw($"{{\"sub\":{t.Payload["sub"]!.ToJsonString()}," + t.Payload.ToJsonString()[1..]), key);
        all["alg twice"] = (t, key) => Sign(Raw("{\"alg\":\"none\"," + t.Header.ToJsonString()[1..]), Encode(t.Payload), key);
        all["kid twice"] = (t, key) => Sign(Raw(t.Header.ToJsonString()[..^1] + ",\"kid\":\"k1\"}"), Encode(t.Payload), key);
        all["typ twice"] = (t, key) => Sign(Raw("{\"typ\":\"at+jwt\"," + t.Header.ToJsonString()[1..]), Encode(t.Payload), key);
    }

    private static void Spelling(Dictionary<string, Func<TokenParts, byte[], string>> all)
    {
        all["header padded"] = (t, key) => Sign(Padded(Encode(With(t.Header, "typ", "JWT"))), Encode(t.Payload), key);
        all["payload padded"] = (t, key) => Sign(Encode(t.Header), Padded(Encode(t.Payload)), key);
        all["signature padded"] = (t, key) => Sign(t.Header, t.Payload, key) + "=";
        all["signature with loose bits"] = (t, key) => Loose(Sign(t.Header, t.Payload, key));
        all["signature in base64"] = (t, key) => $"{Encode(t.Header)}.{Encode(t.Payload)}.{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{Encode(t.Header)}.{Encode(t.Payload)}")))}";
        all["space inside"] = (t, key) => Sign(t.Header, t.Payload, key).Replace(".", ". ", StringComparison.Ordinal);
        all["tab inside"] = (t, key) => Sign(t.Header, t.Payload, key).Insert(20, "\t");
        all["percent-encoded"] = (t, key) => Sign(t.Header, t.Payload, key).Replace(".", "%2E", StringComparison.Ordinal);
        all["no dots"] = (t, key) => Sign(t.Header, t.Payload, key).Replace(".", string.Empty, StringComparison.Ordinal);
        all["four parts"] = (t, key) => Sign(t.Header, t.Payload, key) + ".AAAA";
        all["six parts"] = (t, key) => Sign(t.Header, t.Payload, key) + ".A.A.A";
        all["dot before"] = (t, key) => "." + Sign(t.Header, t.Payload, key);
        all["dot behind"] = (t, key) => Sign(t.Header, t.Payload, key) + ".";
        all["only dots"] = (_, _) => "..";
        all["many dots"] = (_, _) => new string('.', 3000);
        all["in quotes"] = (t, key) => $"\"{Sign(t.Header, t.Payload, key)}\"";
        all["scheme twice"] = (t, key) => "Bearer " + Sign(t.Header, t.Payload, key);
        all["two tokens"] = (t, key) => $"{Sign(t.Header, t.Payload, key)},{Sign(t.Header, t.Payload, key)}";
        all["4 KB of claims, well signed"] = (t, key) => Sign(t.Header, With(t.Payload, "filler", new string('f', 4096)), key);
        all["16 KB of claims, well signed"] = (t, key) => Sign(t.Header, With(t.Payload, "filler", new string('f', 12 * 1024)), key);
        all["JSON serialisation"] = (t, key) => $"{{\"payload\":\"{Encode(t.Payload)}\",\"protected\":\"{Encode(t.Header)}\",\"signature\":\"{Sign(t.Header, t.Payload, key).Split('.')[2]}\"}}";
    }

    /// <summary>The last character of 32 bytes in base64url has two bits that mean nothing.</summary>
    private static string Loose(string token)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) ^ 1];
    }

    private static string Padded(string part) => part + new string('=', part.Length % 4 == 0 ? 4 : 4 - (part.Length % 4));

    private static JsonObject With(JsonObject json, string member, JsonNode? value)
    {
        var changed = json.DeepClone().AsObject();
        changed[member] = value?.DeepClone();
        return changed;
    }

    private static JsonObject Without(JsonObject json, string member)
    {
        var changed = json.DeepClone().AsObject();
        changed.Remove(member);
        return changed;
    }

    private static JsonObject Jwk(string algorithm)
    {
        if (algorithm == "ES256")
        {
            var point = Ec.ExportParameters(false).Q;
            return new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        }

        var key = Rsa.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
    }

    private static string Certificate()
    {
        var request = new CertificateRequest("CN=attacker.example.cn", Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }
}
