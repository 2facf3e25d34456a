namespace Beian.MiniApi.Coordination;

/// <summary>Counts calls in a window that slides: never more than so many are allowed in any span of its length. Refused ones do not count.</summary>
public interface ICallCounts
{
    /// <summary>Counts one call under that key unless there were too many.</summary>
    /// <param name="key">Who is counted, and for what; the length of the window belongs to it. Is not kept as it is.</param>
    /// <param name="permits">Most calls in the window, at least 1.</param>
    /// <param name="window">Its length.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the call is allowed, else how long until the next one may be.</returns>
    ValueTask<TimeSpan?> CountAsync(string key, int permits, TimeSpan window, CancellationToken cancellationToken);
}
