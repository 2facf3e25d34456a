namespace Beian.MiniApi.Storage;

/// <summary>A file that arrives in pieces.</summary>
/// <param name="Id">Random, opaque.</param>
/// <param name="OwnerId">Account that sends it; nobody else sees it.</param>
/// <param name="Length">Bytes it will have.</param>
/// <param name="Metadata">What came with it, which the store seals; null for nothing.</param>
/// <param name="ExpiresAt">When it goes, finished or not.</param>
public sealed record ResumableUpload(string Id, string OwnerId, long Length, byte[]? Metadata, DateTimeOffset ExpiresAt);

/// <summary>Which files are arriving in pieces. Survives restarts.</summary>
public interface IResumableUploadStore
{
    /// <returns>False, with nothing kept, when the owner has that many already that have not expired.</returns>
    Task<bool> AddAsync(ResumableUpload upload, int maxOpen, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Null when there is none, it is somebody else's, or it has expired.</summary>
    Task<ResumableUpload?> FindAsync(string id, string ownerId, DateTimeOffset now, CancellationToken cancellationToken);

    Task DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Ids of expired ones, oldest first.</summary>
    Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>The bytes of files that arrive in pieces, on this machine's disk.</summary>
public interface IUploadPieces
{
    /// <summary>How many bytes are there and durable; 0 for an id without any.</summary>
    Task<long> OffsetOfAsync(string id, CancellationToken cancellationToken);

    /// <summary>Writes behind what is there. Where the sender breaks off, what came is kept; it is on the disk when this returns or throws.</summary>
    /// <returns>The new offset; null when somebody else is writing, or when there are not <paramref name="offset"/> bytes.</returns>
    /// <exception cref="StorageFullException">No room.</exception>
    Task<long?> AppendAsync(string id, long offset, Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Null when there is nothing.</summary>
    Task<Stream?> OpenReadAsync(string id, CancellationToken cancellationToken);

    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
