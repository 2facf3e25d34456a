using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Platform;

/// <summary>Refusals of imports.</summary>
public static class ImportErrors
{
    /// <summary>Most bad lines that one answer names.</summary>
    public const int MaxNamed = 100;

    public static DomainError BadType() => new("import.badType", ErrorKind.UnsupportedType);

    public static DomainError NotUtf8() => new("import.notUtf8", ErrorKind.Unprocessable);

    public static DomainError NotCsv(int line) => new("import.notCsv", ErrorKind.Unprocessable) { Args = Texts.Args(("line", Text(line))) };

    public static DomainError Empty() => new("import.empty", ErrorKind.Unprocessable);

    public static DomainError TooManyRows(int max) => new("import.tooManyRows", ErrorKind.TooLarge) { Args = Texts.Args(("max", Text(max))) };

    /// <summary>Nothing was stored. Pointers are <c>/line/field</c>, lines counted from 1 with the header.</summary>
    public static DomainError Rejected(int badRows, IReadOnlyList<Finding> errors) =>
        new("import.rejected", ErrorKind.Unprocessable) { Args = Texts.Args(("rows", Text(badRows))), Errors = errors };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A whole import, read as text.</summary>
/// <param name="MediaType">What it was sent as, in lower case.</param>
/// <param name="Text">Its text without a byte order mark.</param>
/// <param name="Digest">Of its bytes, for repeats.</param>
public sealed record ImportBody(string MediaType, string Text, string Digest)
{
    /// <summary>10 MiB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Rows of one import; larger ones come in several.</summary>
    public const int MaxRows = 20_000;

    /// <summary>Keeps the content out of anything that prints the record.</summary>
    public override string ToString() => $"ImportBody {MediaType}";

    /// <summary>The text, or why it cannot be read.</summary>
    public static async Task<Result<ImportBody>> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        var sent = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType?.ToLowerInvariant() : null;
        if (sent != mediaType)
        {
            return ImportErrors.BadType();
        }

        if (request.ContentLength > MaxBytes)
        {
            BodyLimits.LetFinish(request.HttpContext);
            return RequestErrors.BodyTooLarge(MaxBytes);
        }

        await using var metered = new MeteredStream(request.Body, MaxBytes);
        using var reader = new StreamReader(metered, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        try
        {
            var text = await reader.ReadToEndAsync(cancellationToken);
            return new ImportBody(mediaType, text.TrimStart('\ufeff'), metered.Digest());
        }
        catch (UploadTooLargeException)
        {
            return RequestErrors.BodyTooLarge(MaxBytes);
        }
        catch (DecoderFallbackException)
        {
            return ImportErrors.NotUtf8();
        }
    }
}
