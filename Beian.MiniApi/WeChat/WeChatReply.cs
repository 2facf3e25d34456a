using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.WeChat;

/// <summary>How an attempt ended.</summary>
internal enum WeChatReplyKind
{
    /// <summary>There is a JSON object, whose errcode may still be a refusal, or a picture.</summary>
    Answered = 1,

    /// <summary>The connection was never made: the call had no effect.</summary>
    NotSent = 2,

    /// <summary>No answer or half an answer: the effect is unknown.</summary>
    Lost = 3,

    /// <summary>HTTP 5xx from the gateway, without an errcode.</summary>
    GatewayFault = 4,

    /// <summary>Any other HTTP status that is not 2xx, such as 412 for a body without Content-Length.</summary>
    GatewayRefusal = 5,

    /// <summary>A 2xx answer that is neither a JSON object with a numeric errcode nor a picture.</summary>
    Unreadable = 6,

    /// <summary>Not sent: the breaker is open, too many of these calls run already, or WeChat asked for a longer pause.</summary>
    Paused = 7,

    /// <summary>No answer within the time limit: the effect is unknown.</summary>
    TimedOut = 8,

    /// <summary>HTTP 413 from the gateway.</summary>
    TooLarge = 9,
}

/// <summary>What came back.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Errcode">WeChat's errcode; 0 when absent.</param>
/// <param name="Body">The answer; undefined unless answered.</param>
/// <param name="Detail">For operators: request id, status or kind of transport failure; never a secret.</param>
/// <param name="Wait">When paused: for how long.</param>
internal sealed partial record WeChatReply(WeChatReplyKind Kind, int Errcode = 0, JsonElement Body = default, string Detail = "", TimeSpan? Wait = null)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The picture that came instead of JSON, or null.</summary>
    public Models.WeChatCodeImage? Picture { get; private init; }

    /// <summary>When WeChat closed the endpoint for a time: what it is closed for; null otherwise.</summary>
    public WeChatTold? Closed { get; init; }

    /// <summary>True when it went out and nobody can tell whether it was done.</summary>
    public bool IsEffectUnknown => Kind is WeChatReplyKind.Lost or WeChatReplyKind.TimedOut or WeChatReplyKind.Unreadable;

    public bool IsSuccess => Kind == WeChatReplyKind.Answered && Errcode == 0;

    /// <summary>Reads a 2xx answer, whatever its Content-Type says.</summary>
    public static WeChatReply Read(byte[] body)
    {
        if (WeChatPictures.TypeOf(body) is { } type)
        {
            return new WeChatReply(WeChatReplyKind.Answered) { Picture = new Models.WeChatCodeImage(body, type) };
        }

        try
        {
            var json = body.AsMemory(body.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && TryErrcode(root, out var errcode)
                ? new WeChatReply(WeChatReplyKind.Answered, errcode, root.Clone(), Rid(root))
                : new WeChatReply(WeChatReplyKind.Unreadable, Detail: "no object with a numeric errcode");
        }
        catch (JsonException)
        {
            return new WeChatReply(WeChatReplyKind.Unreadable, Detail: "no JSON");
        }
    }

    /// <summary>A non-empty text of the answer, or null when it is absent, empty or no text.</summary>
    public string? Text(string name) => Body.TextOf(name);

    /// <summary>A whole number of the answer, or null.</summary>
    public int? Number(string name) => Body.NumberOf(name);

    /// <summary>Absent counts as 0; older endpoints send the number as text.</summary>
    private static bool TryErrcode(JsonElement root, out int errcode)
    {
        errcode = 0;
        return !root.TryGetProperty("errcode", out var value)
            || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out errcode))
            || (value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out errcode));
    }

    /// <summary>Only the request id is kept of an errmsg: its wording changes, and it may repeat what was sent.</summary>
    private static string Rid(JsonElement root) =>
        root.TryGetProperty("errmsg", out var message) && message.ValueKind == JsonValueKind.String ? RidPattern().Match(message.GetString()!).Value : string.Empty;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}", RegexOptions.CultureInvariant)]
    private static partial Regex RidPattern();
}
