using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>The dates of a filing with their reasons, as its applicant sees them.</summary>
internal static class DeadlineViews
{
    /// <summary>Puts a code into the caller's language.</summary>
    public delegate TextEntry Wording(string code, IReadOnlyDictionary<string, string> args);

    public static DeadlinesView Of(Filing filing, WorkingDays calendar, Wording words)
    {
        var s = filing.Snapshot;
        var items = Dates(filing, calendar)
            .Select(d => new DeadlineView(d.Code, d.At, words(d.Code, d.Args).Title, Reason(d, calendar, words)));
        return new DeadlinesView(
            s.State == FilingState.Draft ? DraftExpires(s) : null,
            Waits(s) ? ReturnsToDraft(s) : null,
            s.State == FilingState.ProviderReview ? s.DueAt : null,
            s.State == FilingState.SmsVerification ? s.DueAt : null,
            s.State == FilingState.AuthorityReview ? s.DueAt : null)
        {
            Items = [.. items.OrderBy(d => d.At)],
        };
    }

    private static string Reason(Date date, WorkingDays calendar, Wording words)
    {
        var reason = words(date.Code, date.Args).Detail;
        var doubt = date.OnWorkingDays ? Doubt(date.At, calendar, words) : string.Empty;
        return doubt.Length == 0 ? reason : reason + (reason.EndsWith('.') ? " " : string.Empty) + doubt;
    }

    public static CallWindowView Of(CallWindow window) => new(Clock(window.From), Clock(window.To), window.Note);

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset DraftExpires(FilingSnapshot s) => s.LastActivityAt + FilingTimes.DraftIdle;

    private static DateTimeOffset ReturnsToDraft(FilingSnapshot s) => (s.LastActivityAt > s.StateSince ? s.LastActivityAt : s.StateSince) + FilingTimes.ApplicantIdle;

    private static bool Waits(FilingSnapshot s) => Array.IndexOf(FilingTransitions.WaitingForApplicant, s.State) >= 0;

    private static IEnumerable<Date> Dates(Filing filing, WorkingDays calendar)
    {
        var s = filing.Snapshot;
        if (s.State == FilingState.Draft)
        {
            yield return new Date("deadline.draftExpires", DraftExpires(s), "days", (int)FilingTimes.DraftIdle.TotalDays);
        }
        else if (Waits(s))
        {
            yield return new Date("deadline.returnsToDraft", ReturnsToDraft(s), "days", (int)FilingTimes.ApplicantIdle.TotalDays);
        }

        if (CallPlan.Of(s, calendar) is { Attempts: > 0, DueAt: { } callBy } plan)
        {
            yield return new Date("deadline.callAgain", callBy, "attempts", plan.Attempts) { OnWorkingDays = true };
        }

        if (s.DueAt is { } due && Promise(s.State, due) is { } promise)
        {
            yield return promise;
        }

        if (s.State == FilingState.SmsVerification)
        {
            yield return new Date("deadline.smsSecondText", s.StateSince.AddHours(FilingTimes.SmsSecondTextHours), "hours", FilingTimes.SmsSecondTextHours);
        }

        foreach (var term in filing.NearResourceTerms())
        {
            var ends = ChinaTime.DateOf(term.EndsAt.AddTicks(-1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            yield return new Date("deadline.resourceEnding", term.ShortFrom(), "days", term.ShortDays) { And = ("ends", ends) };
        }

        if (filing.PoliceFilingBy() is { } police)
        {
            yield return new Date("deadline.policeFiling", police, "days", FilingTimes.PoliceFilingDays);
        }
    }

    /// <summary>What staff or the authority promised in a state.</summary>
    private static Date? Promise(FilingState state, DateTimeOffset due) => state switch
    {
        FilingState.ProviderReview => new Date("deadline.reviewDue", due, "days", FilingTimes.ReviewWorkingDays) { OnWorkingDays = true },
        FilingState.PendingAuthority => new Date("deadline.handOverDue", due, "hours", (int)FilingTimes.AuthoritySubmission.TotalHours),
        FilingState.SmsVerification => new Date("deadline.smsVerifyBy", due, "hours", (int)FilingTimes.SmsVerification.TotalHours),
        FilingState.AuthorityReview => new Date("deadline.authorityDue", due, "days", FilingTimes.AuthorityWorkingDays) { OnWorkingDays = true },
        _ => null,
    };

    /// <summary>Says that holidays of a year are not known yet, where a date on working days falls into it.</summary>
    private static string Doubt(DateTimeOffset at, WorkingDays calendar, Wording words)
    {
        // 24:00 of the last day of a year belongs to that year.
        var year = ChinaTime.DateOf(at.AddTicks(-1)).Year;
        return calendar.KnowsYear(year)
            ? string.Empty
            : words("deadline.weekendsOnly", Texts.Args(("year", year.ToString(CultureInfo.InvariantCulture)))).Detail;
    }

    private sealed record Date(string Code, DateTimeOffset At, string Name, int Value)
    {
        /// <summary>True when holidays move it.</summary>
        public bool OnWorkingDays { get; init; }

        /// <summary>One more thing that the reason says, or null.</summary>
        public (string Name, string Value)? And { get; init; }

        public IReadOnlyDictionary<string, string> Args => And is { } more ? Texts.Args((Name, Number), more) : Texts.Args((Name, Number));

        private string Number => Value.ToString(CultureInfo.InvariantCulture);
    }
}
