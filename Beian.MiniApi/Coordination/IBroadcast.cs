using System.Collections.Concurrent;

namespace Beian.MiniApi.Coordination;

/// <summary>Tells every instance something at once. What is told while one of them cannot be reached is lost to it: nothing may rest on it alone.</summary>
public interface IBroadcast
{
    /// <summary>Calls <paramref name="hear"/> with everything told under that topic from now on, by this instance too. It must not block nor throw.</summary>
    void Listen(string topic, Action<string> hear);

    /// <summary>Tells it: this instance before it returns, the others within a second. No personal data.</summary>
    ValueTask TellAsync(string topic, string text);
}

/// <summary>For a single process: it tells itself.</summary>
public sealed class InProcessBroadcast : IBroadcast
{
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);

    public void Listen(string topic, Action<string> hear) => _listeners.AddOrUpdate(topic, hear, (_, others) => others + hear);

    public ValueTask TellAsync(string topic, string text)
    {
        _listeners.GetValueOrDefault(topic)?.Invoke(text);
        return ValueTask.CompletedTask;
    }
}
