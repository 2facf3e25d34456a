using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Platform.Tencent;

/// <summary>What is signed of a call.</summary>
/// <param name="Service">Such as <c>faceid</c>.</param>
/// <param name="Headers">Headers to sign with their values as they are sent; any order, any case of the names.</param>
/// <param name="Payload">The body, byte for byte as it is sent.</param>
/// <param name="Timestamp">Seconds since 1970, as sent in <c>X-TC-Timestamp</c>.</param>
public sealed record Tc3Call(string Service, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Payload, long Timestamp);

/// <summary>A signature with everything on the way to it.</summary>
/// <param name="CanonicalRequest">Method, path, query, headers, their names and the digest of the body.</param>
/// <param name="StringToSign">Algorithm, time, scope and the digest of the canonical request.</param>
/// <param name="SecretDate">HMAC of the day under the key.</param>
/// <param name="SecretService">HMAC of the service under that.</param>
/// <param name="SecretSigning">HMAC of the closing word under that.</param>
/// <param name="Signature">Lower-case hex.</param>
/// <param name="Authorization">Value of the header.</param>
public sealed record Tc3Signature(
    string CanonicalRequest, string StringToSign, byte[] SecretDate, byte[] SecretService, byte[] SecretSigning, string Signature, string Authorization)
{
    /// <summary>Never prints: derived keys sign for a whole day.</summary>
    public override string ToString() => nameof(Tc3Signature);
}

/// <summary>
/// Signs calls of Tencent Cloud, TC3-HMAC-SHA256 (https://cloud.tencent.com/document/api/362/4208, checked 2026-11-26). POST with the path <c>/</c> and no
/// query only, as all calls of ours are.
/// </summary>
public static class Tc3
{
    public const string Algorithm = "TC3-HMAC-SHA256";

    private const string Ending = "tc3_request";

    public static Tc3Signature Sign(Tc3Call call, string secretId, string secretKey)
    {
        // The day of the time stamp in UTC, whatever the day is here.
        var date = DateTimeOffset.FromUnixTimeSeconds(call.Timestamp).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var headers = call.Headers.Select(h => (Name: h.Key.ToLowerInvariant(), Value: h.Value.Trim().ToLowerInvariant())).OrderBy(h => h.Name, StringComparer.Ordinal).ToArray();
        var names = string.Join(';', headers.Select(h => h.Name));

        // Every header line ends in a line break, and one more joins: hence the empty line before the names.
        var lines = string.Concat(headers.Select(h => $"{h.Name}:{h.Value}\n"));
        var canonical = string.Join('\n', "POST", "/", string.Empty, lines, names, Hash(call.Payload.Span));
        var scope = $"{date}/{call.Service}/{Ending}";
        var timestamp = call.Timestamp.ToString(CultureInfo.InvariantCulture);
        var toSign = string.Join('\n', Algorithm, timestamp, scope, Hash(Encoding.UTF8.GetBytes(canonical)));

        var ofDate = Hmac(Encoding.UTF8.GetBytes("TC3" + secretKey), date);
        var ofService = Hmac(ofDate, call.Service);
        var signing = Hmac(ofService, Ending);
        var signature = Convert.ToHexStringLower(Hmac(signing, toSign));
        return new Tc3Signature(
            canonical, toSign, ofDate, ofService, signing, signature, $"{Algorithm} Credential={secretId}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
