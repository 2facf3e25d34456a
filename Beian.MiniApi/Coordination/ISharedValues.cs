using System.Collections.Concurrent;

namespace Beian.MiniApi.Coordination;

/// <summary>Small values that one instance works out for all. Secrets come sealed.</summary>
public interface ISharedValues
{
    /// <summary>The value under that name; null when there is none. While nobody can say, the one that this instance saw last.</summary>
    ValueTask<byte[]?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a value, unless one was kept under a larger fence: whoever writes that late was overtaken.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="life">How long it is kept.</param>
    /// <param name="fence">Of the lease under which it was worked out; 0 for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask StoreAsync(string name, byte[] value, TimeSpan life, long fence, CancellationToken cancellationToken);
}

/// <summary>The values of a single process.</summary>
public sealed class InProcessSharedValues(TimeProvider time) : ISharedValues
{
    private readonly ConcurrentDictionary<string, (byte[] Value, long Fence, DateTimeOffset Until)> _values = new(StringComparer.Ordinal);

    public ValueTask<byte[]?> FindAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_values.TryGetValue(name, out var kept) && time.GetUtcNow() < kept.Until ? kept.Value : null);

    public ValueTask StoreAsync(string name, byte[] value, TimeSpan life, long fence, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = (value, fence, now + life);
        _values.AddOrUpdate(name, next, (_, kept) => kept.Fence > fence && now < kept.Until ? kept : next);
        return ValueTask.CompletedTask;
    }
}
