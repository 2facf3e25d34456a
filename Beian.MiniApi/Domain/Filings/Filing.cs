namespace Beian.MiniApi.Domain.Filings;

/// <summary>
/// One filing (备案订单) and what may happen to it. Immutable: every verb answers with the filing as it would be, or with a refusal; saving is the
/// caller's. Reads no clock and makes no ids: both come in as arguments.
/// </summary>
public sealed partial class Filing
{
    /// <summary>Where a filing can be that was never handed in.</summary>
    private static readonly FilingState[] NeverSubmitted = [FilingState.Draft, FilingState.DraftExpired, FilingState.Abandoned];

    private readonly FilingSnapshot _s;

    private Filing(FilingSnapshot snapshot) => _s = snapshot;

    /// <summary>All its values, for stores and views.</summary>
    public FilingSnapshot Snapshot => _s;

    public string Id => _s.Id;

    public FilingState State => _s.State;

    public int Version => _s.Version;

    /// <summary>The store's count of writes, to save against.</summary>
    public int Revision => _s.Revision;

    /// <summary>True when the subject is a person (性质 个人); null until a nature is chosen. The code is the data's.</summary>
    public bool? IsIndividual => _s.Verification.SubjectNature is { } nature ? nature == NatureIndividual : null;

    /// <summary>Code of 个人 in the subject-natures data (工信部备案系统单位性质).</summary>
    public const int NatureIndividual = 5;

    /// <summary>A new draft.</summary>
    /// <param name="id">Opaque id.</param>
    /// <param name="number">Telephone number of the filing, from <see cref="FilingNumber"/>.</param>
    /// <param name="accountId">Whose filing it is.</param>
    /// <param name="by">The user who starts it.</param>
    /// <param name="now">Business time.</param>
    public static Filing Start(string id, string number, string accountId, Actor by, DateTimeOffset now)
    {
        var draft = new Filing(new FilingSnapshot
        {
            Id = id,
            Number = number,
            AccountId = accountId,
            CreatedBy = by.Id,
            CreatedAt = now,
            StateSince = now,
            LastActivityAt = now,
        });
        return draft.WithHolds();
    }

    /// <summary>A new draft that adds a site to a filed subject: what is filed comes along and stays locked.</summary>
    public Filing ForSubject(string subjectId, string subjectNumber, string subjectKey, Verification filed, Subject subject) => new Filing(_s with
    {
        SubjectId = subjectId,
        SubjectKey = subjectKey,
        SubjectNumber = subjectNumber,
        Kind = FilingKind.AddSite,
        Verification = filed with { Domain = null, Resource = null, Status = VerificationStatus.Unverified, DomainChecks = DomainChecks.None },
        Subject = subject,
    }).WithHolds();

    /// <summary>A new draft that begins with another filing's words. Checks, holds, face results and papers are not taken along.</summary>
    /// <param name="other">Where the words come from.</param>
    /// <param name="newId">Makes a site's new id from its old one.</param>
    public Filing CopyOf(Filing other, Func<string, string> newId) => new Filing(_s with
    {
        Verification = _s.SubjectId is not null ? _s.Verification : other._s.Verification with
        {
            Resource = null,
            Status = VerificationStatus.Unverified,
            VerifiedAt = null,
            SubjectResults = [],
            DomainChecks = DomainChecks.None,
        },
        Subject = _s.SubjectId is not null ? _s.Subject : other._s.Subject,
        Sites = [.. other._s.Sites.Select(s => s with { Id = newId(s.Id), FromVerification = false, Resource = null, FaceCheck = null, Checks = DomainChecks.None, Number = null })],
    }).WithHolds();

    /// <summary>A stored filing.</summary>
    /// <exception cref="InvalidOperationException">The row breaks a rule that no verb could have broken; it was damaged.</exception>
    public static Filing Restore(FilingSnapshot snapshot)
    {
        if (snapshot.Version < 1 || snapshot.Id.Length == 0 || snapshot.AccountId.Length == 0)
        {
            throw new InvalidOperationException("A stored filing without id, account or version.");
        }

        if (snapshot.State == FilingState.Checking && snapshot.CameFrom is null)
        {
            throw new InvalidOperationException($"Filing {snapshot.Id} is being checked but came from nowhere.");
        }

        if (!Enum.IsDefined(snapshot.State) || (snapshot.Rounds.Count == 0 && Array.IndexOf(NeverSubmitted, snapshot.State) < 0))
        {
            throw new InvalidOperationException($"Filing {snapshot.Id} stands where only a submission leads, and was never submitted.");
        }

        return new Filing(snapshot);
    }

    /// <summary>Takes the store's new revision after a save.</summary>
    public Filing Saved(int revision) => new(_s with { Revision = revision });

    /// <summary>The site, or null.</summary>
    public Site? FindSite(string siteId) => _s.Sites.FirstOrDefault(s => s.Id == siteId);

    /// <summary>A paper of the form or of any round, or null.</summary>
    public Materials.Material? FindPaper(string materialId) =>
        _s.Materials.Concat(_s.Rounds.SelectMany(r => r.Form.Materials)).FirstOrDefault(m => m.Id == materialId);

    /// <summary>Who answers for the site: its own principal, or the subject's where that is said or the subject is a person.</summary>
    public Person PrincipalOf(Site site) => SharesPrincipal(site) ? _s.Subject.Principal : site.Principal;

