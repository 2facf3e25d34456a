using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>One allowed move.</summary>
/// <param name="To">The state afterwards, or null for "back to where it was submitted from".</param>
/// <param name="Roles">Who may make it; an admin may do what a reviewer may.</param>
public sealed record Transition(FilingState? To, params Role[] Roles);

/// <summary>
/// Every move a filing can make, and by whom. What has no row is refused. <c>docs/states.md</c> shows the rows, and a test keeps it so.
/// </summary>
public static class FilingTransitions
{
    /// <summary>States in which the applicant may change the form, all of it or what was marked.</summary>
    public static readonly FilingState[] Editable =
        [FilingState.Draft, FilingState.ModificationRequested, FilingState.ProviderRejected, FilingState.AuthorityRejected];

    /// <summary>States in which nothing happens until the applicant acts; 45 days lead back to the draft.</summary>
    public static readonly FilingState[] WaitingForApplicant =
        [FilingState.ModificationRequested, FilingState.ProviderRejected, FilingState.AuthorityRejected, FilingState.SmsFailed];

    private static readonly FilingState[] Claimable = [FilingState.ProviderReview, FilingState.PendingAuthority, FilingState.SmsFailed];

    private static readonly FilingState[] Abandonable =
    [
        FilingState.Draft, FilingState.DraftExpired, FilingState.Checking, FilingState.ModificationRequested, FilingState.ProviderRejected,
        FilingState.PendingAuthority, FilingState.AuthorityRejected, FilingState.SmsFailed,
    ];

    /// <summary>States in which a filing is the account's open one.</summary>
    public static readonly FilingState[] Open =
    [
        FilingState.Draft, FilingState.Checking, FilingState.ProviderReview, FilingState.ModificationRequested, FilingState.ProviderRejected,
        FilingState.PendingAuthority, FilingState.SmsVerification, FilingState.SmsFailed, FilingState.AuthorityReview, FilingState.AuthorityRejected,
    ];

    /// <summary>States in which a call of the review is still to come.</summary>
    public static readonly FilingState[] BeforeTheCall =
        [FilingState.Draft, FilingState.Checking, FilingState.ProviderReview, FilingState.ModificationRequested, FilingState.ProviderRejected];

    /// <summary>States in which staff or the authority promised a date.</summary>
    private static readonly FilingState[] Promised = [FilingState.ProviderReview, FilingState.PendingAuthority, FilingState.AuthorityReview];

    private static readonly FilingAction[] Consequences =
        [FilingAction.RecordEvidence, FilingAction.RejectUnreachable, FilingAction.CompleteSms, FilingAction.FailSms, FilingAction.ConfirmFirst];

    public static readonly FrozenDictionary<(FilingState From, FilingAction Action), Transition> Table = Rows().ToFrozenDictionary(r => (r.From, r.Action), r => r.Transition);

    /// <summary>True when the table has that move for that role.</summary>
    public static bool Allows(FilingState from, FilingAction action, Role role) =>
        Table.TryGetValue((from, action), out var move) && Fits(move, role);

    /// <summary>Names of what that role may ask for in that state, in the order of <see cref="FilingAction"/>; what only follows from another act is left out.</summary>
    public static IReadOnlyList<string> AllowedActions(FilingState state, Role role) =>
        [.. Enum.GetValues<FilingAction>().Where(a => Array.IndexOf(Consequences, a) < 0 && Allows(state, a, role)).Select(NameOf)];

    /// <summary>The action's name as it travels: camelCase.</summary>
    public static string NameOf(FilingAction action) => CamelCase(action.ToString());

    /// <summary>The state's name as it travels and is stored: camelCase.</summary>
    public static string NameOf(FilingState state) => CamelCase(state.ToString());

    /// <inheritdoc cref="NameOf(FilingState)"/>
    public static string NameOf(FilingKind kind) => CamelCase(kind.ToString());

