using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beian.MiniApi.Platform;

/// <summary>How this service reads and writes JSON.</summary>
public static class ApiJson
{
    /// <summary>Deepest nesting a request may have; our own bodies need 5.</summary>
    public const int MaxDepth = 16;

    /// <summary>Requests and answers: camelCase, enums as camelCase strings, Chinese unescaped, nothing unknown, nothing twice.</summary>
    public static readonly JsonSerializerOptions Api = Create();

    /// <summary>Reference data and texts that ship with the program: comments allowed, unknown keys refused.</summary>
    public static readonly JsonSerializerOptions Data = new(Api) { ReadCommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>An answer's bytes: UTF-8, Chinese as it is, rare characters included.</summary>
    public static byte[] Serialize<T>(T value) => BareJson.Unescape(JsonSerializer.SerializeToUtf8Bytes(value, Api));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = MaxDepth,
        };
        options.Converters.Add(new UtcTimeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Instants are written as RFC 3339 in UTC with a Z, to the millisecond when there is one.</summary>
    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TryGetDateTimeOffset(out var value) ? value.ToUniversalTime() : throw new JsonException("Not an RFC 3339 time.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            var utc = value.UtcDateTime;
            writer.WriteStringValue(utc.ToString(
                utc.Ticks % TimeSpan.TicksPerSecond < TimeSpan.TicksPerMillisecond ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
