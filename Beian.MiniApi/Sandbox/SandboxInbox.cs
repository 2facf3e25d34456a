namespace Beian.MiniApi.Sandbox;

/// <summary>What a played receiver got, oldest first.</summary>
/// <param name="Total">How many messages came since the last clearing, repetitions included.</param>
/// <param name="Keys">How many different ones.</param>
/// <param name="Items">The newest of them that are kept and asked for.</param>
public sealed record SandboxInboxView<T>(int Total, int Keys, IReadOnlyList<T> Items);

/// <summary>Messages by their key, the newest 50,000 kept in memory; repetitions are kept too, so that they can be counted.</summary>
internal sealed class SandboxInbox<T>
{
    private const int MaxKept = 50_000;

    private readonly Lock _gate = new();
    private readonly Queue<(string Key, T Item)> _items = [];
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private int _total;

    /// <param name="key">The sender's key of the message.</param>
    /// <param name="make">Makes the entry from the number of times the key has come, from 1.</param>
    public T Add(string key, Func<int, T> make)
    {
        lock (_gate)
        {
            var times = _times.GetValueOrDefault(key) + 1;
            var item = make(times);
            _times[key] = times;
            _total++;
            _items.Enqueue((key, item));
            if (_items.Count > MaxKept)
            {
                var (oldest, _) = _items.Dequeue();
                _times[oldest]--;
                if (_times[oldest] <= 0)
                {
                    _times.Remove(oldest);
                }
            }

            return item;
        }
    }

    /// <param name="key">Of which message; null for all.</param>
    /// <param name="take">How many of the newest at most; null for 200.</param>
    public SandboxInboxView<T> View(string? key = null, int? take = null)
    {
        lock (_gate)
        {
            var found = _items.Where(i => key is null || i.Key == key).Select(i => i.Item);
            return new SandboxInboxView<T>(_total, _times.Count, [.. found.TakeLast(Math.Clamp(take ?? 200, 0, MaxKept))]);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _items.Clear();
            _times.Clear();
            _total = 0;
        }
    }
}
