namespace Beian.MiniApi.Storage;

/// <summary>Attempts of one kind within a window.</summary>
/// <param name="Count">How many.</param>
/// <param name="Oldest">When the earliest of them was, or null without any.</param>
public sealed record Attempts(int Count, DateTimeOffset? Oldest);

/// <summary>
/// Counts what somebody may do only so often, such as <c>auth-code:account</c>. Kept on disk, so that a restart is no way around it. Real time, never
/// business time.
/// </summary>
public interface IAttemptStore
{
    /// <summary>Longest window that can be asked for; older attempts are forgotten.</summary>
    static readonly TimeSpan MaxWindow = TimeSpan.FromDays(2);

    /// <summary>Attempts under that key later than <paramref name="since"/>.</summary>
    Task<Attempts> CountAsync(string key, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Adds one attempt.</summary>
    Task AddAsync(string key, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Takes back one attempt that came to nothing; none at that time changes nothing.</summary>
    Task RemoveAsync(string key, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Adds one attempt unless there are <paramref name="limit"/> since <paramref name="since"/> already; says whether it was added.</summary>
    Task<bool> TryAddAsync(string key, int limit, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken);
}
