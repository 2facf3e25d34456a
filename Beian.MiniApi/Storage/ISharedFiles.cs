namespace Beian.MiniApi.Storage;

/// <summary>Small sealed files by folder and name. Where several instances run on shared storage, all of them see the same ones.</summary>
public interface ISharedFiles
{
    /// <summary>Writes or replaces; durable when this returns.</summary>
    /// <exception cref="StorageFailedException">It could not be written.</exception>
    Task PutAsync(string folder, string name, byte[] bytes, CancellationToken cancellationToken);

    /// <summary>Null when it is not there.</summary>
    Task<byte[]?> FindAsync(string folder, string name, CancellationToken cancellationToken);

    /// <summary>One that is not there is no error.</summary>
    Task DeleteAsync(string folder, string name, CancellationToken cancellationToken);

    IAsyncEnumerable<string> NamesAsync(string folder, CancellationToken cancellationToken);
}
