using System.Buffers;
using System.Collections.Concurrent;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Files;

/// <summary>
/// One file an upload, below <c>uploads/</c> of the data folder: a header with the upload's own key, sealed, and the bytes sealed with it, piece by piece. The pieces that
/// are there as a whole make the offset, so that nothing can disagree with it after a stop.
/// </summary>
public sealed class FileUploadPieces : IUploadPieces
{
    private const int IdChars = 32;

    private readonly string _folder;
    private readonly StorageOptions _options;
    private readonly Sealer _sealer;

    /// <summary>Uploads that somebody is writing to. No lock of the file: who asks meanwhile how much is there would be kept out by it, and would keep out.</summary>
    private readonly ConcurrentDictionary<string, bool> _writing = new(StringComparer.Ordinal);

    /// <param name="folder">The data folder; created when absent.</param>
    /// <param name="options">The reserve to leave free.</param>
    /// <param name="sealer">Seals the keys of the uploads.</param>
    public FileUploadPieces(string folder, IOptions<StorageOptions> options, Sealer sealer)
    {
        (_folder, _options, _sealer) = (Path.Combine(Path.GetFullPath(folder), "uploads"), options.Value, sealer);
        Folders.Create(_folder);
    }

    public Task<long> OffsetOfAsync(string id, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(id)))
        {
            return Task.FromResult(0L);
        }

        // Also while a piece is being written.
        using var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Task.FromResult(PiecesStream.Ends(file).Arrived);
    }

    public async Task<long?> AppendAsync(string id, long offset, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        if (new DriveInfo(_folder).AvailableFreeSpace < _options.MinFreeBytes)
        {
            throw new StorageFullException();
        }

        if (!_writing.TryAdd(id, true))
        {
            // An earlier sending of this device that the server has not given up yet.
            return null;
        }

        try
        {
            return await AppendToAsync(id, offset, content, maxBytes, cancellationToken);
        }
        finally
        {
            _writing.TryRemove(id, out _);
        }
    }

    public Task<Stream?> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(OpenRead(id));
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            return Task.FromException<Stream?>(e);
        }
    }

    public Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(id));
        return Task.CompletedTask;
    }

    /// <summary>Where the file of an upload is, as it is: sealed.</summary>
    internal string PathOf(string id) =>
        id.Length == IdChars && id.All(char.IsAsciiHexDigitLower) ? Path.Combine(_folder, id) : throw new ArgumentException("Not an id of an upload.", nameof(id));

    private PiecesStream? OpenRead(string id)
    {
        if (!File.Exists(PathOf(id)))
        {
            return null;
        }

        var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            if (HeaderOf(file) is { } header)
            {
                var pieces = new PiecesStream(file, SealedContent.KeyOf(_sealer, id, header));
                pieces.Verify();
                return pieces;
            }
        }
        catch
        {
            file.Dispose();
            throw;
        }

        file.Dispose();
        return null;
    }

    private async Task<long?> AppendToAsync(string id, long offset, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        await using var file = Open(PathOf(id));
        var (arrived, end) = PiecesStream.Ends(file);
        if (arrived != offset)
        {
            return null;
        }

        var key = await KeyOfAsync(id, file);
        file.SetLength(end);
        file.Position = end;
        try
        {
            await CopyAsync(content, file, key, offset, maxBytes, cancellationToken);
        }
        finally
        {
            file.Flush(flushToDisk: true);
        }

        return PiecesStream.Ends(file).Arrived;
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task CopyAsync(Stream content, FileStream file, byte[] key, long offset, long maxBytes, CancellationToken cancellationToken)
    {
        var (buffer, piece) = (ArrayPool<byte>.Shared.Rent(SealedPiece.MaxBytes), ArrayPool<byte>.Shared.Rent(SealedPiece.MaxBytes + SealedPiece.Overhead));
        try
        {
            for (var isMore = true; isMore;)
            {
                var (filled, most) = (0, (int)Math.Min(SealedPiece.MaxBytes, maxBytes));
                try
                {
                    for (var read = 1; filled < most && read > 0; filled += read)
                    {
                        read = await content.ReadAsync(buffer.AsMemory(filled, most - filled), cancellationToken);
                    }
                }
                finally
                {
                    // What has come is kept, even when its sender is gone by now.
                    await WriteAsync(file, key, offset, buffer.AsMemory(0, filled), piece);
                }

                (offset, maxBytes, isMore) = (offset + filled, maxBytes - filled, filled == most && maxBytes > filled);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static async Task WriteAsync(FileStream file, byte[] key, long offset, ReadOnlyMemory<byte> plain, byte[] piece)
    {
        if (plain.Length > 0)
        {
            SealedPiece.Seal(key, offset, plain.Span, piece);
            await GuardedAsync(() => file.WriteAsync(piece.AsMemory(0, plain.Length + SealedPiece.Overhead), CancellationToken.None));
        }
    }

    private static async Task GuardedAsync(Func<ValueTask> write)
    {
        try
        {
            await write();
        }
        catch (IOException e)
        {
            throw StorageFullException.Means(e) ? new StorageFullException("There is no room left on the disk.", e) : new StorageFailedException("The disk did not take it.", e);
        }
    }

    /// <summary>Null for a file that has not all of it: a stop came before any byte.</summary>
    private static byte[]? HeaderOf(FileStream file)
    {
        var header = new byte[SealedContent.HeaderBytes];
        file.Position = 0;
        return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length ? header : null;
    }

    /// <summary>The upload's own key, made and written with its first piece.</summary>
    private async Task<byte[]> KeyOfAsync(string id, FileStream file)
    {
        if (HeaderOf(file) is { } header)
        {
            return SealedContent.KeyOf(_sealer, id, header);
        }

        var key = SealedContent.NewKey();
        file.Position = 0;
        await GuardedAsync(() => file.WriteAsync(SealedContent.Header(_sealer, id, key)));
        return key;
    }
}
