using System.Collections.Frozen;

namespace Beian.MiniApi.Domain;

/// <summary>Dates and instants as the authorities count them: China Standard Time, UTC+8 without summer time.</summary>
public static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The date on the wall in Shanghai at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>24:00 in Shanghai of a date, as a UTC instant; the first instant that no longer belongs to it.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => new DateTimeOffset(date.AddDays(1), TimeOnly.MinValue, Offset).ToUniversalTime();
}

/// <summary>
/// Which days are worked, from the State Council's yearly notices. Weekends are free unless made up for; in a year the calendar lacks only weekends are free.
/// </summary>
public sealed class WorkingDays
{
    private readonly FrozenSet<int> _years;
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly FrozenSet<DateOnly> _makeUpDays;

    /// <param name="years">Years the notices cover.</param>
    /// <param name="holidays">Free days, weekends among them or not.</param>
    /// <param name="makeUpDays">Weekend days that are worked.</param>
    public WorkingDays(IEnumerable<int> years, IEnumerable<DateOnly> holidays, IEnumerable<DateOnly> makeUpDays)
    {
        _years = years.ToFrozenSet();
        _holidays = holidays.ToFrozenSet();
        _makeUpDays = makeUpDays.ToFrozenSet();
    }

    /// <summary>False when deadlines in that year ignore holidays, which an operator should hear about.</summary>
    public bool KnowsYear(int year) => _years.Contains(year);

    public bool IsWorkingDay(DateOnly date) =>
        _makeUpDays.Contains(date) || (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_holidays.Contains(date));

    /// <summary>24:00 in Shanghai of the n-th working day after the day of <paramref name="instant"/>, as a UTC instant; n = 0 is the end of that day itself.</summary>
    /// <param name="instant">When the thing happened; its day in Shanghai does not count.</param>
    /// <param name="days">0 to 1,000.</param>
    public DateTimeOffset AddWorkingDays(DateTimeOffset instant, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, 1000);
        var date = ChinaTime.DateOf(instant);
        for (var left = days; left > 0;)
        {
            date = date.AddDays(1);
            left -= IsWorkingDay(date) ? 1 : 0;
        }

        return ChinaTime.EndOf(date);
    }
}
