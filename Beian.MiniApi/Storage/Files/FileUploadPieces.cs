using System.Buffers;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Files;

/// <summary>
/// One file an upload, below <c>uploads/</c> of the data folder: a header with the upload's own key, sealed, and the bytes encrypted with it. Behind the header its length
/// is the offset, so that nothing can disagree with it after a stop.
/// </summary>
public sealed class FileUploadPieces : IUploadPieces
{
    private const int BufferBytes = 64 * 1024;
    private const int IdChars = 32;

    private readonly string _folder;
    private readonly StorageOptions _options;
    private readonly Sealer _sealer;

    /// <param name="folder">The data folder; created when absent.</param>
    /// <param name="options">The reserve to leave free.</param>
    /// <param name="sealer">Seals the keys of the uploads.</param>
    public FileUploadPieces(string folder, IOptions<StorageOptions> options, Sealer sealer)
    {
        (_folder, _options, _sealer) = (Path.Combine(Path.GetFullPath(folder), "uploads"), options.Value, sealer);
        Folders.Create(_folder);
    }

    public long OffsetOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? Math.Max(0, file.Length - SealedContent.HeaderBytes) : 0;

    public async Task<long?> AppendAsync(string id, long offset, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        if (new DriveInfo(_folder).AvailableFreeSpace < _options.MinFreeBytes)
        {
            throw new StorageFullException();
        }

        FileStream file;
        try
        {
            file = Open(PathOf(id));
        }
        catch (IOException)
        {
            // Somebody else has it open: an earlier sending of this device that the server has not given up yet.
            return null;
        }

        await using (file)
        {
            if (Math.Max(0, file.Length - SealedContent.HeaderBytes) != offset)
            {
                return null;
            }

            using var cipher = new PieceCipher(await KeyOfAsync(id, file));
            file.Position = SealedContent.HeaderBytes + offset;
            try
            {
                await CopyAsync(content, file, cipher, maxBytes, cancellationToken);
            }
            finally
            {
                file.Flush(flushToDisk: true);
            }

            return file.Length - SealedContent.HeaderBytes;
        }
    }

    public Stream? OpenRead(string id)
    {
        if (!File.Exists(PathOf(id)))
        {
            return null;
        }

        var file = new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 4096);
        try
        {
            return new PiecesStream(file, HeaderOf(file) is { } header ? SealedContent.KeyOf(_sealer, id, header) : SealedContent.NewKey());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Delete(string id) => File.Delete(PathOf(id));

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task CopyAsync(Stream content, FileStream file, PieceCipher cipher, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while (maxBytes > 0 && (read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, maxBytes)), cancellationToken)) > 0)
            {
                maxBytes -= read;
                cipher.Apply(file.Position - SealedContent.HeaderBytes, buffer.AsSpan(0, read));

                // What has come is kept, even when its sender is gone by now.
                await GuardedAsync(() => file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
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

    private string PathOf(string id) =>
        id.Length == IdChars && id.All(char.IsAsciiHexDigitLower) ? Path.Combine(_folder, id) : throw new ArgumentException("Not an id of an upload.", nameof(id));
}
