using System.Globalization;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads the calendar of working days.</summary>
internal static class CalendarData
{
    private const int LongestHoliday = 31;

    public static WorkingDays Read(DataFile file)
    {
        var years = file.Rows<YearRow>("items", y => y.Year.ToString(CultureInfo.InvariantCulture));
        var holidays = new HashSet<DateOnly>();
        var workdays = new HashSet<DateOnly>();
        foreach (var year in years)
        {
            foreach (var holiday in year.Holidays)
            {
                Take(file, year, holiday, holidays);
            }
        }

        foreach (var year in years)
        {
            foreach (var day in year.MakeUpWorkdays)
            {
                var where = $"{year.Year} makeUpWorkdays {day:O}";
                if (!IsOf(year, day) || holidays.Contains(day) || !workdays.Add(day))
                {
                    throw file.Bad(where, "lies in another year, in a holiday, or stands twice");
                }

                if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                {
                    throw file.Bad(where, "is not on a weekend");
                }
            }
        }

        return new WorkingDays(years.Select(y => y.Year), holidays, workdays);
    }

    /// <summary>The days around New Year may lie in the December before.</summary>
    private static bool IsOf(YearRow year, DateOnly day) => day.Year == year.Year || (day.Year == year.Year - 1 && day.Month == 12);

    private static void Take(DataFile file, YearRow year, HolidayRow holiday, HashSet<DateOnly> taken)
    {
        var where = $"{year.Year} '{holiday.Name}' from {holiday.From:O}";
        var days = holiday.To.DayNumber - holiday.From.DayNumber + 1;
        if (days is < 1 or > LongestHoliday)
        {
            throw file.Bad(where, "ends before it begins or lasts over a month");
        }

        if (!IsOf(year, holiday.From) || holiday.To.Year != year.Year)
        {
            throw file.Bad(where, "lies in another year");
        }

        for (var i = 0; i < days; i++)
        {
            if (!taken.Add(holiday.From.AddDays(i)))
            {
                throw file.Bad(where, "overlaps with another holiday");
            }
        }
    }
}
