using System.Buffers;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Files;

/// <summary>One file an upload, below <c>uploads/</c> of the data folder; its length is the offset, so that nothing can disagree with it after a stop.</summary>
public sealed class FileUploadPieces : IUploadPieces
{
    private const int BufferBytes = 64 * 1024;
    private const int IdChars = 32;

    private readonly string _folder;
    private readonly StorageOptions _options;

    /// <param name="folder">The data folder; created when absent.</param>
    /// <param name="options">The reserve to leave free.</param>
    public FileUploadPieces(string folder, IOptions<StorageOptions> options)
    {
        (_folder, _options) = (Path.Combine(Path.GetFullPath(folder), "uploads"), options.Value);
        Folders.Create(_folder);
    }

    public long OffsetOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;

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
            if (file.Length != offset)
            {
                return null;
            }

            file.Position = offset;
            try
            {
                await CopyAsync(content, file, maxBytes, cancellationToken);
            }
            finally
            {
                file.Flush(flushToDisk: true);
            }

            return file.Length;
        }
    }

    public Stream? OpenRead(string id) => File.Exists(PathOf(id)) ? new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 4096) : null;

    public void Delete(string id) => File.Delete(PathOf(id));

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task CopyAsync(Stream content, FileStream file, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int read;
            while (maxBytes > 0 && (read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferBytes, maxBytes)), cancellationToken)) > 0)
            {
                maxBytes -= read;
                try
                {
                    // What has come is kept, even when its sender is gone by now.
                    await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
                }
                catch (IOException e)
                {
                    throw StorageFullException.Means(e) ? new StorageFullException("There is no room left on the disk.", e) : new StorageFailedException("The disk did not take it.", e);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private string PathOf(string id) =>
        id.Length == IdChars && id.All(char.IsAsciiHexDigitLower) ? Path.Combine(_folder, id) : throw new ArgumentException("Not an id of an upload.", nameof(id));
}