    /// <summary>True when the site's principal is the subject's; always so for an individual.</summary>
    public bool SharesPrincipal(Site site) => site.SameAsSubjectPrincipal || IsIndividual == true;

    /// <summary>What that role may ask for now, by name; a subject is confirmed only where a site is added to it.</summary>
    public IReadOnlyList<string> AllowedActions(Role role) =>
        [.. FilingTransitions.AllowedActions(State, role).Where(a => _s.SubjectId is not null || a != FilingTransitions.NameOf(FilingAction.ConfirmSubject))];

    /// <summary>Refuses unless the table has that move for that actor.</summary>
    private DomainError? Refuse(FilingAction action, Actor by)
    {
        if (!FilingTransitions.Table.TryGetValue((State, action), out var move))
        {
            return FilingErrors.StateConflict(State, by.Role);
        }

        return FilingTransitions.Fits(move, by.Role) ? null : FilingErrors.NotYours(action);
    }

    /// <summary>Makes a move of the table: state, history and outbox in one.</summary>
    private Result<Filing> Move(
        FilingAction action,
        Actor by,
        DateTimeOffset now,
        Func<FilingSnapshot, FilingSnapshot>? change = null,
        Func<HistoryEntry, HistoryEntry>? describe = null)
    {
        if (Refuse(action, by) is { } refusal)
        {
            return refusal;
        }

        var to = FilingTransitions.Table[(State, action)].To ?? _s.CameFrom!.Value;
        var entry = new HistoryEntry(_s.History.Count + 1, now, action, by.Role, by.Id, State, to);
        entry = describe is null ? entry : describe(entry);
        var moved = to != State;
        var next = _s with
        {
            State = to,
            StateSince = moved ? now : _s.StateSince,
            Version = moved ? _s.Version + 1 : _s.Version,
            Reminded = moved ? [] : _s.Reminded,
            Claim = moved ? null : _s.Claim,
            DueAt = moved ? null : _s.DueAt,
            Opened = moved ? [.. _s.Opened.Where(p => _s.SubjectId is not null && p.StartsWith("/subject/", StringComparison.Ordinal))] : _s.Opened,
            CameFrom = moved && to != FilingState.Checking ? null : _s.CameFrom,
            History = [.. _s.History, entry],
            Outbox = Tells(action) ? [.. _s.Outbox, new OutboxEntry(entry.Seq, OutboxEntry.Notify)] : _s.Outbox,
        };
        return new Filing(change is null ? next : change(next)).WithHolds();
    }

    /// <summary>Moves that the applicant is told about; what the applicant did a moment ago needs no message.</summary>
    public static bool Tells(FilingAction action) => action is
        FilingAction.PassChecks or FilingAction.FailChecks or FilingAction.RejectUnreachable or FilingAction.Approve or FilingAction.RequestModification
        or FilingAction.Reject or FilingAction.SubmitToAuthority or FilingAction.CompleteSms or FilingAction.FailSms
        or FilingAction.RecordAuthorityApproval or FilingAction.RecordAuthorityRejection or FilingAction.Remind or FilingAction.ExpireDraft
        or FilingAction.ReturnToDraft;

    /// <summary>What is the provider's own business: shown to staff, never to the applicant.</summary>
    public static bool IsInternal(FilingAction action) => action is FilingAction.Escalate or FilingAction.ConfirmFirst;

    /// <summary>Outbox work that has been done.</summary>
    public Filing OutboxDone(IReadOnlyCollection<OutboxEntry> done) => new(_s with { Outbox = [.. _s.Outbox.Where(e => !done.Contains(e))] });

    /// <summary>
    /// What the filing reserves follows from what it is: the account's one open place, the subject, each checked domain and its code or slot. An approved
    /// filing keeps its domains, codes and slots for good; an expired or abandoned one holds nothing.
    /// </summary>
    private Filing WithHolds()
    {
        var open = Array.IndexOf(FilingTransitions.Open, State) >= 0;
        if (!open && State != FilingState.Approved)
        {
            return new Filing(WithContacts(_s) with { Holds = [] });
        }

        var holds = new List<string>();
        if (open)
        {
            holds.Add("open:" + _s.AccountId);
            if (_s.SubjectKey is not null && _s.Verification is { Status: VerificationStatus.Verified, HoldsSubject: true })
            {
                holds.Add("subject:" + _s.SubjectKey);
            }
        }

        if (_s.Verification is { Status: VerificationStatus.Verified, DomainChecks: { IsHeld: true } verified })
        {
            Add(holds, verified);
        }

        if (!open)
        {
            // A number is given once: the subject's by its first filing, each site's by the filing that brought it.
            holds.AddRange(_s.Sites.Select(s => "number:" + s.Number));
            if (_s.SubjectId is null)
            {
                holds.Add("number:" + _s.SubjectNumber);
            }
        }

        foreach (var site in _s.Sites)
        {
            if (!site.FromVerification && site.Checks.IsHeld)
            {
                Add(holds, site.Checks);
            }
        }

        return new Filing(WithContacts(_s) with { Holds = holds });
    }

    private static void Add(List<string> holds, DomainChecks checks)
    {
        if (checks.HoldsDomain)
        {
            holds.Add("domain:" + checks.Domain);
        }

        holds.Add(checks.Binding!.HoldKey);
    }
}
