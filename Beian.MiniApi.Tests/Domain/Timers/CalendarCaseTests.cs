using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Timers;

/// <summary>Every timer of a filing around weekends, holidays, make-up days, the leap day, year ends and midnight in Shanghai, against a slow count of its own.</summary>
public sealed class CalendarCaseTests
{
    private static readonly WorkingDays Calendar = TheBook.Shipped.WorkingDays;

    /// <summary>A day in Shanghai and what is special about it; each is begun around its midnights.</summary>
    private static readonly (string Day, string Why)[] Days =
    [
        ("2024-02-28", "leap"), ("2024-02-29", "leap"), ("2028-02-28", "leap"), ("2028-02-29", "leap"), ("2027-02-28", "leap"),
        ("2024-12-31", "yearEnd"), ("2025-12-31", "yearEnd"), ("2026-12-31", "yearEnd"), ("2027-12-31", "yearEnd"), ("2026-12-03", "yearEnd"),
        ("2026-11-20", "weekend"), ("2026-11-21", "weekend"), ("2026-11-22", "weekend"), ("2026-11-23", "weekend"), ("2026-08-14", "weekend"),
        ("2025-01-27", "holiday"), ("2025-01-28", "holiday"), ("2025-02-04", "holiday"), ("2025-04-03", "holiday"), ("2025-04-30", "holiday"), ("2025-05-05", "holiday"),
        ("2025-05-30", "holiday"), ("2025-09-30", "holiday"), ("2025-10-08", "holiday"), ("2026-01-01", "holiday"), ("2026-01-03", "holiday"), ("2026-02-13", "holiday"),
        ("2026-02-23", "holiday"), ("2026-04-03", "holiday"), ("2026-04-30", "holiday"), ("2026-06-18", "holiday"), ("2026-09-24", "holiday"), ("2026-09-30", "holiday"), ("2026-10-07", "holiday"),
        ("2025-01-25", "makeUp"), ("2025-01-26", "makeUp"), ("2025-02-08", "makeUp"), ("2025-04-27", "makeUp"), ("2025-09-28", "makeUp"), ("2025-10-11", "makeUp"),
        ("2026-01-04", "makeUp"), ("2026-02-14", "makeUp"), ("2026-02-28", "makeUp"), ("2026-05-09", "makeUp"), ("2026-09-20", "makeUp"), ("2026-10-10", "makeUp"),
    ];

    /// <summary>Seconds after the day began in Shanghai.</summary>
    private static readonly int[] Moments = [-1, 0, 1, 12 * 3600, (24 * 3600) - 1];

    private static readonly string[] Kinds = ["review", "handOver", "authority", "draft", "waiting", "sms", "police", "resource", "call"];

    public static TheoryData<string, string, string> Generated()
    {
        var cases = new TheoryData<string, string, string>();
        var n = 0;
        foreach (var (day, why) in Days)
        {
            foreach (var moment in Moments)
            {
                // Two or three kinds at each moment, all kinds over each day.
                for (var k = 0; k < 3; k++, n++)
                {
                    var start = DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(-8).AddSeconds(moment);
                    cases.Add(Kinds[n % Kinds.Length], start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), why);
                }
            }
        }

