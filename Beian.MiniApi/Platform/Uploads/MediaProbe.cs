using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// Reads a staged file from front to back and says what it is, or why it is not whole. Pictures are decoded as far as that needs no memory for pixels; a
/// program of its own makes pixels of them later, under limits.
/// </summary>
internal static class MediaProbe
{
    public static Result<MediaFacts> Inspect(StagedMaterial staged, MediaType media)
    {
        using var file = staged.OpenRead();
        return Inspect(file, media);
    }

    /// <param name="file">Seekable, at its start.</param>
    /// <param name="media">What its first bytes say.</param>
    public static Result<MediaFacts> Inspect(Stream file, MediaType media)
    {
        if (media == MediaType.Mp4)
        {
            return Mp4Probe.Inspect(file);
        }

        using var feed = new ByteFeed(file);
        try
        {
            return media == MediaType.Jpeg ? JpegCheck.Inspect(feed) : PngCheck.Inspect(feed);
        }
        catch (BrokenMediaException broken)
        {
            return broken.Refusal;
        }
        catch (EndOfStreamException)
        {
            return MaterialErrors.CutOff();
        }
        catch (InvalidDataException)
        {
            // What the decompression says of damaged pixels.
            return feed.AtEnd ? MaterialErrors.CutOff() : MaterialErrors.Unreadable();
        }
    }
}
