namespace Beian.MiniApi.Domain.Filings;

/// <summary>What a reviewer or the authority wants changed, as it was sent: with a JSON pointer into the filing.</summary>
public sealed record FindingDraft(string Pointer, string Reason, string? Suggestion, string? MaterialId);

/// <content>Submission, checks, the provider's review.</content>
public sealed partial class Filing
{
    /// <summary>
    /// Hands the filing in. From a form state it goes to the checks; after a failed SMS step the unchanged filing goes back to the queue for the
    /// authority.
    /// </summary>
    /// <param name="open">Findings of severity error and pending items; anything here refuses.</param>
    /// <param name="agreements">The consents given with this submission.</param>
    /// <param name="contacts">The principals' contacts, to be compared with others' from now on.</param>
    /// <param name="rulesVersion">Version of the rules that found nothing open.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> Submit(
        IReadOnlyList<Finding> open,
        IReadOnlyList<AgreementAcceptance> agreements,
        IReadOnlyList<ContactKey> contacts,
        string rulesVersion,
        Actor by,
        DateTimeOffset now)
    {
        if (Refuse(FilingAction.Submit, by) is { } refusal)
        {
            return refusal;
        }

        if (open.Count > 0)
        {
            return FilingErrors.Incomplete(open);
        }

        var from = State;
        return Move(FilingAction.Submit, by, now, s => s with
        {
            LastActivityAt = now,
            Contacts = contacts,
            CameFrom = from == FilingState.SmsFailed ? null : from,
            DueAt = from == FilingState.SmsFailed ? now + FilingTimes.AuthoritySubmission : s.DueAt,
            Rounds = from == FilingState.SmsFailed
                ? s.Rounds
                :
                [
                    .. s.Rounds,
                    new ReviewRound
                    {
                        Number = s.Rounds.Count + 1,
                        SubmittedAt = now,
                        Form = new SubmittedForm(s.Verification, s.Subject, s.Sites, s.Materials),
                        Agreements = agreements,
                        RulesVersion = rulesVersion,
                    },
                ],
        });
    }

    /// <summary>The checks that take time are done and none failed.</summary>
    /// <param name="dueAt">By when the provider promises to review, from the working-day calendar.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> PassChecks(DateTimeOffset dueAt, DateTimeOffset now) => Move(FilingAction.PassChecks, Actor.System, now, s => s with { DueAt = dueAt });

    /// <summary>A check failed: back to where it was submitted from; the requirements say which field.</summary>
    public Result<Filing> FailChecks(DateTimeOffset now) =>
        Move(FilingAction.FailChecks, Actor.System, now, s => ReopenLast(s, FilingAction.FailChecks, now));

    /// <summary>撤销备案: back to the form, with everything kept.</summary>
    public Result<Filing> Withdraw(Actor by, DateTimeOffset now) =>
        Move(FilingAction.Withdraw, by, now, s => ReopenLast(s, FilingAction.Withdraw, now) with { LastActivityAt = now });

    /// <summary>放弃备案: releases everything; filed data is untouched.</summary>
    public Result<Filing> Abandon(string? reason, Actor by, DateTimeOffset now) =>
        Move(FilingAction.Abandon, by, now, s => EndRunning(s, FilingAction.Abandon, now) with { SmsTargets = [] }, e => e with { Note = reason });

    /// <summary>One reviewer takes the filing; claiming one's own again keeps it alive.</summary>
    public Result<Filing> ClaimFor(Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.Claim, by) is { } refusal)
        {
            return refusal;
        }

        if (_s.Claim is { } claim && claim.ReviewerId != by.Id && now < claim.LastActiveAt + FilingTimes.ClaimIdle)
        {
            return ReviewErrors.ClaimedByOther();
        }

        var since = _s.Claim?.ReviewerId == by.Id ? _s.Claim.ClaimedAt : now;
        return new Filing(_s with { Claim = new Claim(by.Id, since, now) });
    }

    /// <summary>Gives the filing back to the queue. An admin may free anybody's.</summary>
    public Result<Filing> Release(Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.Release, by) is { } refusal)
        {
            return refusal;
        }

        if (_s.Claim is null)
        {
            return this;
        }

        return _s.Claim.ReviewerId == by.Id || by.Role == Role.Admin
            ? new Filing(_s with { Claim = null })
            : ReviewErrors.ClaimedByOther();
    }

    /// <summary>
    /// Logs a call. The second unanswered one, at least an hour after the first, rejects; a wrong number counts as unanswered; an answer starts the
    /// count anew, and so does every round.
    /// </summary>
    public Result<Filing> LogCall(string phone, CallOutcome outcome, string? note, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.LogCall, by) is { } refusal)
        {
            return refusal;
        }

        if (ClaimOf(by, now, mustHold: false) is { } claimed)
        {
            return claimed;
        }

        if (!Phones().Contains(phone))
        {
            return ReviewErrors.UnknownPhone();
        }

        var calls = _s.Rounds[^1].Calls;
        var first = FirstMiss(calls);
        var missed = outcome != CallOutcome.Reached;
        var counted = missed && (first is null || now >= first.At + FilingTimes.CallRetry);
        var call = new ReviewCall(now, by.Id, phone, outcome, note, counted || !missed);
        var logged = new Filing(OnLastRound(Touched(_s, by, now), r => r with { Calls = [.. r.Calls, call] }));
        return counted && first is not null
            ? logged.Move(FilingAction.RejectUnreachable, by, now, s => EndRound(s, FilingAction.RejectUnreachable, now, []), e => e with { Code = "callUnreachable" })
            : logged;
    }

    /// <summary>Passes the provider's review.</summary>
    /// <param name="explanations">Why checks that nobody could run may stay unknown.</param>
    /// <param name="unexplained">Checks still unknown and not explained; anything here refuses.</param>
    /// <param name="by">Who; must hold the claim.</param>
    /// <param name="now">Business time.</param>
    /// <param name="needsTwo">复审: the first approval is only noted and frees the claim; the second, by somebody else, moves the filing on.</param>
    public Result<Filing> Approve(IReadOnlyList<UnknownExplanation> explanations, IReadOnlyList<Finding> unexplained, Actor by, DateTimeOffset now, bool needsTwo = false)
    {
        if (Refuse(FilingAction.Approve, by) is { } refusal)
        {
            return refusal;
        }

        if (ClaimOf(by, now, mustHold: true) is { } claimed)
        {
            return claimed;
        }

        if (!_s.Rounds[^1].Calls.Any(c => c.Outcome == CallOutcome.Reached))
        {
            return ReviewErrors.CallNotReached();
        }

        var first = _s.Rounds[^1].FirstApproval;
        if (needsTwo && first?.By == by.Id)
        {
            return ReviewErrors.SameReviewer();
        }

        if (unexplained.Count > 0)
        {
            return ReviewErrors.UnknownUnexplained(unexplained);
        }

        return needsTwo && first is null
            ? Move(FilingAction.ConfirmFirst, by, now, s => OnLastRound(s, r => r with { FirstApproval = new FirstApproval(by.Id, now, explanations) }) with { Claim = null })
            : Move(
                FilingAction.Approve,
                by,
                now,
                s => OnLastRound(s, r => r with { Explanations = [.. first?.Explanations ?? [], .. explanations] }) with { DueAt = now + FilingTimes.AuthoritySubmission });
    }

    /// <summary>Sends the filing back, for modification or rejected, with the fields that are to be mended; without findings everything is open.</summary>
    public Result<Filing> Reject(bool forModification, IReadOnlyList<FindingDraft> drafts, string? note, Actor by, DateTimeOffset now)
    {
        var action = forModification ? FilingAction.RequestModification : FilingAction.Reject;
        if (Refuse(action, by) is { } refusal)
        {
            return refusal;
        }

        if (ClaimOf(by, now, mustHold: true) is { } claimed)
        {
            return claimed;
        }

        var (findings, errors) = Bind(drafts);
        return errors.Count > 0
            ? ReviewErrors.BadFindings(errors)
            : Move(action, by, now, s => EndRound(s, action, now, findings), e => e with { Findings = findings, Note = note });
    }

    /// <summary>When the applicant wants to be called; null for any time. Neither an edit nor an activity: the form is as it was.</summary>
    public Result<Filing> SetCallWindow(CallWindow? window, Actor by) =>
        Refuse(FilingAction.SetCallWindow, by) is { } refusal ? refusal : new Filing(_s with { CallWindow = window });

    /// <summary>Every number of the filing that a reviewer may call.</summary>
    public IReadOnlyList<string> Phones() =>
        [.. _s.Sites.Select(PrincipalOf).Prepend(_s.Subject.Principal).SelectMany(p => new[] { p.Mobile, p.EmergencyPhone, p.Phone2, p.Landline }).OfType<string>().Where(n => n.Length > 0).Distinct()];

    /// <summary>The first unanswered call since the last answer, or null.</summary>
    internal static ReviewCall? FirstMiss(IReadOnlyList<ReviewCall> calls)
    {
        ReviewCall? first = null;
        foreach (var call in calls)
        {
            first = call.Outcome == CallOutcome.Reached ? null : first ?? call;
        }

        return first;
    }

    /// <summary>Findings with pointers that lead somewhere; the others come back as errors that point into the request.</summary>
    private (IReadOnlyList<ReviewFinding> Findings, IReadOnlyList<Finding> Errors) Bind(IReadOnlyList<FindingDraft> drafts)
    {
        var findings = new List<ReviewFinding>();
        var errors = new List<Finding>();
        for (var i = 0; i < drafts.Count; i++)
        {
            var draft = drafts[i];
            var paper = draft.MaterialId is null ? null : _s.Materials.FirstOrDefault(m => m.Id == draft.MaterialId);
            if (draft.MaterialId is not null && paper is null)
            {
                errors.Add(new Finding($"/findings/{i}/materialId", "review.materialUnknown"));
            }

            if (string.IsNullOrWhiteSpace(draft.Reason))
            {
                errors.Add(new Finding($"/findings/{i}/reason", "review.reasonMissing"));
            }

            var path = PathOfPointer(draft.Pointer, ref paper);
            if (path is null)
            {
                errors.Add(new Finding($"/findings/{i}/pointer", "review.pointerUnknown"));
                continue;
            }

            findings.Add(new ReviewFinding(path, draft.Reason, draft.Suggestion, paper?.Id));
        }

        return (findings, errors);
    }

    private string? PathOfPointer(string pointer, ref Materials.Material? paper)
    {
        if (pointer is "/materials" or "" && paper is not null)
        {
            return FormFields.PathOf(paper);
        }

        const string materials = "/materials/";
        if (pointer.StartsWith(materials, StringComparison.Ordinal))
        {
            paper = int.TryParse(pointer.AsSpan(materials.Length), System.Globalization.NumberStyles.None, null, out var index) && index < _s.Materials.Count
                ? _s.Materials[index]
                : null;
            return paper is null ? null : FormFields.PathOf(paper);
        }

        var path = FormFields.Canonical(pointer, _s.Sites);
        return FormPaths.Exists(path, _s.Sites) ? path : null;
    }

    private DomainError? ClaimOf(Actor by, DateTimeOffset now, bool mustHold)
    {
        var live = _s.Claim is { } claim && now < claim.LastActiveAt + FilingTimes.ClaimIdle ? claim : null;
        if (live is null)
        {
            return mustHold ? ReviewErrors.NotClaimed() : null;
        }

        return live.ReviewerId == by.Id ? null : ReviewErrors.ClaimedByOther();
    }

    private static FilingSnapshot Touched(FilingSnapshot s, Actor by, DateTimeOffset now) =>
        s.Claim is { } claim && claim.ReviewerId == by.Id ? s with { Claim = claim with { LastActiveAt = now } } : s;

    private static FilingSnapshot OnLastRound(FilingSnapshot s, Func<ReviewRound, ReviewRound> change) =>
        s with { Rounds = [.. s.Rounds.Take(s.Rounds.Count - 1), change(s.Rounds[^1])] };

    private static FilingSnapshot EndRound(FilingSnapshot s, FilingAction by, DateTimeOffset now, IReadOnlyList<ReviewFinding> findings) =>
        OnLastRound(s, r => r with { EndedBy = FilingTransitions.NameOf(by), EndedAt = now, Findings = findings });

    /// <summary>Ends the round that still runs, if one does.</summary>
    private static FilingSnapshot EndRunning(FilingSnapshot s, FilingAction by, DateTimeOffset now) =>
        s.Rounds.Count > 0 && s.Rounds[^1].EndedBy is null ? EndRound(s, by, now, []) : s;

    /// <summary>
    /// A submission that was taken back or failed its checks: the round is closed, and what the round before had opened stays open, since the filing is
    /// again where that one had left it.
    /// </summary>
    private static FilingSnapshot ReopenLast(FilingSnapshot s, FilingAction by, DateTimeOffset now)
    {
        var before = s.Rounds.Count > 1 ? s.Rounds[^2] : null;
        var unreachable = s.State != FilingState.Draft && before?.EndedBy == FilingTransitions.NameOf(FilingAction.RejectUnreachable);
        return OnLastRound(s, r => r with
        {
            EndedBy = unreachable ? before!.EndedBy : FilingTransitions.NameOf(by),
            EndedAt = now,
            Findings = s.State == FilingState.Draft ? [] : before?.Findings ?? [],
        });
    }
}
