namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Real time that stands still until it is moved, so that a code of thirty seconds does not run out in the middle of a test.</summary>
public sealed class StillTime : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
