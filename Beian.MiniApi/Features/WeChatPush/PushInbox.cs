using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Push;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.WeChatPush;

/// <summary>
/// Takes pushes in: whatever is WeChat's is stored and answered at once, since WeChat waits 5 seconds and sends again, three times in all. Refusals all look
/// the same from outside.
/// </summary>
public sealed partial class PushInbox(
    IOptions<WeChatPushOptions> options, PushVerifier verifier, IWeChatEventStore events, IEnumerable<IWeChatEventHandler> handlers, PushMetrics metrics, CheckBell bell,
    TimeProvider time, ILogger<PushInbox> log)
{
    /// <summary>Longest body that is read.</summary>
    public const int MaxBytes = PushDocument.MaxBytes;

    /// <summary>How long an event is known when it comes again, 3 days: far longer than WeChat repeats, and than a signature is good for.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(3);

    private readonly HashSet<string> _names = new(handlers.Select(h => h.EventName), StringComparer.Ordinal);

    /// <summary>Takes a push; why it is refused, or null when it is to be answered as received, which an event nobody handles and a repeat are too.</summary>
    public async Task<string?> TakeAsync(PushQuery query, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var verdict = verifier.Verify(query, body.Span);
        if (verdict.Event is not { } pushed)
        {
            return verdict.Refusal;
        }

        if (!_names.Contains(pushed.Name))
        {
            metrics.Received(null, "ignored");
            return null;
        }

        var now = time.GetUtcNow();
        var once = options.Value.IsEncrypted ? null : new PushOnce(Digest($"{query.Timestamp}\n{query.Nonce}\n{query.Signature}"), Digest(body.Span));
        switch (await events.AddAsync(new PushedEvent(pushed.Key, pushed.Name, pushed.ToText(), now, now + Known), once, cancellationToken))
        {
            case PushReceipt.SignatureReused:
                return PushRefusals.Replayed;
            case PushReceipt.Duplicate:
                metrics.Received(pushed.Name, "duplicate");
                return null;
            default:
                metrics.Received(pushed.Name, "stored");
                bell.Wake();
                return null;
        }
    }

    /// <summary>Counts a refusal and answers it with nothing: whoever forges learns neither why nor how near it was.</summary>
    public IResult Refuse(HttpContext http, string reason)
    {
        metrics.Refused(reason);
        Refused(log, reason);
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static string Digest(string text) => Digest(Encoding.UTF8.GetBytes(text));

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [LoggerMessage(Level = LogLevel.Warning, Message = "A push to the WeChat callback was refused: {Reason}")]
    private static partial void Refused(ILogger log, string reason);
}
