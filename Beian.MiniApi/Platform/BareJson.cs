using System.Buffers;
using System.Globalization;
using System.Text;

namespace Beian.MiniApi.Platform;

/// <summary>
/// JSON without <c>\uXXXX</c>: even the relaxed encoder of System.Text.Json escapes what lies outside the basic plane, such as rare characters of names
/// and places, so those are put back afterwards.
/// </summary>
public static class BareJson
{
    /// <summary>Replaces every escape by its character, except control characters, which JSON does not allow bare.</summary>
    public static byte[] Unescape(byte[] json)
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
