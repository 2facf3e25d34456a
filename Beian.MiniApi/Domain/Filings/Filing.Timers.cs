using System.Globalization;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>Something that is to happen by itself.</summary>
/// <param name="At">When, in business time.</param>
/// <param name="Action">What.</param>
/// <param name="Code">Which reminder or reason, as a code.</param>
public sealed record DueTimer(DateTimeOffset At, FilingAction Action, string Code);

/// <content>Timers.</content>
public sealed partial class Filing
{
    private const string SecondText = "smsSecondText.12";
    private const string SecondTextBefore = "smsWaiting.12";

    /// <summary>The next thing that happens by itself if nobody acts, or null. Follows from the state alone; nothing is scheduled anywhere.</summary>
    public DueTimer? NextTimer() => Timers().MinBy(t => t.At);

    /// <summary>Lets a timer happen.</summary>
    /// <param name="timer">From <see cref="NextTimer"/>; its time is taken as now.</param>
    public Result<Filing> Fire(DueTimer timer)
    {
        var now = timer.At;
        return timer.Action switch
        {
            FilingAction.LapseClaim => Refuse(FilingAction.LapseClaim, Actor.System) is { } refusal ? refusal : new Filing(_s with { Claim = null }),
            FilingAction.Remind or FilingAction.Escalate => Move(
                timer.Action,
                Actor.System,
                now,
                s => s with { Reminded = [.. s.Reminded, timer.Code] },
                e => e with { Code = timer.Code }),
            FilingAction.ReturnToDraft => Move(FilingAction.ReturnToDraft, Actor.System, now, s => EndRunning(s, FilingAction.ReturnToDraft, now) with { LastActivityAt = now }, e => e with { Code = timer.Code }),
            _ => Move(timer.Action, Actor.System, now, null, e => e with { Code = timer.Code }),
        };
    }

    private IEnumerable<DueTimer> Timers()
    {
        if (_s.Claim is { } claim)
        {
            yield return new DueTimer(claim.LastActiveAt + FilingTimes.ClaimIdle, FilingAction.LapseClaim, "claimLapse");
        }

        var reminders = State switch
        {
            FilingState.Draft => FilingTimes.DraftReminderDays.Select(d => (_s.LastActivityAt.AddDays(d), $"draftExpiring.{d}")),
            FilingState.SmsVerification => FilingTimes.SmsReminderHours.Select(h => (_s.StateSince.AddHours(h), $"{(h == FilingTimes.SmsSecondTextHours ? "smsSecondText" : "smsWaiting")}.{h}")),
            FilingState.Approved => FilingTimes.PoliceReminderDays.Select(d => (_s.StateSince.AddDays(d), $"policeFiling.{d}")),
            FilingState.ProviderReview => CallReminder(),
            _ when Array.IndexOf(FilingTransitions.WaitingForApplicant, State) >= 0 =>
                FilingTimes.RejectionReminderDays.Select(d => (_s.StateSince.AddDays(d), $"waitingForYou.{d}")),
            _ => [],
        };
        foreach (var (at, code) in reminders)
        {
            // Before the second text had words of its own, its reminder was one like the others.
            if (!_s.Reminded.Contains(code) && !(code == SecondText && _s.Reminded.Contains(SecondTextBefore)))
            {
                yield return new DueTimer(at, FilingAction.Remind, code);
            }
        }

        foreach (var ending in ResourceReminders())
        {
            yield return ending;
        }

        if (Escalation() is { } late && !_s.Reminded.Contains(late.Code))
        {
            yield return late;
        }

        if (State == FilingState.Draft)
        {
            yield return new DueTimer(_s.LastActivityAt + FilingTimes.DraftIdle, FilingAction.ExpireDraft, "draftIdle");
        }
        else if (State == FilingState.SmsVerification)
        {
            yield return new DueTimer(_s.StateSince + FilingTimes.SmsVerification, FilingAction.FailSms, "timeout");
        }
        else if (Array.IndexOf(FilingTransitions.WaitingForApplicant, State) >= 0)
        {
            yield return new DueTimer(LastAct() + FilingTimes.ApplicantIdle, FilingAction.ReturnToDraft, "applicantIdle");
        }
    }

    /// <summary>The 45 days run from the rejection, or from the applicant's last save after it.</summary>
    private DateTimeOffset LastAct() => _s.LastActivityAt > _s.StateSince ? _s.LastActivityAt : _s.StateSince;

    /// <summary>By when the site must be filed with public security; null before the approval.</summary>
    public DateTimeOffset? PoliceFilingBy() =>
        State == FilingState.Approved ? ChinaTime.EndOf(ChinaTime.DateOf(_s.StateSince).AddDays(FilingTimes.PoliceFilingDays)) : null;

    /// <summary>When what was promised in this state was not kept, or null when it was or nothing was promised.</summary>
    public DateTimeOffset? EscalatedAt() => _s.History.LastOrDefault(e => e.Action == FilingAction.Escalate && e.At >= _s.StateSince && e.To == State)?.At;

    /// <summary>What happens once when the promised date has passed. The SMS step has a timer of its own.</summary>
    private DueTimer? Escalation() => (State, _s.DueAt) switch
    {
        (FilingState.ProviderReview, { } due) => new DueTimer(due, FilingAction.Escalate, "reviewOverdue"),
        (FilingState.PendingAuthority, { } due) => new DueTimer(due, FilingAction.Escalate, "handOverOverdue"),
        (FilingState.AuthorityReview, { } due) => new DueTimer(due, FilingAction.Escalate, "authorityOverdue"),
        _ => null,
    };

    private IEnumerable<(DateTimeOffset At, string Code)> CallReminder()
    {
        var calls = _s.Rounds[^1].Calls;
        if (FirstMiss(calls) is { } missed)
        {
            yield return (missed.At + FilingTimes.CallRetry, "callAgain." + calls.Count.ToString(CultureInfo.InvariantCulture));
        }
    }
}
