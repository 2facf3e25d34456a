using System.Collections.Concurrent;

namespace Beian.MiniApi.Timers;

/// <summary>What could not be done and is left alone for a minute of real time, so that it neither fills the log nor takes the others' turn.</summary>
internal sealed class Postponed(TimeProvider time)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public bool Has(string id) => _until.TryGetValue(id, out var until) && time.GetUtcNow() < until;

    public void Add(string id) => _until[id] = time.GetUtcNow() + Wait;

    public void Remove(string id) => _until.TryRemove(id, out _);
}
