using System.Text;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>The text of a file that a spreadsheet wrote: UTF-8, or GB18030 (and so GBK and GB2312), which Chinese ones save as by default. Never guessed at: every byte must fit.</summary>
public static class ImportText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Encoding StrictChinese =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text without a byte order mark; refused with <c>import.badEncoding</c> when it is neither.</summary>
    public static Result<string> Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Read(StrictUtf8, bytes) ?? Read(StrictChinese, bytes);
        return text is null ? ImportErrors.BadEncoding() : text.TrimStart('\ufeff');
    }

    /// <summary>UTF-8 alone, for formats that allow nothing else; refused with <c>import.notUtf8</c>.</summary>
    public static Result<string> DecodeUtf8(ReadOnlySpan<byte> bytes) => Read(StrictUtf8, bytes) is { } text ? text.TrimStart('\ufeff') : ImportErrors.NotUtf8();

    /// <summary>Null when a byte does not fit.</summary>
    private static string? Read(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
