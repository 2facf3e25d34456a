using Beian.MiniApi.Storage;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Looks after the keys while the program runs: takes a changed ring, keeps the one of before when the change cannot be used, and lets the store keep its data keys.
/// </summary>
public sealed partial class KeyWork(KeyRing ring, RingSource source, IDataKeyStore store, TimeProvider time, ILogger<KeyWork> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            TakeRing();
            await KeepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Takes the ring as it is configured now, when it differs.</summary>
    internal void TakeRing()
    {
        try
        {
            var next = source.Read();
            if (!ring.Keys.IsSameAs(next))
            {
                ring.Replace(next);
                Changed(next.Ids.Count, next.Active);
            }

            _told = null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            if (_told != e.Message)
            {
                _told = e.Message;
                Kept(e.Message);
            }
        }
    }

    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        try
        {
            var kept = await store.KeepAsync(stoppingToken);
            if (kept.Rewrapped > 0 || kept.IsRenewed)
            {
                DataKeysChanged(kept.Rewrapped, store.ActiveId);
            }
        }
#pragma warning disable CA1031 // Logged and tried again in two seconds; a full disk at that moment must not end the program.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotKept(e);
        }
    }

    [LoggerMessage(LogLevel.Information, "The key ring was changed: {Count} keys, {Id} wraps.")]
    private partial void Changed(int count, string id);

    [LoggerMessage(LogLevel.Error, "The changed key ring is not used, the one of before stays: {Fault}")]
    private partial void Kept(string fault);

    [LoggerMessage(LogLevel.Information, "{Count} data keys were wrapped anew; data key {Id} seals.")]
    private partial void DataKeysChanged(int count, int id);

    [LoggerMessage(LogLevel.Error, "The data keys could not be looked after; it is tried again at once")]
    private partial void NotKept(Exception e);
}
