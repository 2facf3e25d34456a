using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage;

/// <summary>What sealing everything anew came to.</summary>
/// <param name="DataKey">The data key that everything readable is sealed by, or a newer one.</param>
/// <param name="Count">Rows and materials that were sealed anew.</param>
/// <param name="Unreadable">Those that no key opens; they stay as they are.</param>
public sealed record Resealed(int DataKey, long Count, long Unreadable);

/// <summary>Seals everything by the active data key, place by place, while the service runs. May be ended at any moment and begun again.</summary>
public sealed class Resealing(IEnumerable<IResealable> places, IDataKeyStore keys, IResealOrders orders)
{
    /// <summary>Rest after each part when the service is in use, 20 ms.</summary>
    public static readonly TimeSpan Gently = TimeSpan.FromMilliseconds(20);

    /// <summary>Most rounds: each catches what was under way, sealed by the key of before, while the one before it ran.</summary>
    private const int MaxRounds = 10;

    /// <summary>True when an order is open, or there never was one.</summary>
    public Task<bool> IsDueAsync(CancellationToken cancellationToken) => orders.IsDueAsync(cancellationToken);

    /// <summary>Makes a new data key and keeps the order to seal everything by it.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> OrderAsync(CancellationToken cancellationToken)
    {
        await keys.KeepAsync(cancellationToken);
        var id = await keys.RenewAsync(cancellationToken);
        await orders.AddAsync(id, cancellationToken);
        return id;
    }

    /// <summary>Carries out whatever was ordered.</summary>
    /// <param name="pause">Rest after each part.</param>
    /// <param name="progress">Is told after each part.</param>
    /// <param name="cancellationToken">Ends it between two parts; the order stays open.</param>
    public async Task<Resealed> RunAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var dataKey = keys.ActiveId;
        var resealed = 0L;
        for (var round = 1; ; round++)
        {
            var last = await RoundAsync(pause, progress, cancellationToken);
            var now = last.Sum(p => p.Resealed);
            resealed += now;
            if (now == 0 || round == MaxRounds)
            {
                var done = new Resealed(dataKey, resealed, last.Sum(p => p.Unreadable));
                await orders.EndAsync(dataKey, done.Count, done.Unreadable, cancellationToken);
                return done;
            }
        }
    }

    private async Task<IReadOnlyCollection<ResealProgress>> RoundAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var last = new Dictionary<string, ResealProgress>(StringComparer.Ordinal);
        var counting = new Counting(p =>
        {
            last[p.What] = p;
            progress.Report(p);
        });
        foreach (var place in places)
        {
            await place.ResealAsync(pause, counting, cancellationToken);
        }

        return last.Values;
    }

    /// <summary>Told at once, unlike <see cref="Progress{T}"/>, which tells on another thread.</summary>
    private sealed class Counting(Action<ResealProgress> tell) : IProgress<ResealProgress>
    {
        public void Report(ResealProgress value) => tell(value);
    }
}

/// <summary>Goes on with sealing at the start of the program: what an older version left in the clear, and what a kill interrupted.</summary>
public sealed partial class ResealWork(Resealing resealing, Turns turns, ILogger<ResealWork> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(AfterFailure, stoppingToken);
        }
    }

    /// <returns>False when it is to be looked at again: it failed, or another instance is at it.</returns>
    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            return !await resealing.IsDueAsync(stoppingToken) || await turns.RunAsync(nameof(ResealWork), Turns.Life, ResealAsync, stoppingToken);
        }
#pragma warning disable CA1031 // Logged and tried again; a full disk at that moment must not end the program.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(e);
            return false;
        }
    }

    private async Task ResealAsync(CancellationToken cancellationToken)
    {
        var done = await resealing.RunAsync(Resealing.Gently, new Silent(), cancellationToken);
        if (done.Count + done.Unreadable > 0)
        {
            Ended(done.Count, done.DataKey, done.Unreadable);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} rows and materials were sealed by data key {Id}; {Unreadable} cannot be opened and stay as they are")]
    private partial void Ended(long count, int id, long unreadable);

    [LoggerMessage(LogLevel.Error, "Sealing did not come to its end; it goes on in a minute")]
    private partial void Failed(Exception e);

    private sealed class Silent : IProgress<ResealProgress>
    {
        public void Report(ResealProgress value)
        {
        }
    }
}
