using System.Collections.Concurrent;
using Beian.MiniApi.FaceChecks;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Journey;

/// <summary>
/// When each filing with an open face check is to be asked about again. Kept in memory only: which filings these are is stored, and after a restart each is
/// asked about once more. Whoever says that a check is finished (an event, a browser coming back) is believed no more than that: it is asked about sooner.
/// </summary>
public sealed class FaceCheckWatch(TimeProvider time, IOptions<FaceCheckOptions> options)
{
    /// <summary>Least time between two askings that somebody caused from outside, 3 s: nobody makes us press the provider.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, Watched> _filings = new(StringComparer.Ordinal);

    /// <summary>Name of WeChat's event.</summary>
    public string PushEvent => options.Value.PushEvent;

    /// <summary>Forgets filings that are not open any more, and says which are new and which are due.</summary>
    /// <param name="open">Ids of all filings with an open check.</param>
    public (IReadOnlyList<string> New, IReadOnlyList<string> Due) Look(IReadOnlyCollection<string> open)
    {
        var now = time.GetUtcNow();
        foreach (var gone in _filings.Keys.Except(open, StringComparer.Ordinal).ToArray())
        {
            _filings.TryRemove(gone, out _);
        }

        return ([.. open.Where(id => !_filings.ContainsKey(id))], [.. open.Where(id => _filings.TryGetValue(id, out var w) && now >= w.Next)]);
    }

    /// <summary>Notes a filing that is open, or was just asked about.</summary>
    /// <param name="filingId">The filing.</param>
    /// <param name="keys">By what somebody may call for it: ids, references, users of its checks.</param>
    /// <param name="endsIn">Until the first of its checks ends, in business time; it is asked about then at the latest.</param>
    /// <param name="wasAsked">False when it was only seen.</param>
    public void Note(string filingId, IReadOnlyCollection<string> keys, TimeSpan endsIn, bool wasAsked)
    {
        var now = time.GetUtcNow();
        var wait = endsIn > TimeSpan.Zero && endsIn < options.Value.ReadEvery ? endsIn : options.Value.ReadEvery;
        _filings[filingId] = new Watched(now + wait, wasAsked ? now : DateTimeOffset.MinValue, keys);
    }

    /// <summary>Somebody says that a check with that key is finished.</summary>
    public void Wake(string key)
    {
        var now = time.GetUtcNow();
        foreach (var (id, watched) in _filings)
        {
            if (watched.Keys.Contains(key))
            {
                var at = watched.AskedAt == DateTimeOffset.MinValue || now - watched.AskedAt >= Shortest ? now : watched.AskedAt + Shortest;
                _filings.TryUpdate(id, watched with { Next = at < watched.Next ? at : watched.Next }, watched);
            }
        }
    }

    private sealed record Watched(DateTimeOffset Next, DateTimeOffset AskedAt, IReadOnlyCollection<string> Keys);
}
