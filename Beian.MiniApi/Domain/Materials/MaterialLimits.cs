namespace Beian.MiniApi.Domain.Materials;

/// <summary>Hard limits of an upload. The byte and side limits of a kind's own format are hints, see <see cref="MaterialHints"/>.</summary>
public static class MaterialLimits
{
    /// <summary>10 MiB for a picture of any kind.</summary>
    public const long PictureBytes = 10 * 1024 * 1024;

    /// <summary>100 MiB for a video.</summary>
    public const long VideoBytes = 100 * 1024 * 1024;

    /// <summary>60 s for a video.</summary>
    public const double VideoSeconds = 60;

    /// <summary>Pixels of the longest side that any reader of ours has to cope with.</summary>
    public const int MaxSide = 30_000;

    /// <summary>120 million pixels: the cameras of phones stay below, and unpacking stops being cheap above.</summary>
    public const long MaxPixels = 120_000_000;

    /// <summary>Longest file name that is kept, in UTF-16 units.</summary>
    public const int FileNameChars = 128;

    /// <summary>Longest text field beside a file, in UTF-16 units.</summary>
    public const int FieldChars = 256;

    public static long BytesOf(MediaType media) => media == MediaType.Mp4 ? VideoBytes : PictureBytes;
}
