namespace Beian.MiniApi.Journey;

/// <summary>A bell for the background workers: something was saved that they should look at now rather than in their next round.</summary>
public sealed class CheckBell
{
    private TaskCompletionSource _next = New();

    /// <summary>Is completed at the next ring. Whoever takes it before looking for work misses none.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Wake() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
