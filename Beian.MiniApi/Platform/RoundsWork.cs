using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Work in rounds of a second, or sooner when somebody asks for it, from the moment the server listens: the outside world may be the sandbox of this very server.
/// One instance for all has the rounds, but where they take what they do piece by piece from a queue that leases it.
/// A part of a round that fails, a time-out included, is logged and tried again in the next one; it ends neither the other parts nor the program.
/// </summary>
public abstract partial class RoundsWork(Turns turns, IHostApplicationLifetime lifetime, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Is completed when the next round shall not wait; taken before a round, so that no call in the middle of it is missed. Null for nobody to call.</summary>
    protected virtual Task? Called => null;

    /// <summary>True when every instance may have its rounds at once.</summary>
    protected virtual bool IsShared => false;

    /// <summary>One round; made of <see cref="DoAsync"/>.</summary>
    protected abstract Task RoundAsync(CancellationToken stoppingToken);

    /// <summary>Once, before the first round.</summary>
    protected virtual void Begin()
    {
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        Begin();
        while (!stoppingToken.IsCancellationRequested)
        {
            var called = Called;
            await (IsShared ? RoundAsync(stoppingToken) : turns.RunAsync(GetType().Name, Turns.Life, RoundAsync, stoppingToken));
            var pause = Task.Delay(Pause, stoppingToken);
            await (called is null ? pause : Task.WhenAny(called, pause));
        }
    }

    /// <summary>A part of a round; false when it failed.</summary>
    protected async Task<bool> DoAsync(string part, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        AuditScope.EnterSystem(part);
        try
        {
            await work(stoppingToken);
            return true;
        }
#pragma warning disable CA1031 // Logged and tried again; the program's own end is no failure.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, GetType().Name, part, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work}: {Part} failed; it is tried again")]
    private static partial void Failed(ILogger log, string work, string part, Exception exception);
}

internal static class Lifetimes
{
    /// <summary>Returns when the server listens.</summary>
    /// <exception cref="OperationCanceledException">The program ends before that.</exception>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopped = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;
    }
}
