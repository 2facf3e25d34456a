using System.Globalization;
using System.Net.Http.Headers;
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

    /// <summary>Neither UTF-8 nor GB18030.</summary>
    public static DomainError BadEncoding() => new("import.badEncoding", ErrorKind.Unprocessable);

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

    private const string Csv = "text/csv";

    /// <summary>The text, or why it cannot be read. CSV comes from spreadsheets and may be GB18030; everything else is UTF-8.</summary>
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
        using var bytes = new MemoryStream();
        try
        {
            await metered.CopyToAsync(bytes, cancellationToken);
        }
        catch (UploadTooLargeException)
        {
            return RequestErrors.BodyTooLarge(MaxBytes);
        }

        var read = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var decoded = mediaType == Csv ? ImportText.Decode(read) : ImportText.DecodeUtf8(read);
        return decoded.TryGet(out var text, out var refusal) ? new ImportBody(mediaType, text, metered.Digest()) : refusal;
    }
}
