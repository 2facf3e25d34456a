namespace Beian.MiniApi.Coordination;

/// <summary>
/// Lets background work run in one instance at a time. While nobody can say whose turn it is, it is everybody's: work that waits for ever is worse than work
/// that is begun twice, and whoever writes second is refused by the store.
/// </summary>
public sealed partial class Turns(ILeases leases, TimeProvider time, ILogger<Turns> log) : IAsyncDisposable
{
    /// <summary>How long a turn outlives an instance that was killed, 10 s.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    /// <summary>Work that takes longer than this is not waited for any more: another instance may begin it, 10 min.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);

    /// <summary>Does the work when it is this instance's turn, and keeps the turn meanwhile. Work whose turn was lost in the middle is told to stop.</summary>
    /// <param name="work">Its name.</param>
    /// <param name="rest">How long nobody else's turn comes after it, at least <see cref="Life"/>; a failure ends the turn at once.</param>
    /// <param name="act">The work.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when it was somebody else's turn, or became it.</returns>
    public async Task<bool> RunAsync(string work, TimeSpan rest, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var name = "work:" + work;
        if ((await leases.TakeAsync(name, _me, Life, cancellationToken)).State == LeaseState.Held)
        {
            Note(name, isHeld: false);
            return false;
        }

        Note(name, isHeld: true);
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var acting = act(mine.Token);
            await KeepAsync(name, acting, mine);
            await acting;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Note(name, isHeld: false);
            TurnLost(work);
            return false;
        }
        catch
        {
            await ReleaseAsync(name);
            throw;
        }

        if (rest > Life)
        {
            await leases.TakeAsync(name, _me, rest, cancellationToken);
        }

        return true;
    }

    /// <summary>Gives every turn back, so that the others need not wait until it has ended by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        string[] held;
        lock (_held)
        {
            held = [.. _held];
        }

        await Task.WhenAll(held.Select(ReleaseAsync));
    }

    private async Task KeepAsync(string name, Task acting, CancellationTokenSource mine)
    {
        var began = time.GetTimestamp();
        while (!acting.IsCompleted && time.GetElapsedTime(began) < Longest)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(mine.Token);
            await Task.WhenAny(acting, Task.Delay(Life / 3, over.Token));
            await over.CancelAsync();
            if (!acting.IsCompleted && !mine.IsCancellationRequested && (await leases.TakeAsync(name, _me, Life, CancellationToken.None)).State == LeaseState.Held)
            {
                await mine.CancelAsync();
            }
        }
    }

    private async Task ReleaseAsync(string name)
    {
        Note(name, isHeld: false);
        using var patience = new CancellationTokenSource(Goodbye);
        await leases.ReleaseAsync(name, _me, patience.Token);
    }

    private void Note(string name, bool isHeld)
    {
        lock (_held)
        {
            _ = isHeld ? _held.Add(name) : _held.Remove(name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Work} was told to stop: another instance has its turn")]
    private partial void TurnLost(string work);
}
