using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>One thing that happened, kept for ever.</summary>
/// <param name="Seq">1, 2, 3 … within the filing.</param>
/// <param name="At">Business time.</param>
/// <param name="Action">What happened.</param>
/// <param name="Role">In which capacity.</param>
/// <param name="ActorId">Id of the user or member of staff; the applicant never sees it.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
public sealed record HistoryEntry(int Seq, DateTimeOffset At, FilingAction Action, Role Role, string ActorId, FilingState From, FilingState To)
{
    /// <summary>Which reminder, timer or reason, as a code with texts; null when the action says it.</summary>
    public string? Code { get; init; }

    /// <summary>What the reviewer or authority wants changed; empty otherwise.</summary>
    public IReadOnlyList<ReviewFinding> Findings { get; init; } = [];

    /// <summary>Who told us of the authority's act, such as <c>staff</c> or <c>import</c>; null where the role says it.</summary>
    public string? Source { get; init; }

    /// <summary>Free words that came with it, such as the authority's reason; null otherwise.</summary>
    public string? Note { get; init; }
}

/// <summary>Work that a saved change leaves for afterwards; done at least once, and harmless when done twice.</summary>
/// <param name="Seq">The history entry it comes from.</param>
/// <param name="Kind"><c>notify</c> or <c>projectSubject</c>.</param>
public sealed record OutboxEntry(int Seq, string Kind)
{
    public const string Notify = "notify";
    public const string ProjectSubject = "projectSubject";
}

/// <summary>One thing a reviewer or the authority wants changed.</summary>
/// <param name="Path">Canonical path: like a JSON pointer into the filing, with site ids instead of indexes; empty for the whole.</param>
/// <param name="Reason">Why.</param>
/// <param name="Suggestion">What to do, or null.</param>
/// <param name="MaterialId">The paper it is about, or null.</param>
public sealed record ReviewFinding(string Path, string Reason, string? Suggestion, string? MaterialId);

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    Reached = 1,
    NoAnswer = 2,
    WrongNumber = 3,
}

/// <summary>One telephone call of the review.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who called.</param>
/// <param name="Phone">One of the filing's numbers.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Note">What was said, or null.</param>
/// <param name="Counted">False for an unanswered call less than an hour after the first: logged only.</param>
public sealed record ReviewCall(DateTimeOffset At, string By, string Phone, CallOutcome Outcome, string? Note, bool Counted);

/// <summary>A note that explains why a check nobody could run may stay unknown.</summary>
public sealed record UnknownExplanation(string Check, string? SiteId, string Note);

/// <summary>复审: the first of two approvals.</summary>
/// <param name="By">Who; the second one must be somebody else.</param>
/// <param name="At">When.</param>
/// <param name="Explanations">What the first reviewer said of checks that stayed unknown; they count for the second approval too.</param>
public sealed record FirstApproval(string By, DateTimeOffset At, IReadOnlyList<UnknownExplanation> Explanations);

/// <summary>When the applicant wants to be called, on working days in Shanghai.</summary>
/// <param name="From">First minute.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="Note">What the reviewer should know, or null.</param>
public sealed record CallWindow(TimeOnly From, TimeOnly To, string? Note);

/// <summary>The form as it was handed in.</summary>
public sealed record SubmittedForm(Verification Verification, Subject Subject, IReadOnlyList<Site> Sites, IReadOnlyList<Material> Materials);

/// <summary>Consent to one text in one version.</summary>
public sealed record AgreementAcceptance(string Id, string Version, DateTimeOffset AcceptedAt);

