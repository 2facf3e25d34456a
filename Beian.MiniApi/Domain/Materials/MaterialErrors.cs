using System.Globalization;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>Refusals of uploads. Pointers name the form field.</summary>
public static class MaterialErrors
{
    public static DomainError NotMultipart() => new("request.notMultipart", ErrorKind.UnsupportedType);

    /// <summary>No usable boundary, a part without a name, or a body that ends too early.</summary>
    public static DomainError MultipartBroken() => new("request.multipartBroken", ErrorKind.Invalid);

    public static DomainError FieldTooLong(string field) =>
        At("request.invalid", "material.fieldTooLong", ErrorKind.Invalid, "/" + field, ("limit", Number(MaterialLimits.FieldChars)));

    public static DomainError FileMissing() => At("material.fileMissing", ErrorKind.Unprocessable, "/file");

    public static DomainError Empty() => At("material.empty", ErrorKind.Unprocessable, "/file");

    public static DomainError TooLarge(long limitBytes) =>
        At("material.tooLarge", ErrorKind.TooLarge, "/file", ("limit", Number(limitBytes)), ("limitMiB", Number(limitBytes / (1024 * 1024))));

    /// <summary>Judged by content, whatever the name or the header said.</summary>
    /// <param name="video">True when the kind takes video only.</param>
    public static DomainError TypeNotAllowed(bool video) => At("material.typeNotAllowed", ErrorKind.UnsupportedType, "/file", ("allowed", video ? "MP4" : "JPEG, PNG"));

    /// <summary>Begins well but does not end.</summary>
    public static DomainError CutOff() => At("material.cutOff", ErrorKind.Unprocessable, "/file");

    /// <summary>The right type by its first bytes, but its structure makes no sense.</summary>
    public static DomainError Unreadable() => At("material.unreadable", ErrorKind.Unprocessable, "/file");

    public static DomainError BadDimensions(long width, long height) => At(
        "material.badDimensions",
        ErrorKind.Unprocessable,
        "/file",
        ("width", Number(width)),
        ("height", Number(height)),
        ("max", Number(MaterialLimits.MaxSide)));

    /// <summary>More pixels than a reader should have to unpack, whatever its sides.</summary>
    public static DomainError TooManyPixels(long width, long height) => At(
        "material.tooManyPixels",
        ErrorKind.Unprocessable,
        "/file",
        ("width", Number(width)),
        ("height", Number(height)),
        ("max", Number(MaterialLimits.MaxPixels / 1_000_000)));

    /// <summary>Something else inside or behind it: an archive, a page, a program.</summary>
    public static DomainError ForeignContent() => At("material.foreignContent", ErrorKind.Unprocessable, "/file");

    /// <summary>A moving picture shows one reader something else than the next.</summary>
    public static DomainError Animated() => At("material.animated", ErrorKind.Unprocessable, "/file");

    public static DomainError VideoTooLong(double seconds) => At(
        "material.videoTooLong",
        ErrorKind.Unprocessable,
        "/file",
        ("seconds", Math.Ceiling(seconds).ToString("0", CultureInfo.InvariantCulture)),
        ("max", Number((long)MaterialLimits.VideoSeconds)));

    /// <summary>A video that does not say how long it is, as live recordings do.</summary>
    public static DomainError DurationUnknown() => At("material.durationUnknown", ErrorKind.Unprocessable, "/file");

    /// <summary>The copy is still being made, or the programs that make it are not there.</summary>
    public static DomainError CopyNotReady() => new("material.copyNotReady", ErrorKind.Conflict);

    /// <summary>No program could make one.</summary>
    public static DomainError CopyFailed() => new("material.copyFailed", ErrorKind.Conflict);

    public static DomainError KindMissing() => At("material.kindMissing", ErrorKind.Unprocessable, "/kind");

    public static DomainError KindUnknown() => At("material.kindUnknown", ErrorKind.Unprocessable, "/kind");

    /// <summary>Not a date written YYYY-MM-DD.</summary>
    public static DomainError SignedOnFormat() => At("material.signedOnFormat", ErrorKind.Unprocessable, "/signedOn");

    /// <summary>The face check or the agreements produce it.</summary>
    public static DomainError NotUploaded(string kind) => At("material.notUploaded", ErrorKind.Unprocessable, "/kind", ("kind", kind));

    public static DomainError PartMissing(IReadOnlyList<string> parts) =>
        At("material.partMissing", ErrorKind.Unprocessable, "/part", ("parts", string.Join(", ", parts)));

    /// <param name="parts">The parts there are; empty when the kind has none.</param>
    public static DomainError PartUnknown(IReadOnlyList<string> parts) =>
        At("material.partUnknown", ErrorKind.Unprocessable, "/part", ("parts", parts.Count == 0 ? "-" : string.Join(", ", parts)));

    private static DomainError At(string code, ErrorKind kind, string pointer, params (string, string)[] args) => At(code, code, kind, pointer, args);

    private static DomainError At(string code, string fieldCode, ErrorKind kind, string pointer, params (string, string)[] args)
    {
        var named = Texts.Args(args);
        return new DomainError(code, kind) { Args = named, Errors = [new Finding(pointer, fieldCode) { Args = named }] };
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
