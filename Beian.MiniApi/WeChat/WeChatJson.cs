using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// JSON as WeChat takes it: snake_case, UTF-8, nothing written as <c>\uXXXX</c> (errcode 40033); and as WeChat gives it, with numbers as text now and then.
/// </summary>
internal static class WeChatJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Serialize<T>(T value) => BareJson.Unescape(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>A member, or null when this is no object or has none of that name.</summary>
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A non-empty text, or null when it is absent, empty or no text.</summary>
    public static string? TextOf(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>A non-empty text or a number as text, or null.</summary>
    public static string? TextOrNumberOf(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } value ? value.GetRawText() : json.TextOf(name);

    /// <summary>A whole number, also one that came as text, or null.</summary>
    public static int? NumberOf(this JsonElement json, string name) =>
        int.TryParse(json.TextOrNumberOf(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The items of an array that are objects; none when there is no array.</summary>
    public static IEnumerable<JsonElement> ObjectsOf(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];
}
