namespace Beian.MiniApi.Storage;

/// <summary>What looking after the data keys came to.</summary>
/// <param name="Rewrapped">Keys that are wrapped by the ring's active key from now on.</param>
/// <param name="IsRenewed">A new key seals from now on.</param>
public sealed record KeysKept(int Rewrapped, bool IsRenewed);

/// <summary>The data keys, by which stored rows and materials are sealed.</summary>
public interface IDataKeyStore
{
    /// <summary>Id of the one that seals now.</summary>
    int ActiveId { get; }

    /// <summary>Makes a new key that seals from now on; the others still open. Returns its id, on the disk.</summary>
    Task<int> RenewAsync(CancellationToken cancellationToken);

    /// <summary>Takes keys that another process made, wraps by the ring's active key what another one wraps, counts, and renews a key that is due. Called often.</summary>
    Task<KeysKept> KeepAsync(CancellationToken cancellationToken);
}
