using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>What came of copying a picture.</summary>
public enum CopyOutcome
{
    Made = 1,

    /// <summary>No program could read the picture, or it stays too large at the least quality; another try comes to the same.</summary>
    Failed = 2,

    /// <summary>The programs are not there, or too slow now: later.</summary>
    NotNow = 3,
}

/// <summary>The bytes of a copy with what they are.</summary>
public sealed record CopiedPicture(byte[] Bytes, int Width, int Height, bool Watermarked);

/// <summary>What was made of a picture.</summary>
/// <param name="Outcome">Unless made, the rest is null.</param>
/// <param name="Look">What its pixels say.</param>
/// <param name="Upright">As large as it was, turned the way it was held; null unless that was asked for.</param>
/// <param name="Authority">Within the size that was asked for; null when none was.</param>
public sealed record PictureWork(CopyOutcome Outcome, PictureLook? Look, CopiedPicture? Upright, CopiedPicture? Authority);

/// <summary>Makes what people and the authority see of a picture that phones sent. The picture itself is never changed.</summary>
public interface IPictureCopier
{
    /// <param name="open">Opens the picture from its start; called more than once.</param>
    /// <param name="media">JPEG or PNG.</param>
    /// <param name="turn">Whether a full-size upright copy is needed.</param>
    /// <param name="maxBytes">Most bytes of the authority's copy; null for none.</param>
    /// <param name="watermark">Whether that copy gets words where it is free.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    Task<PictureWork> CopyAsync(Func<Task<Stream>> open, MediaType media, bool turn, long? maxBytes, bool watermark, CancellationToken cancellationToken);

    /// <summary>Whether the programs are there.</summary>
    Task<bool> IsThereAsync(CancellationToken cancellationToken);
}
