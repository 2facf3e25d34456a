using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>How a run of the program ended.</summary>
internal enum VipsEnd
{
    Made = 1,

    /// <summary>It wrote more than was asked for and was ended.</summary>
    TooLarge = 2,

    /// <summary>It could not read the picture, or hit a limit.</summary>
    Failed = 3,

    /// <summary>It, or the program that bounds it, is not there.</summary>
    Missing = 4,
}

/// <summary>
/// One run of libvips in a child process: a decoder that breaks, loops or swells on a made-up picture takes nothing down but itself. The picture goes in and
/// the result comes out through pipes, so that neither ever lies in a folder; there is no shell; libvips loads no format that it calls untrusted.
/// </summary>
internal static class VipsProgram
{
    /// <param name="options">The programs and their limits.</param>
    /// <param name="input">What it reads, from where it stands; its first bytes are those of a JPEG or PNG, the caller has looked.</param>
    /// <param name="arguments">Behind <c>vipsthumbnail stdin</c>.</param>
    /// <param name="maxBytes">It may write less than this.</param>
    /// <param name="cancellationToken">Ends the child.</param>
    public static async Task<(VipsEnd End, byte[] Output, int ExitCode)> RunAsync(PictureOptions options, Stream input, IReadOnlyList<string> arguments, long maxBytes, CancellationToken cancellationToken)
    {
        using var program = new Process { StartInfo = Command(options, arguments) };
        try
        {
            program.Start();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            return (VipsEnd.Missing, [], 0);
        }

        var errors = program.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var feeding = FeedAsync(input, program.StandardInput.BaseStream, cancellationToken);
        try
        {
            if (await TakeAsync(program.StandardOutput.BaseStream, maxBytes, cancellationToken) is not { } output)
            {
                return (VipsEnd.TooLarge, [], 0);
            }

            await Task.WhenAll(errors, feeding, program.WaitForExitAsync(cancellationToken));
            return (program.ExitCode == 0 && output.Length > 0 ? VipsEnd.Made : program.ExitCode == NotFound ? VipsEnd.Missing : VipsEnd.Failed, output, program.ExitCode);
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
                await program.WaitForExitAsync(CancellationToken.None);
            }

            // The picture is closed after this; what these two run into because the program is gone has been told.
            await Task.WhenAll(errors, feeding).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What the limiter ends with when there is no such program.</summary>
    private const int NotFound = 127;

    private static ProcessStartInfo Command(PictureOptions options, IReadOnlyList<string> arguments)
    {
        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(options.Limiter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        string[] all =
        [
            "--as=" + Text(options.MemoryMebibytes * 1024L * 1024), "--cpu=" + Text(options.TimeoutSeconds), "--core=0", "--fsize=0", "--",
            options.Thumbnailer, "stdin", .. arguments,
        ];
        foreach (var argument in all)
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
    private static async Task<byte[]?> TakeAsync(Stream output, long maxBytes, CancellationToken cancellationToken)
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
}
