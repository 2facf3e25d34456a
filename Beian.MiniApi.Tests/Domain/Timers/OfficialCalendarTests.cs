using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Timers;

/// <summary>Deadlines counted by hand on the official calendars of 2025 and 2026 (国务院办公厅关于部分节假日安排的通知).</summary>
public sealed class OfficialCalendarTests
{
    /// <param name="start">The clock in Shanghai.</param>
    /// <param name="days">Working days.</param>
    /// <param name="last">The last of them; the deadline is its end.</param>
    [Theory]
    [InlineData("2024-12-31 23:59:59", 1, "2025-01-02")]
    [InlineData("2025-01-01 10:00:00", 2, "2025-01-03")]
    [InlineData("2025-01-24 12:00:00", 2, "2025-01-27")]
    [InlineData("2025-01-27 12:00:00", 2, "2025-02-06")]
    [InlineData("2025-02-07 12:00:00", 1, "2025-02-08")]
    [InlineData("2025-02-07 12:00:00", 2, "2025-02-10")]
    [InlineData("2025-02-28 18:00:00", 1, "2025-03-03")]
    [InlineData("2025-04-03 12:00:00", 1, "2025-04-07")]
    [InlineData("2025-04-25 12:00:00", 2, "2025-04-28")]
    [InlineData("2025-04-30 12:00:00", 2, "2025-05-07")]
    [InlineData("2025-05-30 12:00:00", 1, "2025-06-03")]
    [InlineData("2025-09-26 12:00:00", 2, "2025-09-29")]
    [InlineData("2025-09-30 12:00:00", 2, "2025-10-10")]
    [InlineData("2025-09-30 12:00:00", 3, "2025-10-11")]
    [InlineData("2025-10-11 12:00:00", 1, "2025-10-13")]
    [InlineData("2025-12-31 12:00:00", 2, "2026-01-05")]
    [InlineData("2026-01-02 12:00:00", 1, "2026-01-04")]
    [InlineData("2026-01-30 12:00:00", 20, "2026-03-05")]
    [InlineData("2026-02-13 12:00:00", 2, "2026-02-24")]
    [InlineData("2026-02-13 23:59:59", 1, "2026-02-14")]
    [InlineData("2026-02-14 00:00:00", 1, "2026-02-24")]
    [InlineData("2026-02-14 12:00:00", 2, "2026-02-25")]
    [InlineData("2026-02-27 12:00:00", 1, "2026-02-28")]
    [InlineData("2026-02-27 12:00:00", 2, "2026-03-02")]
    [InlineData("2026-04-03 12:00:00", 1, "2026-04-07")]
    [InlineData("2026-04-30 12:00:00", 2, "2026-05-07")]
    [InlineData("2026-05-08 12:00:00", 1, "2026-05-09")]
    [InlineData("2026-05-08 12:00:00", 2, "2026-05-11")]
    [InlineData("2026-06-18 12:00:00", 1, "2026-06-22")]
    [InlineData("2026-09-01 12:00:00", 20, "2026-09-29")]
    [InlineData("2026-09-18 12:00:00", 2, "2026-09-21")]
    [InlineData("2026-09-24 12:00:00", 1, "2026-09-28")]
    [InlineData("2026-09-30 12:00:00", 2, "2026-10-09")]
    [InlineData("2026-09-30 12:00:00", 3, "2026-10-10")]
    [InlineData("2026-09-30 12:00:00", 4, "2026-10-12")]
    [InlineData("2026-10-03 12:00:00", 0, "2026-10-03")]
    [InlineData("2026-11-20 23:59:59", 1, "2026-11-23")]
    [InlineData("2026-11-21 00:00:00", 1, "2026-11-23")]
    [InlineData("2026-11-22 23:59:59", 1, "2026-11-23")]
    [InlineData("2026-11-23 00:00:00", 1, "2026-11-24")]
    [InlineData("2026-12-01 12:00:00", 20, "2026-12-29")]
    [InlineData("2026-12-10 12:00:00", 20, "2027-01-07")]
    [InlineData("2024-02-28 12:00:00", 1, "2024-02-29")]
    [InlineData("2024-02-29 12:00:00", 2, "2024-03-04")]
    [InlineData("2028-02-28 12:00:00", 1, "2028-02-29")]
    [InlineData("2028-02-29 23:59:59", 1, "2028-03-01")]
    [InlineData("2027-12-31 12:00:00", 1, "2028-01-03")]
    public void AddWorkingDays_FromThatClock_EndsWithThatDay(string start, int days, string last)
    {
        var at = new DateTimeOffset(DateTime.ParseExact(start, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

        var end = TheBook.Shipped.WorkingDays.AddWorkingDays(at, days);

        Assert.Equal(last + " 16:00:00", end.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, end.Offset);
        Assert.Equal(DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture), ChinaTime.DateOf(end.AddTicks(-1)));
    }
}
