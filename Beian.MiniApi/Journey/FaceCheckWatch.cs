using System.Collections.Concurrent;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.FaceChecks;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Journey;

/// <summary>
/// When each filing with an open face check is to be asked about again. Kept in memory only: which filings these are is stored, and after a restart each is
/// asked about once more. Whoever says that a check is finished (an event, a browser coming back) is believed no more than that: it is asked about sooner.
/// </summary>
public sealed class FaceCheckWatch
{
    private const string Topic = "faceCheck";

    /// <summary>Longer ones come from outside and are none of ours.</summary>
    private const int MaxKey = 512;

    /// <summary>Least time between two askings that somebody caused from outside, 3 s: nobody makes us press the provider.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Watched> _filings = new(StringComparer.Ordinal);
    private readonly IBroadcast _broadcast;
    private readonly TimeProvider _time;
    private readonly IOptions<FaceCheckOptions> _options;

    public FaceCheckWatch(IBroadcast broadcast, TimeProvider time, IOptions<FaceCheckOptions> options)
    {
        (_broadcast, _time, _options) = (broadcast, time, options);
        broadcast.Listen(Topic, Hear);
    }

    /// <summary>Name of WeChat's event.</summary>
    public string PushEvent => _options.Value.PushEvent;

    /// <summary>Forgets filings that are not open any more, and says which are new and which are due; the due ones are the caller's until it notes them.</summary>
    /// <param name="open">Ids of all filings with an open check.</param>
    /// <param name="max">Most of the due ones; the others stay due.</param>
    public (IReadOnlyList<string> New, IReadOnlyList<string> Due) Look(IReadOnlyCollection<string> open, int max)
    {
        var now = _time.GetUtcNow();
        foreach (var gone in _filings.Keys.Except(open, StringComparer.Ordinal).ToArray())
        {
            _filings.TryRemove(gone, out _);
        }

        string[] due = [.. open.Where(id => _filings.TryGetValue(id, out var w) && now >= w.Next).Take(max)];
        foreach (var id in due)
        {
            // Whoever wakes it while it is being asked about wakes it again, or an answer that crossed the news would be the last one for a while.
            Change(id, w => w with { Next = DateTimeOffset.MaxValue, AskedAt = now });
        }

        return ([.. open.Where(id => !_filings.ContainsKey(id))], due);
    }

    /// <summary>Notes a filing that is open, or was just asked about.</summary>
    /// <param name="filingId">The filing.</param>
    /// <param name="keys">By what somebody may call for it: ids, references, users of its checks.</param>
    /// <param name="endsIn">Until the first of its checks ends, in business time; it is asked about then at the latest.</param>
    public void Note(string filingId, IReadOnlyCollection<string> keys, TimeSpan endsIn)
    {
        var wait = endsIn > TimeSpan.Zero && endsIn < _options.Value.ReadEvery ? endsIn : _options.Value.ReadEvery;
        var next = _time.GetUtcNow() + wait;
        _filings.AddOrUpdate(
            filingId, _ => new Watched(next, DateTimeOffset.MinValue, keys), (_, w) => w with { Next = w.Next < next ? w.Next : next, Keys = keys });
    }

    /// <summary>Somebody says that a check with that key is finished. The instance that has the rounds is told, whichever it is.</summary>
    public ValueTask WakeAsync(string key) => key.Length <= MaxKey ? _broadcast.TellAsync(Topic, key) : ValueTask.CompletedTask;

    private void Hear(string key)
    {
        var now = _time.GetUtcNow();
        foreach (var id in _filings.Where(f => f.Value.Keys.Contains(key)).Select(f => f.Key))
        {
            Change(id, w =>
            {
                var at = w.AskedAt == DateTimeOffset.MinValue || now - w.AskedAt >= Shortest ? now : w.AskedAt + Shortest;
                return at < w.Next ? w with { Next = at } : w;
            });
        }
    }

    private void Change(string filingId, Func<Watched, Watched> change)
    {
        while (_filings.TryGetValue(filingId, out var watched) && !_filings.TryUpdate(filingId, change(watched), watched))
        {
            // Somebody else changed it in the same moment.
        }
    }

    private sealed record Watched(DateTimeOffset Next, DateTimeOffset AskedAt, IReadOnlyCollection<string> Keys);
}
