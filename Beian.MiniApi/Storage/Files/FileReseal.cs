using System.Security.Cryptography;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Files;

/// <summary>Seals kept materials anew: those in the clear as a whole, of the others only their key.</summary>
public sealed class FileReseal(string folder, Sealer sealer) : IResealable
{
    private const string What = "materials";

    private readonly string _kept = Path.Combine(Path.GetFullPath(folder), "materials", "kept");
    private readonly string _staged = Path.Combine(Path.GetFullPath(folder), "materials", "staged");

    public async Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var told = new ResealProgress(What, 0, 0, 0);
        foreach (var path in FilesOf(_kept))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (changed, unreadable) = await TryAsync(path, cancellationToken);
            told = told with { Seen = told.Seen + 1, Resealed = told.Resealed + (changed ? 1 : 0), Unreadable = told.Unreadable + (unreadable ? 1 : 0) };
            progress.Report(told);
            if (changed)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    /// <summary>How many kept materials of that data folder another data key has sealed, or none.</summary>
    public static long Waiting(string folder, int dataKey)
    {
        var header = new byte[SealedContent.HeaderBytes];
        return FilesOf(Path.Combine(Path.GetFullPath(folder), "materials", "kept")).LongCount(path =>
        {
            try
            {
                using var file = SealedFiles.OpenFile(path);
                return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !SealedContent.IsBy(dataKey, header);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Deleted meanwhile.
                return false;
            }
        });
    }

    private async Task<(bool Changed, bool Unreadable)> TryAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var temporary = Path.Combine(_staged, Guid.NewGuid().ToString("N"));
            return (await SealedFiles.ResealAsync(path, temporary, sealer, Path.GetFileName(path), cancellationToken), false);
        }
        catch (CryptographicException)
        {
            return (false, true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Deleted meanwhile.
            return (false, false);
        }
    }

    private static IEnumerable<string> FilesOf(string kept) => Directory.Exists(kept) ? Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories) : [];
}
