using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Channels.Webhooks;

/// <summary>How calls of webhooks are signed: by every secret that is in force, so that a receiver can change its secret at any time between.</summary>
public static class WebhookSignature
{
    /// <summary>Header with the message's key, the same at every attempt.</summary>
    public const string IdHeader = "Webhook-Id";

    /// <summary>Header with the seconds since 1970 at which the attempt was made.</summary>
    public const string TimestampHeader = "Webhook-Timestamp";

    /// <summary>Header with the signatures, separated by a space, the newest secret's first.</summary>
    public const string SignatureHeader = "Webhook-Signature";

    /// <summary>The value of <see cref="SignatureHeader"/>: <c>v1=</c> and the lower-case hex of HMAC-SHA256 over id, time stamp and body with dots between, for each secret.</summary>
    public static string Of(IReadOnlyList<byte[]> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(s => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(s, signed))));
    }
}
