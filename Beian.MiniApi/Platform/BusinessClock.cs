using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Business time: what deadlines, claims, codes and reminders go by. Real time plus an offset that only the sandbox moves, forward and for good. Tokens,
/// rate limits and outside calls keep to real time.
/// </summary>
public sealed class BusinessClock : TimeProvider
{
    private const string Setting = "clock.offset";

    private readonly ISettingStore _settings;
    private long _offsetTicks;

    public BusinessClock(ISettingStore settings)
    {
        _settings = settings;
        _offsetTicks = settings.Find(Setting) is { } stored ? long.Parse(stored, global::System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>Moves the clock to a later time; an earlier one changes nothing. Remembered across restarts.</summary>
    public async Task MoveToAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        var offset = (to - System.GetUtcNow()).Ticks;
        if (offset > Interlocked.Read(ref _offsetTicks))
        {
            await _settings.SaveAsync(Setting, offset.ToString(global::System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
            Interlocked.Exchange(ref _offsetTicks, offset);
        }
    }
}
