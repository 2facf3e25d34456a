using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>Records what WeChat found in a picture or a recording, under the trace id it was asked with.</summary>
public sealed partial class MediaVerdictHandler(IMediaVerdictStore verdicts, TimeProvider time, ILogger<MediaVerdictHandler> log) : IWeChatEventHandler
{
    /// <summary>For a verdict without a readable code: it cannot count as one.</summary>
    private const int Unreadable = -1;

    public string EventName => "wxa_media_check";

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        if (pushed.Text("trace_id") is not { Length: > 0 } traceId)
        {
            NoTrace(log);
            return;
        }

        var code = pushed.Text("errcode") is { } sent ? Number(sent) ?? Unreadable : 0;
        var verdict = new MediaVerdict(traceId, code, pushed.Text("result", "suggest"), Number(pushed.Text("result", "label")), pushed.CreatedAt ?? time.GetUtcNow());
        await verdicts.AddAsync(verdict, cancellationToken);
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A media verdict of WeChat has no trace id and is left out")]
    private static partial void NoTrace(ILogger log);
}
