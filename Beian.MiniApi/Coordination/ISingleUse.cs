namespace Beian.MiniApi.Coordination;

/// <summary>Remembers what may be used only once, such as a login code.</summary>
public interface ISingleUse
{
    /// <summary>Uses it up; false when it was used before. While nobody can say, what this instance does not know counts as unused.</summary>
    /// <param name="what">The thing; kept as a digest only.</param>
    /// <param name="memory">How long it is remembered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<bool> TakeAsync(string what, TimeSpan memory, CancellationToken cancellationToken);

    /// <summary>Takes it back: its use came to nothing.</summary>
    ValueTask GiveBackAsync(string what, CancellationToken cancellationToken);
}

/// <summary>What a single process has used up.</summary>
public sealed class InProcessSingleUse(TimeProvider time) : ISingleUse
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTimeOffset> _forgetting = new();

    public ValueTask<bool> TakeAsync(string what, TimeSpan memory, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_forgetting.TryPeek(out var oldest, out var due) && due <= now)
            {
                _forgetting.Dequeue();

                // Given back and taken again meanwhile, it has a later end of its own.
                if (_used.TryGetValue(oldest, out var until) && until <= now)
                {
                    _used.Remove(oldest);
                }
            }

            if (!_used.TryAdd(what, now + memory))
            {
                return ValueTask.FromResult(false);
            }

            _forgetting.Enqueue(what, now + memory);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask GiveBackAsync(string what, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _used.Remove(what);
        }

        return ValueTask.CompletedTask;
    }
}
