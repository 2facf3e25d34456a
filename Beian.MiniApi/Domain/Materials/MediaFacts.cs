namespace Beian.MiniApi.Domain.Materials;

/// <summary>What was found in a file.</summary>
/// <param name="Media">Its type by content.</param>
/// <param name="Width">Pixels; null for a video.</param>
/// <param name="Height">Pixels; null for a video.</param>
/// <param name="DurationSeconds">Seconds; null for a picture.</param>
public sealed record MediaFacts(MediaType Media, int? Width, int? Height, double? DurationSeconds)
{
    public string ContentType => MediaTypes.ContentTypeOf(Media);

    /// <summary>A picture, when its sides are ones that can be worked with.</summary>
    public static Result<MediaFacts> Picture(MediaType media, long width, long height) =>
        width is < 1 or > MaterialLimits.MaxSide || height is < 1 or > MaterialLimits.MaxSide
            ? MaterialErrors.BadDimensions(width, height)
            : width * height > MaterialLimits.MaxPixels ? MaterialErrors.TooManyPixels(width, height)
            : new MediaFacts(media, (int)width, (int)height, null);

    /// <summary>A video, when it says how long it is and is no longer than allowed.</summary>
    public static Result<MediaFacts> Video(double seconds) => seconds switch
    {
        <= 0 => MaterialErrors.DurationUnknown(),
        > MaterialLimits.VideoSeconds => MaterialErrors.VideoTooLong(seconds),
        _ => new MediaFacts(MediaType.Mp4, null, null, Math.Round(seconds, 3)),
    };
}
