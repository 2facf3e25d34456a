using System.Formats.Tar;
using System.Security.Cryptography;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Backups;

/// <summary>Puts a backup into an empty data folder. The whole file is verified before anything is written, and nothing is in its place before all of it is on the disk.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="ring">Has to open the data keys of the backup.</param>
public sealed class Restore(string folder, Func<KeyRing> ring)
{
    private const string Keys = "keys";

    private readonly string _folder = Path.GetFullPath(folder);

    /// <exception cref="InvalidDataException">The file is damaged, no backup, or of another key ring; the data folder is as it was.</exception>
    /// <exception cref="IOException">The data folder is not empty, or cannot be written.</exception>
    public async Task<BackupSummary> RunAsync(string file, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).FirstOrDefault(e => Path.GetFileName(e) != Keys) is { } there)
        {
            throw new IOException($"{there} is in the way: a backup is restored into an empty folder (besides {Keys}).");
        }

        await using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await VerifyAsync(archive, progress, cancellationToken);
        var made = !Directory.Exists(_folder);
        var temporary = Path.Combine(_folder, $".restoring-{Guid.NewGuid():N}");
        var done = false;
        try
        {
            var count = await ExtractAsync(archive, temporary, progress, cancellationToken);
            SqliteBackup.Check(Path.Combine(temporary, BackupFormat.Database), ring());
            MoveIn(temporary);
            done = true;
            return new BackupSummary(count, archive.Length);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            if (made && !done && Directory.Exists(_folder) && !Directory.EnumerateFileSystemEntries(_folder).Any())
            {
                Directory.Delete(_folder);
            }
        }
    }

    private static async Task VerifyAsync(FileStream archive, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var length = archive.Length - BackupFormat.TrailerBytes;
        if (length <= 0)
        {
            throw NotWhole();
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        for (var done = 0L; done < length;)
        {
            var read = await archive.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - done)), cancellationToken);
            if (read == 0)
            {
                throw NotWhole();
            }

            hash.AppendData(buffer, 0, read);
            done += read;
            progress.Report(new BackupProgress("verifying", done, length));
        }

        var trailer = new byte[BackupFormat.TrailerBytes];
        await archive.ReadExactlyAsync(trailer, cancellationToken);
        if (!trailer.AsSpan().SequenceEqual(BackupFormat.Trailer(hash.GetHashAndReset())))
        {
            throw NotWhole();
        }

        archive.Position = 0;
    }

    private static InvalidDataException NotWhole() => new("The file is no backup, or it is damaged or cut off: its digest differs. Nothing was restored.");

    private static async Task<int> ExtractAsync(FileStream archive, string temporary, IProgress<BackupProgress> progress, CancellationToken cancellationToken)
    {
        Folders.Create(temporary);
        await using var tar = new TarReader(archive, leaveOpen: true);
        var files = 0;
        while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile || !BackupFormat.IsName(entry.Name))
            {
                throw new InvalidDataException("The backup has something in it that this program does not write. Nothing was restored.");
            }

            var path = Path.Combine(temporary, entry.Name.Replace('/', Path.DirectorySeparatorChar));
            Folders.Create(Path.GetDirectoryName(path)!);
            await using var file = Folders.NewFile(path);
            if (entry.DataStream is { } content)
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            file.Flush(flushToDisk: true);
            files += entry.Name == BackupFormat.Database ? 0 : 1;
            progress.Report(new BackupProgress("writing", archive.Position, archive.Length));
        }

        return File.Exists(Path.Combine(temporary, BackupFormat.Database)) ? files : throw new InvalidDataException("There is no database in the backup. Nothing was restored.");
    }

    /// <summary>The database last: with it the folder is that of the backup.</summary>
    private void MoveIn(string temporary)
    {
        foreach (var name in BackupFormat.Folders.Select(f => f.Split('/')[0]).Where(n => Directory.Exists(Path.Combine(temporary, n))))
        {
            Directory.Move(Path.Combine(temporary, name), Path.Combine(_folder, name));
        }

        Folders.Sync(_folder);
        File.Move(Path.Combine(temporary, BackupFormat.Database), Path.Combine(_folder, BackupFormat.Database), overwrite: false);
        Folders.Sync(_folder);
    }
}
