using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.WeChat;

/// <summary>One endpoint of WeChat and what may be done when it fails.</summary>
/// <param name="Name">Our short name, as in the errcode table; also the name in logs and of the breaker.</param>
/// <param name="Path">Relative to the base address, without a leading slash.</param>
/// <param name="SingleUse">True when the call consumes something: it is then sent again only when it surely was not sent, and once when WeChat says it is busy.</param>
internal sealed record WeChatCall(string Name, string Path, bool SingleUse)
{
    public static readonly WeChatCall Code2Session = new("code2session", "sns/jscode2session", SingleUse: true);

    public static readonly WeChatCall StableToken = new("stableToken", "cgi-bin/stable_token", SingleUse: false);
}

/// <summary>How an attempt ended.</summary>
internal enum WeChatReplyKind
{
    /// <summary>There is a JSON object; its errcode may still be a refusal.</summary>
    Answered = 1,

    /// <summary>The connection was never made: the call had no effect.</summary>
    NotSent = 2,

    /// <summary>No answer or half an answer: the effect is unknown.</summary>
    Lost = 3,

    /// <summary>HTTP 5xx from the gateway, without an errcode.</summary>
    GatewayFault = 4,

    /// <summary>Any other HTTP status that is not 2xx, such as 412 for a body without Content-Length.</summary>
    GatewayRefusal = 5,

    /// <summary>A 2xx answer that is no JSON object, or whose errcode is no number.</summary>
    Unreadable = 6,

    /// <summary>Not sent: the breaker is open, or WeChat asked for a longer pause.</summary>
    Paused = 7,
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

    public bool IsSuccess => Kind == WeChatReplyKind.Answered && Errcode == 0;

    /// <summary>Reads a 2xx answer, whatever its Content-Type says.</summary>
    public static WeChatReply Read(byte[] body)
    {
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
    public string? Text(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A whole number of the answer, or null.</summary>
    public int? Number(string name) =>
        Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

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
