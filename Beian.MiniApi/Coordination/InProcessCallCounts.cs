using System.Collections.Concurrent;

namespace Beian.MiniApi.Coordination;

/// <summary>
/// The counts of a single process. A window is kept as sixty parts; the part that the window's beginning lies in counts whole, so that the limit holds to the
/// letter and a caller waits a sixtieth longer at most.
/// </summary>
public sealed class InProcessCallCounts(TimeProvider time) : ICallCounts
{
    /// <summary>Parts of a window.</summary>
    public const int Parts = 60;

    /// <summary>Calls between two looks for callers who have gone.</summary>
    private const int TidyEvery = 10_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);
    private int _calls;

    public ValueTask<TimeSpan?> CountAsync(string key, int permits, TimeSpan window, CancellationToken cancellationToken)
    {
        var part = window / Parts;
        var now = time.GetElapsedTime(0);
        if (Interlocked.Increment(ref _calls) % TidyEvery == 0)
        {
            Tidy(now);
        }

        while (true)
        {
            var kept = _windows.GetOrAdd(key, _ => new Window());
            lock (kept)
            {
                if (!kept.IsGone)
                {
                    return ValueTask.FromResult(kept.Count(permits, window, part, now));
                }
            }
        }
    }

    private void Tidy(TimeSpan now)
    {
        foreach (var (key, window) in _windows)
        {
            lock (window)
            {
                if (window.Until <= now)
                {
                    window.IsGone = true;
                    _windows.TryRemove(key, out _);
                }
            }
        }
    }

    private sealed class Window
    {
        /// <summary>Parts with calls in them, oldest first.</summary>
        private readonly Queue<(long Part, int Calls)> _parts = new();
        private (long Part, int Calls) _newest;
        private int _total;

        public TimeSpan Until { get; private set; }

        public bool IsGone { get; set; }

        public TimeSpan? Count(int permits, TimeSpan window, TimeSpan part, TimeSpan now)
        {
            var current = now.Ticks / part.Ticks;
            Forget(current - Parts);
            if (_total >= permits)
            {
                var oldest = _parts.TryPeek(out var first) ? first.Part : _newest.Part;
                return new TimeSpan((oldest + Parts + 1) * part.Ticks) - now;
            }

            if (_newest.Calls > 0 && _newest.Part != current)
            {
                _parts.Enqueue(_newest);
                _newest = default;
            }

            _newest = (current, _newest.Calls + 1);
            _total++;
            Until = now + window + part;
            return null;
        }

        /// <summary>Drops the parts before that one.</summary>
        private void Forget(long before)
        {
            while (_parts.TryPeek(out var first) && first.Part < before)
            {
                _total -= _parts.Dequeue().Calls;
            }

            if (_newest.Calls > 0 && _newest.Part < before)
            {
                _total -= _newest.Calls;
                _newest = default;
            }
        }
    }
}
