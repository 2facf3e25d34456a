using System.Buffers;
using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Files;

/// <summary>
/// Materials as files: <c>materials/staged/&lt;random&gt;</c> while they arrive and <c>materials/kept/&lt;2&gt;/&lt;2&gt;/&lt;id&gt;</c> afterwards, on one volume so that
/// committing is a rename. Names come from our ids alone. No plain byte of them is ever on the disk: they are sealed as they arrive, with a key that is kept in
/// memory alone until the material has an id.
/// </summary>
public sealed class FileMaterialStore : IMaterialStore
{
    private const int BufferBytes = 16 * 1024;

    private readonly StorageOptions _options;
    private readonly Sealer _sealer;
    private readonly string _staged;
    private readonly string _kept;

    /// <param name="folder">The data folder; created when absent.</param>
    /// <param name="options">The reserve to leave free.</param>
    /// <param name="sealer">Seals the keys of the materials.</param>
    public FileMaterialStore(string folder, IOptions<StorageOptions> options, Sealer sealer)
    {
        (_options, _sealer) = (options.Value, sealer);
        _staged = Path.Combine(Path.GetFullPath(folder), "materials", "staged");
        _kept = Path.Combine(Path.GetFullPath(folder), "materials", "kept");
        Folders.Create(_staged);
        Folders.Create(_kept);
    }

    public async Task<StagedMaterial?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        if (new DriveInfo(_staged).AvailableFreeSpace < _options.MinFreeBytes)
        {
            throw new StorageFullException();
        }

        var path = Path.Combine(_staged, Guid.NewGuid().ToString("N"));
        var complete = false;
        try
        {
            var staged = await CopyAsync(content, path, maxBytes, cancellationToken);
            complete = staged is not null;
            return staged;
        }
        finally
        {
            if (!complete)
            {
                File.Delete(path);
            }
        }
    }

    public async Task CommitAsync(StagedMaterial staged, string materialId, CancellationToken cancellationToken)
    {
        if (staged is not FileStagedMaterial file)
        {
            throw new ArgumentException("Staged by another store.", nameof(staged));
        }

        var target = PathOf(materialId) ?? throw new ArgumentException("Not an id of this store.", nameof(materialId));
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Run(() => Guarded(() => Keep(file, target, SealedContent.Header(_sealer, materialId, file.Key))), CancellationToken.None);
    }

    public Task<Stream?> OpenAsync(string materialId, CancellationToken cancellationToken)
    {
        if (PathOf(materialId) is not { } path)
        {
            return Task.FromResult<Stream?>(null);
        }

        try
        {
            return Task.FromResult<Stream?>(SealedFiles.Open(path, _sealer, materialId));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> DeleteAsync(string materialId, CancellationToken cancellationToken)
    {
        var path = PathOf(materialId);
        var there = path is not null && File.Exists(path);
        if (there)
        {
            File.Delete(path!);
        }

        return Task.FromResult(there);
    }

    public Task<int> SweepStagedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var file in OlderThan(_staged, before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Delete();
            removed++;
        }

        return Task.FromResult(removed);
    }

    public async Task<int> SweepOrphansAsync(DateTimeOffset before, Func<string, CancellationToken, Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var file in OlderThan(_kept, before))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await isKnown(file.Name, cancellationToken))
            {
                file.Delete();
                removed++;
            }
        }

        return removed;
    }

    private static IEnumerable<FileInfo> OlderThan(string folder, DateTimeOffset before) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LastWriteTimeUtc < before.UtcDateTime);

    private static async Task<StagedMaterial?> CopyAsync(Stream content, string path, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new MemoryStream(StagedMaterial.HeadBytes);
        var key = SealedContent.NewKey();
        try
        {
            await using var file = Guarded(() => Folders.NewFile(path));
            await Write(file, SealedContent.EmptyHeader());
            using var target = new ContentSealer((bytes, _) => Write(file, bytes), key);
            long size = 0;
            int read;
            while ((read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                size += read;
                if (size > maxBytes)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
                head.Write(buffer, 0, (int)Math.Min(read, StagedMaterial.HeadBytes - head.Length));
                await target.AppendAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await target.CompleteAsync(cancellationToken);
            return new FileStagedMaterial(path, key, size, Convert.ToHexStringLower(hash.GetHashAndReset()), head.GetBuffer().AsMemory(0, (int)head.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Into the system's memory, which takes less time than handing it to another thread.</summary>
    private static ValueTask Write(FileStream file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            file.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }
        catch (IOException e)
        {
            throw Explain(e);
        }
    }

    /// <summary>The order matters: the bytes reach the disk before the name that promises them, and the name before the caller is told.</summary>
    private static bool Keep(FileStagedMaterial staged, string target, byte[] header)
    {
        var folder = Path.GetDirectoryName(target)!;
        Folders.Create(folder);
        using (var file = new FileStream(staged.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Write(header);
            file.Flush(flushToDisk: true);
        }

        File.Move(staged.Path, target, overwrite: false);
        staged.Committed();
        Folders.Sync(folder);
        return true;
    }

    /// <summary>Keeps what the disk says apart from what the network says: both would be an IOException.</summary>
    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (IOException e)
        {
            throw Explain(e);
        }
    }

    private static Exception Explain(IOException e) =>
        StorageFullException.Means(e) ? new StorageFullException("There is no room left on the disk.", e) : new StorageFailedException("The disk did not take it.", e);

    /// <summary>Null for anything that is not one of our ids. The last characters are random; the first ones are time and would fill one folder.</summary>
    private string? PathOf(string id) =>
        id.Length == 32 && id.All(char.IsAsciiHexDigitLower) ? Path.Combine(_kept, id[28..30], id[30..32], id) : null;
}

/// <summary>A file in the staging folder.</summary>
internal sealed class FileStagedMaterial(string path, byte[] key, long size, string sha256, ReadOnlyMemory<byte> head) : StagedMaterial
{
    private bool _committed;

    public string Path => path;

    /// <summary>The content's own key.</summary>
    public byte[] Key => key;

    public override long Size => size;

    public override string Sha256 => sha256;

    public override ReadOnlyMemory<byte> Head => head;

    public override Stream OpenSealed(Sealer sealer, string materialId) => new HeadedStream(SealedContent.Header(sealer, materialId, key), SealedFiles.OpenFile(path));

    public override Stream OpenRead() => ContentStream.Open(SealedFiles.OpenFile(path), key);

    public void Committed() => _committed = true;

    public override ValueTask DisposeAsync()
    {
        if (!_committed)
        {
            File.Delete(path);
        }

        return ValueTask.CompletedTask;
    }
}
