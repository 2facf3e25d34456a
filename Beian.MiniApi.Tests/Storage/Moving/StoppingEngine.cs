using Beian.MiniApi.Storage.Moving;

namespace Beian.MiniApi.Tests.Storage.Moving;

#pragma warning disable CA1032, CA1064 // A test's own.
internal sealed class StoppedException : Exception;
#pragma warning restore CA1032, CA1064

/// <summary>A target that ends in the middle, as after a kill.</summary>
internal sealed class StoppingEngine(IMovingEngine inner, int writes) : IMovingEngine
{
    private int _left = writes;

    public string Place => inner.Place;

    public Task<string> OpenSourceAsync(Action<string> tell, CancellationToken cancellationToken) => inner.OpenSourceAsync(tell, cancellationToken);

    public Task<IReadOnlyDictionary<string, MoveProgress>> OpenTargetAsync(string source, CancellationToken cancellationToken) => inner.OpenTargetAsync(source, cancellationToken);

    public IAsyncEnumerable<MovedBatch> ReadAsync(MovedTable table, string? after, CancellationToken cancellationToken) => inner.ReadAsync(table, after, cancellationToken);

    public Task<IReadOnlyList<object?[]>> NumbersAsync(CancellationToken cancellationToken) => inner.NumbersAsync(cancellationToken);

    public Task WriteAsync(MovedTable table, IReadOnlyList<MovedThing> things, MoveProgress progress, CancellationToken cancellationToken) =>
        _left-- > 0 ? inner.WriteAsync(table, things, progress, cancellationToken) : throw new StoppedException();

    public Task WriteNumbersAsync(IReadOnlyList<object?[]> numbers, CancellationToken cancellationToken) => inner.WriteNumbersAsync(numbers, cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => inner.EndAsync(cancellationToken);

    public bool IsFading(MovedTable table) => inner.IsFading(table);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
