using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// JSON as WeChat takes it: snake_case, UTF-8, nothing written as <c>\uXXXX</c> (errcode 40033).
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
}
