using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Beian.MiniApi.Sandbox.Oidc;

/// <summary>The keys of the played identity provider: the last one made signs, all are published until they are dropped.</summary>
internal sealed class SandboxOidcKeys : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Key> _keys = [];

    /// <summary>Makes a key that signs from now on.</summary>
    /// <param name="ecdsa">For ES256, else for RS256.</param>
    /// <param name="drop">Whether those before are no longer published.</param>
    public string Rotate(bool ecdsa, bool drop)
    {
        var made = new Key(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), ecdsa ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048));
        lock (_gate)
        {
            if (drop)
            {
                _keys.Clear();
            }

            _keys.Add(made);
        }

        return made.Id;
    }

    /// <summary>The published keys (RFC 7517).</summary>
    public JsonObject Published()
    {
        Current();
        lock (_gate)
        {
            return new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(k => (JsonNode)k.Public())]) };
        }
    }

    /// <summary>A signed token, or what the lie makes of it.</summary>
    public string Sign(JsonObject payload, SandboxOidcLie lie, string clientSecret)
    {
        var key = lie is SandboxOidcLie.Key or SandboxOidcLie.UnknownKey ? new Key(lie == SandboxOidcLie.Key ? Current().Id : "unpublished", RSA.Create(2048)) : Current();
        var algorithm = lie switch
        {
            SandboxOidcLie.Unsigned => "none",
            SandboxOidcLie.Hs256 => "HS256",
            SandboxOidcLie.Rs384 => "RS384",
            _ => key.Algorithm,
        };
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = key.Id, ["typ"] = lie == SandboxOidcLie.Type ? "at+jwt" : "JWT" };
        var text = Encoding.ASCII.GetBytes($"{Encode(header)}.{Encode(payload)}");
        byte[] signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), text),
            _ => key.Sign(lie == SandboxOidcLie.Signature ? Encoding.ASCII.GetBytes("another text") : text, algorithm == "RS384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256),
        };
        return $"{Encoding.ASCII.GetString(text)}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _keys.ForEach(k => k.Pair.Dispose());

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private Key Current()
    {
        lock (_gate)
        {
            if (_keys.Count > 0)
            {
                return _keys[^1];
            }
        }

        Rotate(ecdsa: false, drop: false);
        return Current();
    }

    private sealed record Key(string Id, AsymmetricAlgorithm Pair)
    {
        public string Algorithm => Pair is ECDsa ? "ES256" : "RS256";

        public byte[] Sign(byte[] text, HashAlgorithmName hash) => Pair switch
        {
            ECDsa ecdsa => ecdsa.SignData(text, hash),
            RSA rsa => rsa.SignData(text, hash, RSASignaturePadding.Pkcs1),
            _ => throw new InvalidOperationException("No such key."),
        };

        public JsonObject Public()
        {
            var json = new JsonObject { ["kid"] = Id, ["use"] = "sig", ["alg"] = Algorithm };
            if (Pair is ECDsa ecdsa)
            {
                var point = ecdsa.ExportParameters(false).Q;
                (json["kty"], json["crv"], json["x"], json["y"]) = ("EC", "P-256", Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
            }
            else
            {
                var key = ((RSA)Pair).ExportParameters(false);
                (json["kty"], json["n"], json["e"]) = ("RSA", Base64Url.EncodeToString(key.Modulus), Base64Url.EncodeToString(key.Exponent));
            }

            return json;
        }
    }
}
