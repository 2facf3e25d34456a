using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Copies for readers that do not take large pictures, by <see cref="VipsProgram"/>. The program sees nothing whose first bytes are not those of a JPEG or PNG.</summary>
public sealed partial class VipsPictureFitter : IPictureFitter, IDisposable
{
    /// <summary>Longest side in pixels and quality, tried in turn until the copy is small enough; small print stays legible in all of them.</summary>
    private static readonly (int Side, int Quality)[] Sizes = [(2400, 85), (1800, 80), (1280, 75)];

    private readonly PictureOptions _options;
    private readonly ILogger<VipsPictureFitter> _log;
    private readonly SemaphoreSlim _room;

    public VipsPictureFitter(IOptions<PictureOptions> options, ILogger<VipsPictureFitter> log)
    {
        (_options, _log) = (options.Value, log);
        _room = new SemaphoreSlim(_options.AtOnce);
    }

    public async Task<byte[]?> FitAsync(Func<Stream> open, MediaType media, int maxBytes, CancellationToken cancellationToken)
    {
        if (media is not (MediaType.Jpeg or MediaType.Png))
        {
            return null;
        }

        // One time limit for the wait and all sizes together.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            await _room.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotMade(_log, "too many were being made");
            return null;
        }

        try
        {
            return await MakeAsync(open, maxBytes, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            NotMade(_log, "it took too long");
            return null;
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<byte[]?> MakeAsync(Func<Stream> open, int maxBytes, CancellationToken cancellationToken)
    {
        foreach (var (side, quality) in Sizes)
        {
            await using var picture = open();
            var (ended, copy) = await RunAsync(picture, side, quality, maxBytes, cancellationToken);
            if (copy is not null || !ended)
            {
                return copy;
            }
        }

        NotMade(_log, "no size was small enough");
        return null;
    }

    /// <summary>The copy, or null; ended is false when another size would come to nothing either.</summary>
    private async Task<(bool Ended, byte[]? Copy)> RunAsync(Stream picture, int side, int quality, int maxBytes, CancellationToken cancellationToken)
    {
        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        var (end, copy, exitCode) = await VipsProgram.RunAsync(_options, picture, [$"--size={Text(side)}x{Text(side)}>", $"--output=.jpg[Q={Text(quality)},strip]"], maxBytes, cancellationToken);
        if (end == VipsEnd.TooLarge)
        {
            return (true, null);
        }

        if (end == VipsEnd.Made && MediaTypes.Of(copy) == MediaType.Jpeg)
        {
            return (true, copy);
        }

        NotMade(_log, end == VipsEnd.Missing ? "the program is not there" : "it ended with " + Text(exitCode));
        return (false, null);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No smaller copy of a picture was made: {Reason}")]
    private static partial void NotMade(ILogger log, string reason);
}