    internal static bool Fits(Transition move, Role role) =>
        Array.IndexOf(move.Roles, role) >= 0 || (role == Role.Admin && Array.IndexOf(move.Roles, Role.Reviewer) >= 0);

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static IEnumerable<(FilingState From, FilingAction Action, Transition Transition)> Rows()
    {
        const Role applicant = Role.Applicant;
        const Role reviewer = Role.Reviewer;
        const Role system = Role.System;

        // Filling in, and mending what was sent back.
        foreach (var editable in Editable)
        {
            yield return (editable, FilingAction.Edit, new(editable, applicant));
            yield return (editable, FilingAction.Submit, new(FilingState.Checking, applicant));
        }

        yield return (FilingState.Draft, FilingAction.ConfirmSubject, new(FilingState.Draft, applicant));
        yield return (FilingState.SmsFailed, FilingAction.Submit, new(FilingState.PendingAuthority, applicant));

        // The checks that take time.
        yield return (FilingState.Checking, FilingAction.PassChecks, new(FilingState.ProviderReview, system));
        yield return (FilingState.Checking, FilingAction.FailChecks, new((FilingState?)null, system));
        yield return (FilingState.Checking, FilingAction.Withdraw, new((FilingState?)null, applicant));
        foreach (var open in Open)
        {
            yield return (open, FilingAction.RecordEvidence, new(open, applicant, reviewer, system));
        }

        // Taking back and giving up.
        yield return (FilingState.ProviderReview, FilingAction.Withdraw, new(FilingState.Draft, applicant));
        yield return (FilingState.PendingAuthority, FilingAction.Withdraw, new(FilingState.Draft, applicant));
        foreach (var state in Abandonable)
        {
            yield return (state, FilingAction.Abandon, new(FilingState.Abandoned, applicant));
        }

        // The provider's review.
        foreach (var state in Claimable)
        {
            yield return (state, FilingAction.Claim, new(state, reviewer));
            yield return (state, FilingAction.Release, new(state, reviewer));
            yield return (state, FilingAction.LapseClaim, new(state, system));
            yield return (state, FilingAction.RequestModification, new(FilingState.ModificationRequested, reviewer));
            yield return (state, FilingAction.Reject, new(FilingState.ProviderRejected, reviewer));
        }

        yield return (FilingState.ProviderReview, FilingAction.LogCall, new(FilingState.ProviderReview, reviewer));
        yield return (FilingState.ProviderReview, FilingAction.RejectUnreachable, new(FilingState.ProviderRejected, reviewer));
        yield return (FilingState.ProviderReview, FilingAction.ConfirmFirst, new(FilingState.ProviderReview, reviewer));
        yield return (FilingState.ProviderReview, FilingAction.Approve, new(FilingState.PendingAuthority, reviewer));
        foreach (var state in BeforeTheCall)
        {
            yield return (state, FilingAction.SetCallWindow, new(state, applicant));
        }

        // The authority: its synchronised state moves the filing, never a guess of ours.
        yield return (FilingState.PendingAuthority, FilingAction.SubmitToAuthority, new(FilingState.SmsVerification, reviewer));
        yield return (FilingState.SmsVerification, FilingAction.RecordSms, new(FilingState.SmsVerification, reviewer));
        yield return (FilingState.SmsVerification, FilingAction.CompleteSms, new(FilingState.AuthorityReview, reviewer));
        yield return (FilingState.SmsVerification, FilingAction.FailSms, new(FilingState.SmsFailed, reviewer, system));
        yield return (FilingState.AuthorityReview, FilingAction.RecordAuthorityApproval, new(FilingState.Approved, reviewer));
        yield return (FilingState.AuthorityReview, FilingAction.RecordAuthorityRejection, new(FilingState.AuthorityRejected, reviewer));

        // Timers.
        yield return (FilingState.Draft, FilingAction.ExpireDraft, new(FilingState.DraftExpired, system));
        yield return (FilingState.Draft, FilingAction.Remind, new(FilingState.Draft, system));
        yield return (FilingState.ProviderReview, FilingAction.Remind, new(FilingState.ProviderReview, system));
        yield return (FilingState.SmsVerification, FilingAction.Remind, new(FilingState.SmsVerification, system));
        yield return (FilingState.Approved, FilingAction.Remind, new(FilingState.Approved, system));

        // A resource may come near its end in any open state.
        yield return (FilingState.Checking, FilingAction.Remind, new(FilingState.Checking, system));
        yield return (FilingState.PendingAuthority, FilingAction.Remind, new(FilingState.PendingAuthority, system));
        yield return (FilingState.AuthorityReview, FilingAction.Remind, new(FilingState.AuthorityReview, system));
        foreach (var promised in Promised)
        {
            yield return (promised, FilingAction.Escalate, new(promised, system));
        }

        foreach (var waiting in WaitingForApplicant)
        {
            yield return (waiting, FilingAction.Remind, new(waiting, system));
            yield return (waiting, FilingAction.ReturnToDraft, new(FilingState.Draft, system));
        }
    }
}
