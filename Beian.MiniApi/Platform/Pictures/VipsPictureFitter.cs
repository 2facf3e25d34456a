using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>
/// libvips in a child process: a decoder that breaks, loops or swells on a made-up picture takes nothing down but itself. The picture goes in and the
/// copy comes out through pipes, so that neither ever lies in a folder; there is no shell; libvips loads no format that it calls untrusted, and sees
/// nothing whose first bytes are not those of a JPEG or PNG.
/// </summary>
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
        using var program = new Process { StartInfo = Command(side, quality) };
        try
        {
            program.Start();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            NotMade(_log, "the program is not there");
            return (false, null);
        }

        var errors = program.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var feeding = FeedAsync(picture, program.StandardInput.BaseStream, cancellationToken);
        try
        {
            var copy = await TakeAsync(program.StandardOutput.BaseStream, maxBytes, cancellationToken);
            if (copy is null)
            {
                return (true, null);
            }

            await Task.WhenAll(errors, feeding, program.WaitForExitAsync(cancellationToken));
            if (program.ExitCode == 0 && MediaTypes.Of(copy) == MediaType.Jpeg)
            {
                return (true, copy);
            }

            NotMade(_log, "it ended with " + program.ExitCode.ToString(CultureInfo.InvariantCulture));
            return (false, null);
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }

            // The picture is closed after this; what these two run into because the program is gone has been told.
            await Task.WhenAll(errors, feeding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ProcessStartInfo Command(int side, int quality)
    {
        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(_options.Limiter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] arguments =
        [
            "--as=" + Text(_options.MemoryMebibytes * 1024L * 1024), "--cpu=" + Text(_options.TimeoutSeconds), "--core=0", "--fsize=0", "--",
            _options.Thumbnailer, "stdin", $"--size={Text(side)}x{Text(side)}>", $"--output=.jpg[Q={Text(quality)},strip]",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Nothing of our own environment, which holds secrets.
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LC_ALL"] = "C";
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";

        // It may write no file: neither large pictures nor code that it compiles for itself.
        start.Environment["VIPS_DISC_THRESHOLD"] = "100g";
        start.Environment["VIPS_NOVECTOR"] = "1";
        return start;
    }

    /// <summary>A program that has read enough closes its end, which is no failure.</summary>
    private static async Task FeedAsync(Stream picture, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await using (input)
            {
                await picture.CopyToAsync(input, cancellationToken);
            }
        }
        catch (IOException)
        {
            // Its exit code tells.
        }
    }

    /// <summary>What it writes, or null as soon as that is too much.</summary>
    private static async Task<byte[]?> TakeAsync(Stream output, int maxBytes, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await output.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (copy.Length + read >= maxBytes)
            {
                return null;
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No smaller copy of a picture was made: {Reason}")]
    private static partial void NotMade(ILogger log, string reason);
}
