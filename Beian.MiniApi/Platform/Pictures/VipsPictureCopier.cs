using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Copies by <see cref="VipsProgram"/>: it decodes and encodes under limits; measuring and writing words are done here, on plain pixels of bounded size.</summary>
public sealed partial class VipsPictureCopier(IOptions<PictureOptions> options, ILogger<VipsPictureCopier> log) : IPictureCopier, IDisposable
{
    /// <summary>Longest side of the authority's copy, before it is fitted.</summary>
    private const int AuthoritySide = 2000;

    /// <summary>Most bytes of plain pixels of that side, and of a full-size copy.</summary>
    private const long MaxPixelBytes = (3L * AuthoritySide * AuthoritySide) + 1024;
    private const long MaxUprightBytes = 64L * 1024 * 1024;

    /// <summary>
    /// Longest side and quality, tried in turn until the copy fits. The last one is the least that is given away: on a side of 1,024 pixels the print of an
    /// identity card is still twelve pixels high, and below a quality of 45 the blocks of the compression show in its strokes.
    /// </summary>
    private static readonly (int Side, int Quality)[] Steps = [(2000, 85), (1800, 80), (1600, 75), (1440, 70), (1280, 70), (1280, 60), (1100, 60), (1024, 55), (1024, 45)];

    private readonly PictureOptions _options = options.Value;
    private readonly SemaphoreSlim _room = new(options.Value.AtOnce);

    public async Task<PictureWork> CopyAsync(Func<Task<Stream>> open, MediaType media, bool turn, long? maxBytes, bool watermark, CancellationToken cancellationToken)
    {
        if (media is not (MediaType.Jpeg or MediaType.Png))
        {
            return Nothing(CopyOutcome.Failed);
        }

        await _room.WaitAsync(cancellationToken);
        try
        {
            return await MakeAsync(open, turn, maxBytes, watermark, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotMade(log, "it took too long");
            return Nothing(CopyOutcome.NotNow);
        }
        finally
        {
            _room.Release();
        }
    }

    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        var dot = new MemoryStream(new PlainPicture(1, 1, [0, 0, 0]).ToPng());
        return (await RunAsync(dot, ["--size=1x1", "--output=.ppm"], 1024, cancellationToken)).End == VipsEnd.Made;
    }

    public void Dispose() => _room.Dispose();

    private static PictureWork Nothing(CopyOutcome outcome) => new(outcome, null, null, null);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<PictureWork> MakeAsync(Func<Task<Stream>> open, bool turn, long? maxBytes, bool watermark, CancellationToken cancellationToken)
    {
        var (end, pixels) = await PixelsAsync(open, AuthoritySide, cancellationToken);
        if (pixels is null)
        {
            return Nothing(end == VipsEnd.Missing ? CopyOutcome.NotNow : CopyOutcome.Failed);
        }

        CopiedPicture? upright = null;
        if (turn)
        {
            await using var picture = await open();
            var (turned, bytes, _) = await RunAsync(picture, ["--size=30000x30000>", "--output=.jpg[Q=92,strip]"], MaxUprightBytes, cancellationToken);
            if (turned != VipsEnd.Made || Sides(bytes) is not { } sides)
            {
                return Nothing(CopyOutcome.Failed);
            }

            upright = new CopiedPicture(bytes, sides.Width, sides.Height, false);
        }

        var look = PictureMeasure.Of(pixels.Shrunk(PictureMeasure.Side));
        if (maxBytes is not { } limit)
        {
            return new PictureWork(CopyOutcome.Made, look, upright, null);
        }

        var written = watermark && Watermark.Write(pixels);
        var fitted = await FitAsync(pixels, limit, written, cancellationToken);
        return fitted is null ? Nothing(CopyOutcome.Failed) with { Look = look } : new PictureWork(CopyOutcome.Made, look, upright, fitted);
    }

    /// <summary>Upright pixels in three bands, no side longer than that.</summary>
    private async Task<(VipsEnd End, PlainPicture? Pixels)> PixelsAsync(Func<Task<Stream>> open, int side, CancellationToken cancellationToken)
    {
        var (end, exitCode) = (VipsEnd.Failed, 0);

        // Colours as the picture's own profile says, or as the numbers stand where that profile cannot be used.
        foreach (var colours in new string[][] { ["--export-profile=srgb"], [] })
        {
            await using var picture = await open();
            (end, var ppm, exitCode) = await RunAsync(picture, [$"--size={Text(side)}x{Text(side)}>", .. colours, "--output=.ppm[strip]"], MaxPixelBytes, cancellationToken);
            if (end != VipsEnd.Failed)
            {
                return (end, end == VipsEnd.Made ? PlainPicture.OfPpm(ppm) : null);
            }
        }

        NotMade(log, "it ended with " + Text(exitCode));
        return (end, null);
    }

    private async Task<CopiedPicture?> FitAsync(PlainPicture pixels, long maxBytes, bool written, CancellationToken cancellationToken)
    {
        var png = pixels.ToPng();
        var side = Math.Max(pixels.Width, pixels.Height);

        // Sides above the picture's own all come to the same; the least side never makes a picture smaller than it was.
        foreach (var (step, quality) in Steps.Where(s => s.Side <= side || s.Quality <= 60 || s.Side == 1280))
        {
            using var input = new MemoryStream(png);
            var (end, jpeg, _) = await RunAsync(input, [$"--size={Text(step)}x{Text(step)}>", $"--output=.jpg[Q={Text(quality)},strip]"], maxBytes + 1, cancellationToken);
            if (end == VipsEnd.Made && Sides(jpeg) is { } sides)
            {
                return new CopiedPicture(jpeg, sides.Width, sides.Height, written);
            }

            if (end is VipsEnd.Failed or VipsEnd.Missing)
            {
                return null;
            }
        }

        NotMade(log, "the least quality is still too large");
        return null;
    }

    private static (int Width, int Height)? Sides(byte[] jpeg) =>
        MediaTypes.Of(jpeg) == MediaType.Jpeg && PictureHeaders.ReadJpeg(jpeg, out var header) == HeaderRead.Found ? ((int)header!.Width, (int)header.Height) : null;

    /// <summary>Each run has its own time.</summary>
    private async Task<(VipsEnd End, byte[] Output, int ExitCode)> RunAsync(Stream input, IReadOnlyList<string> arguments, long maxBytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        return await VipsProgram.RunAsync(_options, input, arguments, maxBytes, limit.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No copies of a picture were made: {Reason}")]
    private static partial void NotMade(ILogger log, string reason);
}
