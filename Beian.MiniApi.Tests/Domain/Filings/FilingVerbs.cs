using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>Makes a filing ready for each action, so that nothing but state and role can refuse it, and does the action through its real verb.</summary>
internal static class FilingVerbs
{
    private static readonly FilingState[] Claimable = [FilingState.ProviderReview, FilingState.PendingAuthority, FilingState.SmsFailed];

    private static readonly FilingAction[] OnlyTheProgram =
        [FilingAction.PassChecks, FilingAction.FailChecks, FilingAction.LapseClaim, FilingAction.Remind, FilingAction.ExpireDraft, FilingAction.ReturnToDraft, FilingAction.Escalate];

    /// <summary>When the action is done, later than anything the builders did.</summary>
    private static readonly DateTimeOffset Now = AFiling.ResultAt.AddDays(1);

    /// <summary>False where the verb itself names the program as the actor, so that nobody else can call it.</summary>
    public static bool CanAct(FilingAction action, Role role) => Array.IndexOf(OnlyTheProgram, action) < 0 || role == Role.System;

    public static Filing Ready(FilingState state, FilingAction action, Actor actor)
    {
        var filing = AFiling.In(state, action == FilingAction.ConfirmSubject ? Shape.Added : Shape.TwoPeople);
        if (action == FilingAction.CompleteSms && state == FilingState.SmsVerification)
        {
            filing = RecordSms(filing, "sitePrincipal", true, AFiling.Reviewer).Value;
        }

        if (action is not FilingAction.Claim && Array.IndexOf(Claimable, state) >= 0 && actor.Role is (Role.Reviewer or Role.Admin))
        {
            filing = filing.ClaimFor(actor, Now.AddMinutes(-1)).Value;
        }

        if (state == FilingState.ProviderReview && action is (FilingAction.Approve or FilingAction.ConfirmFirst) && actor.Role is (Role.Reviewer or Role.Admin))
        {
            filing = filing.LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, actor, Now.AddMinutes(-1)).Value;
        }

        return state == FilingState.ProviderReview && action == FilingAction.RejectUnreachable
            ? AFiling.InReview(Shape.TwoPeople).LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, AFiling.Reviewer, Now.AddHours(-1)).Value
            : filing;
    }

    public static Result<Filing> Do(Filing filing, FilingAction action, Actor by) => action switch
    {
        FilingAction.Edit => filing.PutSubjectPrincipal(AForm.OtherPrincipal, filing.Open(), by, Now),
        FilingAction.ConfirmSubject => filing.ConfirmSubject(true, AFiling.Rules, by, Now),
        FilingAction.Submit => filing.Submit([], [], [], "rules-1", by, Now),
        FilingAction.Withdraw => filing.Withdraw(by, Now),
        FilingAction.Abandon => filing.Abandon(null, by, Now),
        FilingAction.RecordEvidence => filing.RecordFaceCheck(AForm.SiteId, AForm.Face(AForm.OtherPrincipal, Now), by),
        FilingAction.PassChecks => filing.PassChecks(Now, Now),
        FilingAction.FailChecks => filing.FailChecks(Now),
        FilingAction.Claim => filing.ClaimFor(by, Now),
        FilingAction.Release => filing.Release(by, Now),
        FilingAction.LogCall => filing.LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, by, Now),
        FilingAction.RejectUnreachable => filing.LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, by, Now),
        FilingAction.Approve => filing.Approve([], [], by, Now),
        FilingAction.ConfirmFirst => filing.Approve([], [], by, Now, needsTwo: true),
        FilingAction.SetCallWindow => filing.SetCallWindow(new CallWindow(new TimeOnly(9, 0), new TimeOnly(12, 0), null), by),
        FilingAction.RequestModification => filing.Reject(true, [], null, by, Now),
        FilingAction.Reject => filing.Reject(false, [], null, by, Now),
        FilingAction.SubmitToAuthority => filing.SubmitToAuthority(AFiling.BothPrincipals, [], by, Now),
        FilingAction.RecordSms or FilingAction.CompleteSms => RecordSms(filing, "subjectPrincipal", true, by),
        FilingAction.FailSms when by.Role == Role.System => filing.Fire(new DueTimer(Now, action, "timeout")),
        FilingAction.FailSms => RecordSms(filing, "subjectPrincipal", false, by),
        FilingAction.RecordAuthorityApproval => AFiling.Approve(filing, AFiling.SubmittedNumbers, by),
        FilingAction.RecordAuthorityRejection => filing.RecordRejection([], "made up", "staff", by, Now),
        FilingAction.LapseClaim or FilingAction.Remind or FilingAction.Escalate or FilingAction.ExpireDraft or FilingAction.ReturnToDraft => filing.Fire(new DueTimer(Now, action, "made up")),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An action that no verb does."),
    };

    private static Result<Filing> RecordSms(Filing filing, string role, bool verified, Actor by) =>
        filing.RecordSms(role, null, verified, verified ? null : "timeout", "staff", AFiling.AuthorityDueAt, by, Now);
}
