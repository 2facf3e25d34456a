using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// JSON as WeChat takes it: snake_case, UTF-8, nothing written as <c>\uXXXX</c> (errcode 40033). Even the relaxed encoder of System.Text.Json escapes
/// what lies outside the basic plane, such as rare characters of names, so those are put back afterwards.
/// </summary>
internal static class WeChatJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Serialize<T>(T value) => Unescape(JsonSerializer.SerializeToUtf8Bytes(value, Options));

    /// <summary>Replaces every escape by its character, except control characters, which JSON does not allow bare.</summary>
    private static byte[] Unescape(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\u"u8) < 0)
        {
            return json;
        }

        var clean = new ArrayBufferWriter<byte>(json.Length);
        for (var i = 0; i < json.Length;)
        {
            if (json[i] != '\\')
            {
                clean.Write([json[i++]]);
            }
            else if (json[i + 1] != 'u')
            {
                clean.Write(json.AsSpan(i, 2));
                i += 2;
            }
            else
            {
                i += Replace(json.AsSpan(i), clean);
            }
        }

        return clean.WrittenSpan.ToArray();
    }

    /// <summary>Writes the character of the escape that stands first; returns how many bytes the escape took.</summary>
    private static int Replace(ReadOnlySpan<byte> escape, ArrayBufferWriter<byte> clean)
    {
        var first = Unit(escape);
        var length = char.IsHighSurrogate(first) ? 12 : 6;
        if (first < ' ' || char.IsLowSurrogate(first))
        {
            clean.Write(escape[..6]);
            return 6;
        }

        var rune = length == 12 ? new Rune(first, Unit(escape[6..])) : new Rune(first);
        Span<byte> utf8 = stackalloc byte[4];
        clean.Write(utf8[..rune.EncodeToUtf8(utf8)]);
        return length;
    }

    private static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