/// <summary>One submission and all that came of it.</summary>
public sealed record ReviewRound
{
    public required int Number { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required SubmittedForm Form { get; init; }

    public IReadOnlyList<AgreementAcceptance> Agreements { get; init; } = [];

    /// <summary>Version of the rules that judged this submission; a later rule does not change what it meant.</summary>
    public required string RulesVersion { get; init; }

    public IReadOnlyList<ReviewCall> Calls { get; init; } = [];

    public IReadOnlyList<UnknownExplanation> Explanations { get; init; } = [];

    /// <summary>The first of two approvals; null where one is enough or none was given.</summary>
    public FirstApproval? FirstApproval { get; init; }

    /// <summary>How the round ended, as the action's name; null while it runs.</summary>
    public string? EndedBy { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public IReadOnlyList<ReviewFinding> Findings { get; init; } = [];
}

/// <summary>Who is reviewing, and since when without doing anything.</summary>
public sealed record Claim(string ReviewerId, DateTimeOffset ClaimedAt, DateTimeOffset LastActiveAt);

/// <summary>One principal who must verify by SMS.</summary>
/// <param name="Role"><c>subjectPrincipal</c> or <c>sitePrincipal</c>.</param>
/// <param name="SiteId">The site, for a site principal.</param>
/// <param name="Group">Principals with one mobile share a group: one code verifies them all.</param>
/// <param name="VerifiedAt">When the authority's system said so; null before.</param>
public sealed record SmsTarget(string Role, string? SiteId, int Group, DateTimeOffset? VerifiedAt);

/// <summary>Everything that is stored of a filing, as plain values. Only <see cref="Filing"/> changes one.</summary>
public sealed record FilingSnapshot
{
    public required string Id { get; init; }

    /// <summary>For the telephone: digits only, the last one a check digit.</summary>
    public required string Number { get; init; }

    public required string AccountId { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The filed subject to which a site is added; null for a first filing.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Null until verified.</summary>
    public FilingKind? Kind { get; init; }

    public FilingState State { get; init; } = FilingState.Draft;

    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Last save or submission by the applicant; starts the idle timers.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>Grows with applicant edits and state changes only.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The store's own count of writes.</summary>
    public int Revision { get; init; }

    /// <summary>Where it was submitted from, while checking.</summary>
    public FilingState? CameFrom { get; init; }

    public bool SubjectConfirmed { get; init; }

    public Verification Verification { get; init; } = new();

    public Subject Subject { get; init; } = new();

    public IReadOnlyList<Site> Sites { get; init; } = [];

    public IReadOnlyList<Material> Materials { get; init; } = [];

    public IReadOnlyList<ReviewRound> Rounds { get; init; } = [];

    public Claim? Claim { get; init; }

    /// <summary>When the applicant wants to be called; null for any time.</summary>
    public CallWindow? CallWindow { get; init; }

    public IReadOnlyList<SmsTarget> SmsTargets { get; init; } = [];

    public DateTimeOffset? AuthoritySubmittedAt { get; init; }

    /// <summary>By when staff or the authority are expected to act in this state; null where nobody promised anything.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>主体备案号: known from the start when a site is added, else once approved.</summary>
    public string? SubjectNumber { get; init; }

    /// <summary>Reminders already sent in this state, so that none is sent twice.</summary>
    public IReadOnlyList<string> Reminded { get; init; } = [];

    /// <summary>Fields the applicant has mended since the filing came back, or added to a filed subject: they stay open, or a slip could not be corrected.</summary>
    public IReadOnlyList<string> Opened { get; init; } = [];

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    public IReadOnlyList<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>What this filing reserves; unique over all filings.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>Digest of the subject's certificate, for the hold that keeps one open filing per subject; null until verified.</summary>
    public string? SubjectKey { get; init; }

    /// <summary>Contacts of the principals as they were handed in last; others are compared with them. Empty in a draft and after the end.</summary>
    public IReadOnlyList<ContactKey> Contacts { get; init; } = [];

    /// <summary>Contacts found with another customer's subject when it was last asked, each with its field; dropped when that field changes.</summary>
    public IReadOnlyList<CheckResult> ContactResults { get; init; } = [];

    /// <summary>What the content safety said of the published texts when it was last asked; one about a text that has changed since counts for nothing.</summary>
    public IReadOnlyList<TextJudgement> TextResults { get; init; } = [];

    /// <summary>When the authority's state was last synchronised and from where; null before.</summary>
    public DateTimeOffset? SynchronisedAt { get; init; }

    public string? SynchronisedFrom { get; init; }
}
