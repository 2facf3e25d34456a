namespace Beian.MiniApi.Coordination;

/// <summary>The leases of a single process.</summary>
public sealed class InProcessLeases(TimeProvider time) : ILeases
{
    /// <summary>Leases kept before those that have ended are looked for.</summary>
    private const int TidyAbove = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Holder, long Fence, long Until)> _held = new(StringComparer.Ordinal);
    private long _fence;
    private int _tidyAt = TidyAbove;

    public ValueTask<LeaseAnswer> TakeAsync(string name, string holder, TimeSpan life, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var lives = _held.TryGetValue(name, out var held) && now < held.Until;
            if (lives && held.Holder != holder)
            {
                return ValueTask.FromResult(LeaseAnswer.Held);
            }

            var fence = lives ? held.Fence : ++_fence;
            _held[name] = (holder, fence, now + (long)(life.TotalSeconds * time.TimestampFrequency));
            Tidy(now);
            return ValueTask.FromResult(LeaseAnswer.Taken(fence));
        }
    }

    public ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(name, out var held) && held.Holder == holder)
            {
                _held.Remove(name);
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Tidy(long now)
    {
        if (_held.Count > _tidyAt)
        {
            foreach (var ended in _held.Where(h => h.Value.Until <= now).Select(h => h.Key).ToList())
            {
                _held.Remove(ended);
            }

            _tidyAt = Math.Max(TidyAbove, 2 * _held.Count);
        }
    }
}
