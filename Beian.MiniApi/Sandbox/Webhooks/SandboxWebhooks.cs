using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Beian.MiniApi.Sandbox.Webhooks;

/// <summary>A call that the played partner got.</summary>
/// <param name="Key">Of <c>Webhook-Id</c>.</param>
/// <param name="Verified">Whether it was signed by a secret the partner knows, and not long ago; null while it was told none.</param>
/// <param name="Signatures">How many signatures it carried: two while a secret is being changed.</param>
/// <param name="Body">The body; null when it is no JSON.</param>
/// <param name="Times">How often this key has come, this time included.</param>
/// <param name="At">When.</param>
public sealed record SandboxWebhookCall(string Key, bool? Verified, int Signatures, JsonElement? Body, int Times, DateTimeOffset At);

/// <summary>
/// Plays a partner that is called: checks signature and time as a careful partner does, written apart from the code that signs, so that one mistake is not
/// made on both sides.
/// </summary>
internal sealed class SandboxWebhooks(TimeProvider time)
{
    /// <summary>Furthest a time stamp may be from now.</summary>
    private const long MaxSkewSeconds = 300;

    private volatile byte[][] _secrets = [];

    public SandboxInbox<SandboxWebhookCall> Inbox { get; } = new();

    /// <summary>The secrets that are known from now on; false when one is no base64.</summary>
    public bool Know(IReadOnlyList<string> secrets)
    {
        try
        {
            _secrets = [.. secrets.Select(s => Convert.FromBase64String(s.StartsWith("whsec_", StringComparison.Ordinal) ? s["whsec_".Length..] : s))];
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Takes a call; false when its signature is not to be trusted.</summary>
    public bool Take(IHeaderDictionary headers, byte[] body)
    {
        var key = headers["Webhook-Id"].ToString();
        var signatures = headers["Webhook-Signature"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = _secrets;
        bool? verified = known.Length == 0 ? null : IsTrusted(known, key, headers["Webhook-Timestamp"].ToString(), signatures, body);
        Inbox.Add(key, times => new SandboxWebhookCall(key, verified, signatures.Length, Parse(body), times, time.GetUtcNow()));
        return verified != false;
    }

    private bool IsTrusted(byte[][] secrets, string key, string timestamp, string[] signatures, byte[] body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - at) > MaxSkewSeconds)
        {
            return false;
        }

        using var signed = new MemoryStream();
        signed.Write(Encoding.ASCII.GetBytes(key + "." + timestamp + "."));
        signed.Write(body);
        return secrets.Any(secret =>
        {
            var expected = Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed.ToArray())));
            return signatures.Any(s => CryptographicOperations.FixedTimeEquals(expected, Encoding.ASCII.GetBytes(s)));
        });
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
