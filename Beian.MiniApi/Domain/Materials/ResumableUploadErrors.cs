using System.Globalization;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>Refusals of uploads that arrive in pieces (tus 1.0).</summary>
public static class ResumableUploadErrors
{
    public static DomainError VersionNotSupported() => new("upload.versionNotSupported", ErrorKind.Stale);

    /// <summary>No <c>Upload-Length</c>, or none that is a number above nothing.</summary>
    public static DomainError LengthMissing() => new("upload.lengthMissing", ErrorKind.Invalid);

    /// <summary>No <c>Upload-Offset</c>, or none that is a number.</summary>
    public static DomainError OffsetMissing() => new("upload.offsetMissing", ErrorKind.Invalid);

    /// <summary>Not the bytes that come next, or another request is sending at this moment.</summary>
    public static DomainError OffsetMismatch() => new("upload.offsetMismatch", ErrorKind.Conflict);

    public static DomainError NotPieces() => new("upload.notPieces", ErrorKind.UnsupportedType);

    public static DomainError MetadataBroken() => new("upload.metadataBroken", ErrorKind.Invalid);

    public static DomainError NotFound() => new("upload.notFound", ErrorKind.NotFound);

    public static DomainError TooMany(int limit) =>
        new("upload.tooMany", ErrorKind.Conflict) { Args = Texts.Args(("limit", limit.ToString(CultureInfo.InvariantCulture))) };

    /// <summary>Named as a paper before all of it is there.</summary>
    public static DomainError Incomplete(long offset, long length) => new("upload.incomplete", ErrorKind.Conflict)
    {
        Args = Texts.Args(("offset", offset.ToString(CultureInfo.InvariantCulture)), ("length", length.ToString(CultureInfo.InvariantCulture))),
    };
}
