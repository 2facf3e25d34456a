using System.Formats.Tar;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Storage.Backups;

/// <summary>
/// Writes a backup while the service may run. The files that are there are taken first, then the database at one moment, then the files that have come since:
/// whatever the database names is in the backup. Everything stays sealed, and the key ring is not in it.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="database">Of that folder.</param>
/// <param name="orders">Say whether everything is sealed.</param>
public sealed class Backup(string folder, Func<SqliteDatabase> database, Func<IResealOrders> orders)
{
    private readonly string _data = Path.GetFullPath(folder);

    /// <summary>On the disk when this returns; a failure leaves nothing behind.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">There is no database in the data folder, or something in it was not sealed yet since an older version wrote it.</exception>
    public async Task<BackupSummary> WriteAsync(string file, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(file);
        await CheckAsync(path, cancellationToken);
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

    private async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new IOException($"{path} is there already; a backup never replaces anything.");
        }

        if (!File.Exists(Path.Combine(_data, BackupFormat.Database)))
        {
            throw new InvalidDataException($"There is no database in {_data}.");
        }

        if (!await orders().HasEndedAsync(cancellationToken))
        {
            throw new InvalidDataException("What an older version wrote is not sealed yet: start the service and wait until its log says so, or call keys rotate.");
        }
    }

    private async Task<BackupSummary> WriteAsync(string part, string snapshot, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        await using var file = Folders.NewFile(part);
        await using var target = new HashingStream(file, written => progress.Report(new BackupProgress("writing", written, null)));
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await using (var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true))
        {
            await AddFilesAsync(tar, taken, cancellationToken);
            progress.Report(new BackupProgress("copying the database", target.Length, null));
            database().CopyTo(snapshot);
            await tar.WriteEntryAsync(snapshot, BackupFormat.Database, cancellationToken);
            await AddFilesAsync(tar, taken, cancellationToken);
        }

        await file.WriteAsync(BackupFormat.Trailer(target.Hash()), cancellationToken);
        file.Flush(flushToDisk: true);
        return new BackupSummary(taken.Count, file.Length);
    }

    private async Task AddFilesAsync(TarWriter tar, HashSet<string> taken, CancellationToken cancellationToken)
    {
        foreach (var path in BackupFormat.Folders.Select(f => Path.Combine(_data, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)))
        {
            var name = Path.GetRelativePath(_data, path).Replace('\\', '/');
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
