namespace Beian.MiniApi.Coordination;

/// <summary>
/// Sessions that have just ended, wherever they were ended. The store is asked at every request all the same and is the one that decides; this closes the moment in
/// which an instance still reads from a database server that has not heard of it.
/// </summary>
public sealed class SignOuts
{
    private const string Topic = "signOut";

    /// <summary>Most ids that are remembered; the oldest go first.</summary>
    private const int MaxRemembered = 50_000;

    /// <summary>Longer than any database takes to agree with itself, 2 min.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly IBroadcast _broadcast;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _ended = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = new();

    public SignOuts(IBroadcast broadcast, TimeProvider time)
    {
        (_broadcast, _time) = (broadcast, time);
        broadcast.Listen(Topic, Remember);
    }

    /// <summary>True when that session is known to have ended. Ids are never used again, so that this cannot be wrong.</summary>
    public bool Has(string sessionId)
    {
        lock (_gate)
        {
            return _ended.ContainsKey(sessionId);
        }
    }

    /// <summary>Tells every instance; to be called once the store has ended them.</summary>
    public async Task TellAsync(params IReadOnlyCollection<string> sessionIds)
    {
        foreach (var id in sessionIds)
        {
            await _broadcast.TellAsync(Topic, id);
        }
    }

    private void Remember(string sessionId)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_oldestFirst.TryPeek(out var oldest) && (_oldestFirst.Count >= MaxRemembered || _time.GetElapsedTime(_ended[oldest], now) >= Memory))
            {
                _ended.Remove(_oldestFirst.Dequeue());
            }

            if (_ended.TryAdd(sessionId, now))
            {
                _oldestFirst.Enqueue(sessionId);
            }
        }
    }
}
