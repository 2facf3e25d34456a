using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Files;

/// <summary>Sealed content in files; one of before there was a sealer is read as it is.</summary>
internal static class SealedFiles
{
    /// <summary>The content, seekable, owned by the caller.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Altered, cut off, or another material's.</exception>
    public static Stream Open(string path, Sealer sealer, string id)
    {
        var file = OpenFile(path);
        try
        {
            var header = new byte[SealedContent.HeaderBytes];
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (SealedContent.IsSealed(header))
            {
                return ContentStream.Open(file, SealedContent.KeyOf(sealer, id, header.AsSpan(0, read)));
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Seals what is in the clear, and the key of what is sealed by another data key than the active one. False when there is nothing to do, or nothing any more.</summary>
    /// <param name="path">A kept file.</param>
    /// <param name="temporary">Where its sealed copy is written first, on the same volume.</param>
    /// <param name="sealer">Seals.</param>
    /// <param name="id">Under which it is kept.</param>
    public static async Task<bool> ResealAsync(string path, string temporary, Sealer sealer, string id, CancellationToken cancellationToken)
    {
        var header = new byte[SealedContent.HeaderBytes];
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0))
        {
            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (SealedContent.IsSealed(header))
            {
                return WriteSteps(file, SealedContent.Reseal(sealer, id, header.AsSpan(0, read)));
            }
        }

        try
        {
            await SealAsync(path, temporary, sealer, id, cancellationToken);
            if (!File.Exists(path))
            {
                return false;
            }

            File.Move(temporary, path, overwrite: true);
            Folders.Sync(Path.GetDirectoryName(path)!);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,

        // Its key may be sealed anew meanwhile.
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 0,
    });

    private static bool WriteSteps(FileStream file, (int Offset, byte[] Bytes)[]? steps)
    {
        foreach (var (offset, bytes) in steps ?? [])
        {
            file.Position = offset;
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        return steps is not null;
    }

    private static async Task SealAsync(string path, string temporary, Sealer sealer, string id, CancellationToken cancellationToken)
    {
        var (key, buffer) = (SealedContent.NewKey(), new byte[SealedContent.ChunkBytes]);
        await using var source = OpenFile(path);
        await using var file = Folders.NewFile(temporary);
        await file.WriteAsync(SealedContent.Header(sealer, id, key), cancellationToken);
        using var target = new ContentSealer(file.WriteAsync, key);
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await target.AppendAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await target.CompleteAsync(cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
