using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage;

/// <summary>Fills in, at the start of the program, what the queue and the figures need of filings that an older version saved.</summary>
public sealed partial class FactsWork(IReviewFacts facts, Turns turns, ILogger<FactsWork> log) : BackgroundService
{
    /// <summary>Rest after each part: whoever saves meanwhile comes first.</summary>
    private static readonly TimeSpan Gently = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AuditScope.EnterSystem(nameof(FactsWork));
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
            return await turns.RunAsync(nameof(FactsWork), Turns.Life, FillAsync, stoppingToken);
        }
#pragma warning disable CA1031 // Logged and tried again; a full disk at that moment must not end the program.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(e);
            return false;
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var all = 0;
        for (var some = await facts.FillAsync(cancellationToken); some > 0; some = await facts.FillAsync(cancellationToken))
        {
            all += some;
            await Task.Delay(Gently, cancellationToken);
        }

        if (all > 0)
        {
            Filled(all);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} filings of an older version now count in the figures of the review")]
    private partial void Filled(int count);

    [LoggerMessage(LogLevel.Error, "The figures of the review lack filings of an older version; it is tried again in a minute")]
    private partial void Failed(Exception e);
}
