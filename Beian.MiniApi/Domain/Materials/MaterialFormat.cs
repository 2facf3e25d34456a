using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>What the materials data says about the form of one kind: a row of <c>items</c> joined with its row of <c>formatProfiles</c>.</summary>
/// <param name="Kind">Id of the kind.</param>
/// <param name="Profile">Id of the profile, such as <c>personCertificate</c>.</param>
/// <param name="Parts">Ids of its parts; empty when it has none.</param>
/// <param name="MinBytes">Below this a picture is likely illegible; null when the data has no number.</param>
/// <param name="MaxBytes">Above this the copy for the authority has to be made smaller; null when the data has no number.</param>
/// <param name="MinLongSide">Pixels; null when the data has no number.</param>
/// <param name="MinShortSide">Pixels; null when the data has no number.</param>
public sealed record MaterialFormat(
    string Kind,
    string Profile,
    IReadOnlyList<string> Parts,
    long? MinBytes,
    long? MaxBytes,
    int? MinLongSide,
    int? MinShortSide)
{
    /// <summary>The format of a kind, or null for a kind that does not exist.</summary>
    public static MaterialFormat? Of(ReferenceBook book, string kind) =>
        book.FindMaterial(kind) is { } row && book.FindFormatProfile(row.FormatProfile) is { } profile
            ? new MaterialFormat(row.Id, profile.Id, row.Parts, profile.MinBytes, profile.MaxBytes, profile.MinLongSide, profile.MinShortSide)
            {
                CopyMaxBytes = profile.CopyMaxBytes,
                CopyWatermark = profile.CopyWatermark,
            }
            : null;

    /// <summary>Most bytes of the copy for the authority; null where it gets none.</summary>
    public long? CopyMaxBytes { get; init; }

    /// <summary>Whether that copy may bear words where it is free.</summary>
    public bool CopyWatermark { get; init; }

    /// <summary>True when the kind is a video and nothing else.</summary>
    public bool IsVideo => Profile == "video";

    /// <summary>True for certificates, of which all four corners have to be seen; a scan of a letter fills its picture.</summary>
    public bool ShowsWholePaper => Profile is "certificate" or "personCertificate";

    /// <summary>False for what the face check and the agreements produce.</summary>
    public bool IsUploaded => Profile is not ("liveness" or "electronic");

    public bool Accepts(MediaType media) => IsUploaded && (media == MediaType.Mp4) == IsVideo;

    /// <summary>Null when a file of this kind may be uploaded for that part; otherwise why not.</summary>
    public DomainError? Refuses(string? part)
    {
        if (!IsUploaded)
        {
            return MaterialErrors.NotUploaded(Kind);
        }

        if (Parts.Count == 0)
        {
            return part is null ? null : MaterialErrors.PartUnknown(Parts);
        }

        return part is null ? MaterialErrors.PartMissing(Parts) : Parts.Contains(part, StringComparer.Ordinal) ? null : MaterialErrors.PartUnknown(Parts);
    }
}
