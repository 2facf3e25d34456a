using System.Globalization;

namespace Beian.MiniApi.Tests.Domain.Timers;

/// <summary>
/// Counts working days the slow way, with nothing of the program: the days off typed from the State Council's notices (国办发明电〔2024〕12号 and 〔2025〕7号),
/// the day of the week by Zeller's congruence, the day in Shanghai by adding eight hours, one day after the other.
/// </summary>
internal static class SlowCalendar
{
    private const string Off = """
        2025-01-01
        2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 2025-02-03 2025-02-04
        2025-04-04 2025-04-05 2025-04-06
        2025-05-01 2025-05-02 2025-05-03 2025-05-04 2025-05-05
        2025-05-31 2025-06-01 2025-06-02
        2025-10-01 2025-10-02 2025-10-03 2025-10-04 2025-10-05 2025-10-06 2025-10-07 2025-10-08
        2026-01-01 2026-01-02 2026-01-03
        2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-21 2026-02-22 2026-02-23
        2026-04-04 2026-04-05 2026-04-06
        2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05
        2026-06-19 2026-06-20 2026-06-21
        2026-09-25 2026-09-26 2026-09-27
        2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 2026-10-07
        """;

    private const string Worked = "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10";

    public static readonly string[] DaysOff = Off.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public static readonly string[] DaysWorked = Worked.Split(' ');

    /// <summary>The end of the n-th working day after the day on which it happened, as UTC.</summary>
    public static DateTime End(DateTime utc, int workingDays)
    {
        var (year, month, day) = InShanghai(utc);
        for (var left = workingDays; left > 0;)
        {
            (year, month, day) = Next(year, month, day);
            if (IsWorked(year, month, day))
            {
                left--;
            }
        }

        return EndOfDay(year, month, day);
    }

    /// <summary>The end of the n-th calendar day after the day on which it happened, as UTC.</summary>
    public static DateTime EndOfCalendarDay(DateTime utc, int days)
    {
        var (year, month, day) = InShanghai(utc);
        for (var i = 0; i < days; i++)
        {
            (year, month, day) = Next(year, month, day);
        }

        return EndOfDay(year, month, day);
    }

    /// <summary>Whether that day in Shanghai is worked; of a year without a notice, whether it is no weekend.</summary>
    public static bool IsWorked(int year, int month, int day)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}");
        return DaysWorked.Contains(text) || (Weekday(year, month, day) is not (0 or 6) && !DaysOff.Contains(text));
    }

    public static (int Year, int Month, int Day) InShanghai(DateTime utc)
    {
        var local = utc.AddHours(8);
        return (local.Year, local.Month, local.Day);
    }

    /// <summary>The day in Shanghai as eight digits.</summary>
    public static string DateOf(DateTime utc)
    {
        var (year, month, day) = InShanghai(utc);
        return string.Create(CultureInfo.InvariantCulture, $"{year:0000}{month:00}{day:00}");
    }

    /// <summary>0 for Sunday, 6 for Saturday.</summary>
    public static int Weekday(int year, int month, int day)
    {
        var (m, y) = month < 3 ? (month + 12, year - 1) : (month, year);
        var h = (day + (13 * (m + 1) / 5) + y + (y / 4) - (y / 100) + (y / 400)) % 7;
        return (h + 6) % 7;
    }

    private static (int Year, int Month, int Day) Next(int year, int month, int day)
    {
        if (day < Length(year, month))
        {
            return (year, month, day + 1);
        }

        return month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1);
    }

    private static int Length(int year, int month) => month switch
    {
        2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>24:00 in Shanghai is 16:00 of the same date in Greenwich.</summary>
    private static DateTime EndOfDay(int year, int month, int day) => new(year, month, day, 16, 0, 0, DateTimeKind.Utc);
}