        return cases;
    }

    [Fact]
    public void Generated_Cases_CoverWhatIsHard()
    {
        var cases = Generated();

        Assert.True(cases.Count >= 500, $"Only {cases.Count} cases.");
        Assert.Equal(Kinds.Order(StringComparer.Ordinal), Days.SelectMany((_, d) => Enumerable.Range(d * 15, 15).Select(n => Kinds[n % Kinds.Length])).Distinct().Order(StringComparer.Ordinal));
        Assert.All(new[] { "leap", "yearEnd", "weekend", "holiday", "makeUp" }, why => Assert.True(Days.Count(d => d.Why == why) >= 5));
        Assert.Equal(28 + 33, SlowCalendar.DaysOff.Length);
        Assert.Equal((6, 0, 2), (SlowCalendar.Weekday(2026, 11, 21), SlowCalendar.Weekday(2026, 11, 22), SlowCalendar.Weekday(2028, 2, 29)));
    }

    [Theory]
    [MemberData(nameof(Generated))]
    public void Timers_FromThatMoment_AreThoseOfTheSlowCount(string kind, string start, string why)
    {
        var utc = DateTime.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        var at = new DateTimeOffset(utc, TimeSpan.Zero);

        var (expected, actual) = kind switch
        {
            "review" => (At(SlowCalendar.End(utc, 2), "reviewOverdue"), Fired(At(FilingState.ProviderReview, at, Calendar.AddWorkingDays(at, FilingTimes.ReviewWorkingDays)))),
            "authority" => (At(SlowCalendar.End(utc, 20), "authorityOverdue"), Fired(At(FilingState.AuthorityReview, at, Calendar.AddWorkingDays(at, FilingTimes.AuthorityWorkingDays)))),
            "handOver" => (At(utc.AddSeconds(86400), "handOverOverdue"), Fired(At(FilingState.PendingAuthority, at, at + FilingTimes.AuthoritySubmission))),
            "draft" => (
                [.. At(utc.AddSeconds(23 * 86400), "draftExpiring.23"), .. At(utc.AddSeconds(29 * 86400), "draftExpiring.29"), .. At(utc.AddSeconds(30 * 86400), "draftIdle")],
                Fired(At(FilingState.Draft, at, null))),
            "waiting" => (
                [
                    .. At(utc.AddSeconds(5 * 86400), "waitingForYou.5"), .. At(utc.AddSeconds(10 * 86400), "waitingForYou.10"), .. At(utc.AddSeconds(15 * 86400), "waitingForYou.15"),
                    .. At(utc.AddSeconds(45 * 86400), "applicantIdle"),
                ],
                Fired(At(FilingState.ModificationRequested, at, null), 4)),
            "sms" => (
                [
                    .. At(utc.AddSeconds(3600), "smsWaiting.1"), .. At(utc.AddSeconds(6 * 3600), "smsWaiting.6"), .. At(utc.AddSeconds(12 * 3600), "smsSecondText.12"),
                    .. At(utc.AddSeconds(20 * 3600), "smsWaiting.20"), .. At(utc.AddSeconds(86400), "timeout"),
                ],
                Fired(At(FilingState.SmsVerification, at, at + FilingTimes.SmsVerification), 5)),
            "police" => (
                [.. At(utc.AddSeconds(20 * 86400), "policeFiling.20"), .. At(utc.AddSeconds(27 * 86400), "policeFiling.27"), .. At(SlowCalendar.EndOfCalendarDay(utc, 30), "by")],
                [.. Fired(At(FilingState.Approved, at, null)), .. At(At(FilingState.Approved, at, null).PoliceFilingBy()!.Value.UtcDateTime, "by")]),
            "resource" => (
                At(utc.AddSeconds(2 * 86400), "resourceEnding." + SlowCalendar.DateOf(utc.AddSeconds((32 * 86400) - 1))),
                Fired(At(FilingState.Checking, at, null).RecordTerm("ins-1", at.AddDays(32), 0, at)!)),
            _ => (At(SlowCalendar.End(utc, 1).AddHours(-6), "call"), At(Missed(at).DueAt!.Value.UtcDateTime, "call")),
        };

        Assert.True(expected.SequenceEqual(actual), $"{kind} from {start} ({why}): expected {string.Join(", ", expected)}, was {string.Join(", ", actual)}");
    }

    /// <summary>The next call lies in the window on a working day, an hour after the miss at the earliest, and not after its deadline.</summary>
    [Theory]
    [MemberData(nameof(Generated))]
    public void NextCall_AfterAMissAtThatMoment_LiesInTheWindowOnAWorkingDay(string kind, string start, string why)
    {
        var miss = DateTime.Parse(start, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

        var plan = Missed(new DateTimeOffset(miss, TimeSpan.Zero));

        var next = plan.NextFrom.UtcDateTime;
        var (year, month, day) = SlowCalendar.InShanghai(next);
        Assert.True(SlowCalendar.IsWorked(year, month, day), $"{kind} {why}: {next:O} is no working day.");
        Assert.InRange(next.AddHours(8).TimeOfDay, TimeSpan.FromHours(9), TimeSpan.FromHours(18));
        Assert.InRange(next, miss.AddHours(1), plan.DueAt!.Value.UtcDateTime);
    }

    private static (string At, string Code)[] At(DateTime utc, string code) => [(utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), code)];

    private static (string At, string Code)[] Fired(Filing filing, int most = 50) =>
        [.. filing.PassTime(filing.Snapshot.StateSince.AddDays(400)).Fired.Take(most).SelectMany(t => At(t.At.UtcDateTime, t.Code))];

    /// <summary>A filing that came into the state at that moment.</summary>
    private static Filing At(FilingState state, DateTimeOffset since, DateTimeOffset? dueAt) =>
        Filing.Restore(AFiling.In(state).Snapshot with { StateSince = since, LastActivityAt = since, DueAt = dueAt, Claim = null, Reminded = [] });

    private static CallPlan Missed(DateTimeOffset at) =>
        CallPlan.Of(At(FilingState.ProviderReview, at, null).LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, AFiling.Reviewer, at).Value.Snapshot, Calendar)!;
}
