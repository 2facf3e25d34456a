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
        foreach (var path in Files())
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

    private IEnumerable<string> Files() => Directory.Exists(_kept) ? Directory.EnumerateFiles(_kept, "*", SearchOption.AllDirectories) : [];
}
