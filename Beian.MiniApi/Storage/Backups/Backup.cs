using System.Formats.Tar;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Storage.Backups;

/// <summary>
/// Writes a backup while the service may run. The materials that are there are taken first, then the database at one moment, then the materials that have come since:
/// whatever the database names is in the backup. Everything stays sealed, and the key ring is not in it.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="database">Of that folder.</param>
public sealed class Backup(string folder, Func<SqliteDatabase> database)
{
    private readonly string _kept = Path.Combine(Path.GetFullPath(folder), "materials", "kept");

    /// <summary>On the disk when this returns; a failure leaves nothing behind.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">There is no database in the data folder.</exception>
    public async Task<BackupSummary> WriteAsync(string file, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file);
        Check(path);
        var (part, snapshot) = ($"{path}.{Guid.NewGuid():N}.part", $"{path}.{Guid.NewGuid():N}.db.part");
        try
        {
            var summary = await WriteAsync(part, snapshot, progress, cancellationToken);
            File.Move(part, path, overwrite: false);
            Folders.Sync(Path.GetDirectoryName(path)!);
            return summary;
        }
        finally
        {
            File.Delete(part);
            File.Delete(snapshot);
            File.Delete(snapshot + "-wal");
            File.Delete(snapshot + "-shm");
        }
    }

    private void Check(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new IOException($"{path} is there already; a backup never replaces anything.");
        }

        if (!File.Exists(Path.Combine(Path.GetFullPath(folder), BackupFormat.Database)))
        {
            throw new InvalidDataException($"There is no database in {Path.GetFullPath(folder)}.");
        }
    }

    private async Task<BackupSummary> WriteAsync(string part, string snapshot, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        await using var file = Folders.NewFile(part);
        await using var target = new HashingStream(file, written => progress.Report(new BackupProgress("writing", written, null)));
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await using (var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true))
        {
            await AddMaterialsAsync(tar, taken, cancellationToken);
            progress.Report(new BackupProgress("copying the database", target.Length, null));
            database().CopyTo(snapshot);
            await tar.WriteEntryAsync(snapshot, BackupFormat.Database, cancellationToken);
            await AddMaterialsAsync(tar, taken, cancellationToken);
        }

        await file.WriteAsync(BackupFormat.Trailer(target.Hash()), cancellationToken);
        file.Flush(flushToDisk: true);
        return new BackupSummary(taken.Count, file.Length);
    }

    private async Task AddMaterialsAsync(TarWriter tar, HashSet<string> taken, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.Exists(_kept) ? Directory.EnumerateFiles(_kept, "*", SearchOption.AllDirectories) : [])
        {
            var name = BackupFormat.Materials + Path.GetRelativePath(_kept, path).Replace('\\', '/');
            if (BackupFormat.IsName(name) && !taken.Contains(name) && await TryAddAsync(tar, path, name, cancellationToken))
            {
                taken.Add(name);
            }
        }
    }

    /// <summary>False when it was deleted meanwhile.</summary>
    private static async Task<bool> TryAddAsync(TarWriter tar, string path, string name, CancellationToken cancellationToken)
    {
        FileStream content;
        try
        {
            content = SealedFiles.OpenFile(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        await using (content)
        {
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite }, cancellationToken);
            return true;
        }
    }
}
