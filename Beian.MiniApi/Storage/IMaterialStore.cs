using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage;

/// <summary>Content that has arrived and is not yet part of a filing. Disposing it without committing removes every trace.</summary>
public abstract class StagedMaterial : IAsyncDisposable
{
    /// <summary>How much of the start is kept in memory, 64 KiB.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>Bytes.</summary>
    public abstract long Size { get; }

    /// <summary>Lower-case hex.</summary>
    public abstract string Sha256 { get; }

    /// <summary>The first <see cref="HeadBytes"/>, or all of it when it is shorter.</summary>
    public abstract ReadOnlyMemory<byte> Head { get; }

    /// <summary>The content from its start, seekable; only before it is committed.</summary>
    public abstract Stream OpenRead();

    /// <summary>The content as it is to be kept elsewhere under that id: sealed, seekable.</summary>
    /// <param name="sealer">Seals the content's own key.</param>
    /// <param name="materialId">Under which it will be kept.</param>
    public abstract Stream OpenSealed(Sealer sealer, string materialId);

    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// The bytes of materials, outside the database. A caller stages what arrives, commits it under an id, and then saves the filing that names the id; when
/// that save fails it deletes the content again, and <see cref="SweepOrphansAsync"/> finds what a crash left between the two.
/// </summary>
public interface IMaterialStore
{
    /// <summary>Takes a stream in without holding it in memory.</summary>
    /// <returns>Null, with nothing kept, when more than <paramref name="maxBytes"/> came.</returns>
    /// <exception cref="StorageFullException">No room, or less than the configured reserve.</exception>
    Task<StagedMaterial?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Makes staged content durable under an id made by <see cref="NewId"/>; on the disk when this returns.</summary>
    /// <exception cref="ArgumentException">The id is not of our making, or the content was not staged by this store.</exception>
    Task CommitAsync(StagedMaterial staged, string materialId, CancellationToken cancellationToken);

    /// <summary>The content, seekable, owned by the caller; null when there is none under that id, whatever the id looks like.</summary>
    Task<Stream?> OpenAsync(string materialId, CancellationToken cancellationToken);

    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAsync(string materialId, CancellationToken cancellationToken);

    /// <summary>Removes what was staged and left before <paramref name="before"/>; returns how many files.</summary>
    Task<int> SweepStagedAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes committed content that no filing names; returns how many files.</summary>
    /// <param name="before">Younger content is left alone: its filing may be about to be saved.</param>
    /// <param name="isKnown">True for an id that a filing names.</param>
    /// <param name="cancellationToken">Ends the sweep early.</param>
    Task<int> SweepOrphansAsync(DateTimeOffset before, Func<string, CancellationToken, Task<bool>> isKnown, CancellationToken cancellationToken);

    /// <summary>An id for new content.</summary>
    static string NewId() => Guid.CreateVersion7().ToString("N");
}
