using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Sandbox.Tencent;

/// <summary>How Tencent Cloud checks a signature; written apart from the code that signs, so that one mistake is not made on both sides.</summary>
internal static partial class SandboxTc3
{
    /// <summary>Furthest a time stamp may be from now.</summary>
    private const long MaxSkewSeconds = 300;

    /// <summary>The error code, or null when the call is signed as it should be.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="body">Its body, byte for byte.</param>
    /// <param name="service">The product that is called, such as <c>faceid</c>.</param>
    /// <param name="secretId">The one key there is.</param>
    /// <param name="secretKey">Its secret.</param>
    /// <param name="now">Real time.</param>
    public static string? Refuse(HttpRequest request, byte[] body, string service, string secretId, string secretKey, DateTimeOffset now)
    {
        if (Credential().Match(request.Headers.Authorization.ToString()) is not { Success: true } match
            || !long.TryParse(request.Headers["X-TC-Timestamp"], NumberStyles.None, CultureInfo.InvariantCulture, out var timestamp))
        {
            return "AuthFailure.InvalidAuthorization";
        }

        if (match.Groups["id"].Value != secretId)
        {
            return "AuthFailure.SecretIdNotFound";
        }

        if (Math.Abs(now.ToUnixTimeSeconds() - timestamp) > MaxSkewSeconds)
        {
            return "AuthFailure.SignatureExpire";
        }

        var day = DateTimeOffset.FromUnixTimeSeconds(timestamp).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var names = match.Groups["headers"].Value.Split(';');
        var isWhole = match.Groups["day"].Value == day && match.Groups["service"].Value == service && names.Contains("host") && names.Contains("content-type")
            && names.SequenceEqual(names.Order(StringComparer.Ordinal));
        return isWhole && match.Groups["signature"].Value == Expected(request, body, service, secretKey, timestamp, day, names) ? null : "AuthFailure.SignatureFailure";
    }

    private static string Expected(HttpRequest request, byte[] body, string service, string secretKey, long timestamp, string day, string[] names)
    {
        var text = new StringBuilder("POST\n/\n\n");
        foreach (var name in names)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{request.Headers[name].ToString().Trim().ToLowerInvariant()}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{string.Join(';', names)}\n{Convert.ToHexStringLower(SHA256.HashData(body))}");
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        var toSign = string.Create(CultureInfo.InvariantCulture, $"TC3-HMAC-SHA256\n{timestamp}\n{day}/{service}/tc3_request\n{digest}");
        var key = new[] { day, service, "tc3_request" }.Aggregate(Encoding.UTF8.GetBytes("TC3" + secretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    [GeneratedRegex("^TC3-HMAC-SHA256 Credential=(?<id>[^/]+)/(?<day>[0-9-]{10})/(?<service>[a-z]+)/tc3_request, ?SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Credential();
}
