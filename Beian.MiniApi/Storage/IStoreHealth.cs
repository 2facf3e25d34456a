namespace Beian.MiniApi.Storage;

/// <summary>How the place where things are kept is doing.</summary>
/// <param name="FreeBytes">Room left for this user on the volume.</param>
/// <param name="MinFreeBytes">The configured reserve.</param>
public sealed record StoreRoom(long FreeBytes, long MinFreeBytes)
{
    public bool IsFull => FreeBytes < MinFreeBytes;
}

/// <summary>Lets the readiness check see whether saving works.</summary>
public interface IStoreHealth
{
    /// <summary>Writes one small row and waits until it is on the disk; throws what the engine throws.</summary>
    Task WriteAsync(CancellationToken cancellationToken);

    StoreRoom Room();
}
