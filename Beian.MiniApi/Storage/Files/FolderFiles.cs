namespace Beian.MiniApi.Storage.Files;

/// <summary>Shared files in folders of the data folder, for this user alone where the system knows such a thing.</summary>
public sealed class FolderFiles(string dataFolder) : ISharedFiles
{
    public async Task PutAsync(string folder, string name, byte[] bytes, CancellationToken cancellationToken)
    {
        Folders.Create(Path.Combine(dataFolder, folder));
        var path = Path.Combine(dataFolder, folder, name);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = Folders.NewFile(temporary))
            {
                await file.WriteAsync(bytes, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task<byte[]?> FindAsync(string folder, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(dataFolder, folder, name), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task DeleteAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(dataFolder, folder, name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

#pragma warning disable CS1998 // A folder is there or not; there is nothing to wait for.
    public async IAsyncEnumerable<string> NamesAsync(string folder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        var path = Path.Combine(dataFolder, folder);
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json") : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Path.GetFileName(file);
        }
    }
}
