namespace Beian.MiniApi.Storage;

/// <summary>Keeps what a login at the identity provider has to remember between its two halves. Each is given out once.</summary>
public interface IProviderLoginStore
{
    /// <param name="digest">SHA-256 of the state, in hex.</param>
    /// <param name="payload">The store seals it.</param>
    /// <param name="now">Real time; those that ran out before it are forgotten.</param>
    /// <param name="expiresAt">Until when it may be taken.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    Task AddAsync(string digest, byte[] payload, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Takes it out; null when there is none, it ran out, or it was taken.</summary>
    Task<byte[]?> TakeAsync(string digest, DateTimeOffset now, CancellationToken cancellationToken);
}
