using System.Globalization;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>Until when the resource behind a site is paid for, as the inventory last said.</summary>
/// <param name="EndsAt">When the resource, and a code made out for it, runs out.</param>
/// <param name="ShortDays">How many natural days before the end too little is left.</param>
/// <param name="KnownAt">When this end became known; nobody can be reminded of it before.</param>
public sealed record ResourceTerm(DateTimeOffset EndsAt, int ShortDays, DateTimeOffset KnownAt)
{
    /// <summary>From when on too little is left.</summary>
    public DateTimeOffset ShortFrom() => EndsAt.AddDays(-ShortDays);

    /// <summary>The reminder of this end: one for each day on which something ends, so that neither a save nor a move of the filing brings it again.</summary>
    internal DueTimer Reminder()
    {
        var ends = ChinaTime.DateOf(EndsAt.AddTicks(-1)).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return new DueTimer(ShortFrom() > KnownAt ? ShortFrom() : KnownAt, FilingAction.Remind, "resourceEnding." + ends);
    }

    /// <summary>What is known now.</summary>
    /// <param name="before">What was known before, or null; kept as it is where it says the same.</param>
    /// <param name="endsAt">The end, or null for a resource without one.</param>
    /// <param name="minDays">Days that the type of the resource must have left; 0 for none.</param>
    /// <param name="now">Business time.</param>
    public static ResourceTerm? Of(ResourceTerm? before, DateTimeOffset? endsAt, int minDays, DateTimeOffset now)
    {
        var days = minDays > 0 ? minDays : FilingTimes.ResourceShortDays;
        return endsAt is not { } end ? null : before is not null && before.EndsAt == end && before.ShortDays == days ? before : new ResourceTerm(end, days, now);
    }
}
