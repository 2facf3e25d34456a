namespace Beian.MiniApi.Domain.Materials;

/// <summary>One uploaded paper of a filing. The bytes live in the material store under <paramref name="Id"/>.</summary>
/// <param name="Id">Opaque id, also the key of the content.</param>
/// <param name="Kind">Id of a row of the materials data, such as <c>idCard</c>.</param>
/// <param name="Part">One of the kind's parts, such as <c>front</c>; null for a kind without parts.</param>
/// <param name="SiteId">The site it belongs to; null for papers of the subject and its principal.</param>
/// <param name="FileName">What the applicant's device called it, cleaned; for display only, never a path.</param>
/// <param name="ContentType">As found in the bytes: <c>image/jpeg</c>, <c>image/png</c> or <c>video/mp4</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex digest of the bytes.</param>
/// <param name="Width">Pixels; null for a video.</param>
/// <param name="Height">Pixels; null for a video.</param>
/// <param name="DurationSeconds">Seconds; null for a picture.</param>
/// <param name="UploadedAt">When it was stored.</param>
/// <param name="Hints">Codes of what may cost legibility, such as <c>material.hint.small</c>; never a reason to refuse. Empty when there is nothing to say.</param>
public sealed record Material(
    string Id,
    string Kind,
    string? Part,
    string? SiteId,
    string FileName,
    string ContentType,
    long Size,
    string Sha256,
    int? Width,
    int? Height,
    double? DurationSeconds,
    DateTimeOffset UploadedAt,
    IReadOnlyList<string> Hints)
{
    /// <summary>The day a letter was signed, as the applicant says; null when that was not told.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>What was read from the picture, or why nothing was; null when nobody asked for it.</summary>
    public Reading? Reading { get; init; }

    /// <summary>Whether malware was looked for; null where no scanner was configured when it arrived.</summary>
    public MaterialScan? Scan { get; init; }

    /// <summary>The copies; null for a film, and for papers from before there were copies.</summary>
    public MaterialCopies? Copies { get; init; }

    /// <summary>What its pixels say; null before anybody looked.</summary>
    public PictureLook? Look { get; init; }

    /// <summary>Business time at which it is deleted by itself: pictures of face checks only. Null for papers.</summary>
    public DateTimeOffset? DeleteAt { get; init; }
}
