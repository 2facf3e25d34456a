using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>An event of WeChat's, the same whether it came as JSON or XML.</summary>
public sealed class WeChatEvent
{
    private const string List = "List";

    private readonly JsonObject _fields;

    private WeChatEvent(JsonObject fields) => _fields = fields;

    /// <summary>What happened, such as <c>wxa_media_check</c>; empty for what is no event, such as a message that a user typed.</summary>
    public string Name => Text("Event") ?? string.Empty;

    /// <summary>Whose doing it is; empty when it says nothing of it. Never to be logged.</summary>
    public string OpenId => Text("FromUserName") ?? string.Empty;

    /// <summary>When it happened, to the second, or null when it does not say.</summary>
    public DateTimeOffset? CreatedAt =>
        long.TryParse(Text("CreateTime"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>
    /// The same for every delivery of this event and for no other: a digest of its MsgId, else of sender, time, name, and what tells two of one second apart,
    /// else of all of it.
    /// </summary>
    public string Key => Digest(Identity());

    /// <summary>What it lists, whether WeChat wrote one item bare or several as an array, and whether XML wrapped them in an element.</summary>
    public IReadOnlyList<WeChatEventItem> Items
    {
        get
        {
            var listed = _fields[List] ?? _fields.Select(f => f.Value).OfType<JsonObject>().Select(o => o[List]).FirstOrDefault(l => l is not null);
            return listed switch
            {
                JsonObject one => [new WeChatEventItem(one)],
                JsonArray several => [.. several.OfType<JsonObject>().Select(o => new WeChatEventItem(o))],
                _ => [],
            };
        }
    }

    /// <summary>An event from the fields of a push.</summary>
    internal static WeChatEvent Of(JsonObject fields) => new(fields);

    /// <summary>An event as <see cref="ToText"/> wrote it.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static WeChatEvent Restore(string text) =>
        new(PushDocument.Read(Encoding.UTF8.GetBytes(text)) ?? throw new InvalidOperationException("A stored event cannot be read."));

    /// <summary>The text of a field, or of a field inside one; null when it is not there or is no text.</summary>
    public string? Text(string field, string? inner = null) =>
        inner is null ? TextOf(_fields, field) : _fields[field] is JsonObject o ? TextOf(o, inner) : null;

    /// <summary>The whole event as text, to be kept protected: it names a person.</summary>
    public string ToText() => _fields.ToJsonString();

    internal static string? TextOf(JsonObject fields, string name) => fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private string Identity()
    {
        if (Text("MsgId") is { Length: > 0 } id)
        {
            return $"id\n{OpenId}\n{id}";
        }

        return OpenId.Length > 0 && Text("CreateTime") is { Length: > 0 } at
            ? string.Join('\n', ["event", OpenId, at, Name, Text("trace_id"), .. Items.SelectMany(i => new[] { i.Text("TemplateId"), i.Text("MsgID") })])
            : "all\n" + ToText();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>One item of an event's list.</summary>
public sealed class WeChatEventItem
{
    private readonly JsonObject _fields;

    internal WeChatEventItem(JsonObject fields) => _fields = fields;

    /// <summary>The text of a field; null when it is not there or is no text.</summary>
    public string? Text(string field) => WeChatEvent.TextOf(_fields, field);
}
