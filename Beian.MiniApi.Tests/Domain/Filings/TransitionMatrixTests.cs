using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>
/// What every action does in every state for every role, written out. A cell names the roles that may (A applicant, R reviewer, M admin, S system) and
/// where it leads; a role that is not named is refused with <c>filing.actionNotYours</c>, and in a cell with a dot everybody with
/// <c>filing.stateConflict</c>. <c>self</c> stays, <c>from</c> goes back to where the filing was submitted from.
/// </summary>
public sealed class TransitionMatrixTests
{
    private const string Matrix = """
        -                        Draft           DraftExpired Checking         ProviderReview           ModificationRequested ProviderRejected PendingAuthority         SmsVerification    SmsFailed                AuthorityReview      AuthorityRejected Approved Abandoned
        Edit                     A>self          .            .                .                        A>self                A>self           .                        .                  .                        .                    A>self            .        .
        ConfirmSubject           A>self          .            .                .                        .                     .                .                        .                  .                        .                    .                 .        .
        Submit                   A>Checking      .            .                .                        A>Checking            A>Checking       .                        .                  A>PendingAuthority       .                    A>Checking        .        .
        Withdraw                 .               .            A>from           A>Draft                  .                     .                A>Draft                  .                  .                        .                    .                 .        .
        Abandon                  A>Abandoned     A>Abandoned  A>Abandoned      .                        A>Abandoned           A>Abandoned      A>Abandoned              .                  A>Abandoned              .                    A>Abandoned       .        .
        RecordEvidence           ARMS>self       .            ARMS>self        ARMS>self                ARMS>self             ARMS>self        ARMS>self                ARMS>self          ARMS>self                ARMS>self            ARMS>self         .        .
        PassChecks               .               .            S>ProviderReview .                        .                     .                .                        .                  .                        .                    .                 .        .
        FailChecks               .               .            S>from           .                        .                     .                .                        .                  .                        .                    .                 .        .
        Claim                    .               .            .                RM>self                  .                     .                RM>self                  .                  RM>self                  .                    .                 .        .
        Release                  .               .            .                RM>self                  .                     .                RM>self                  .                  RM>self                  .                    .                 .        .
        LapseClaim               .               .            .                S>self                   .                     .                S>self                   .                  S>self                   .                    .                 .        .
        LogCall                  .               .            .                RM>self                  .                     .                .                        .                  .                        .                    .                 .        .
        RejectUnreachable        .               .            .                RM>ProviderRejected      .                     .                .                        .                  .                        .                    .                 .        .
        Approve                  .               .            .                RM>PendingAuthority      .                     .                .                        .                  .                        .                    .                 .        .
        RequestModification      .               .            .                RM>ModificationRequested .                     .                RM>ModificationRequested .                  RM>ModificationRequested .                    .                 .        .
        Reject                   .               .            .                RM>ProviderRejected      .                     .                RM>ProviderRejected      .                  RM>ProviderRejected      .                    .                 .        .
        SubmitToAuthority        .               .            .                .                        .                     .                RM>SmsVerification       .                  .                        .                    .                 .        .
        RecordSms                .               .            .                .                        .                     .                .                        RM>self            .                        .                    .                 .        .
        CompleteSms              .               .            .                .                        .                     .                .                        RM>AuthorityReview .                        .                    .                 .        .
        FailSms                  .               .            .                .                        .                     .                .                        RMS>SmsFailed      .                        .                    .                 .        .
        RecordAuthorityApproval  .               .            .                .                        .                     .                .                        .                  .                        RM>Approved          .                 .        .
        RecordAuthorityRejection .               .            .                .                        .                     .                .                        .                  .                        RM>AuthorityRejected .                 .        .
        Remind                   S>self          .            S>self           S>self                   S>self                S>self           S>self                   S>self             S>self                   S>self               S>self            S>self   .
        ExpireDraft              S>DraftExpired  .            .                .                        .                     .                .                        .                  .                        .                    .                 .        .
        ReturnToDraft            .               .            .                .                        S>Draft               S>Draft          .                        .                  S>Draft                  .                    S>Draft           .        .
        Escalate                 .               .            .                S>self                   .                     .                S>self                   .                  .                        S>self               .                 .        .
        ConfirmFirst             .               .            .                RM>self                  .                     .                .                        .                  .                        .                    .                 .        .
        SetCallWindow            A>self          .            A>self           A>self                   A>self                A>self           .                        .                  .                        .                    .                 .        .
        """;

    private static readonly string[][] Lines = [.. Matrix.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];

    private static readonly Dictionary<Role, char> Letters = new()
    {
        [Role.Applicant] = 'A',
        [Role.Reviewer] = 'R',
        [Role.Admin] = 'M',
        [Role.System] = 'S',
    };

    /// <summary>What follows from something else that somebody asks for: a call, a result, a face check.</summary>
    private static readonly FilingAction[] NeverAskedFor = [FilingAction.RecordEvidence, FilingAction.RejectUnreachable, FilingAction.CompleteSms, FilingAction.FailSms, FilingAction.ConfirmFirst];

    public static TheoryData<FilingState, FilingAction> Cells()
    {
        var cells = new TheoryData<FilingState, FilingAction>();
        foreach (var state in Enum.GetValues<FilingState>())
        {
            foreach (var action in Enum.GetValues<FilingAction>())
            {
                cells.Add(state, action);
            }
        }

        return cells;
    }

    [Fact]
    public void Matrix_OfAllEnums_AnswersEveryTriple()
    {
        Assert.Equal(Enum.GetNames<FilingState>(), Lines[0][1..]);
        Assert.Equal(Enum.GetNames<FilingAction>(), Lines[1..].Select(l => l[0]));
        Assert.All(Lines, l => Assert.Equal(Lines[0].Length, l.Length));
        Assert.Equal(Enum.GetValues<Role>().Order(), Letters.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Table_InACell_GivesTheExpectedAnswerToEveryRole(FilingState state, FilingAction action)
    {
        var (roles, to) = Expected(state, action);

        Assert.All(Letters, l => Assert.Equal(roles.Contains(l.Value), FilingTransitions.Allows(state, action, l.Key)));
        Assert.Equal(to is not null, FilingTransitions.Table.TryGetValue((state, action), out var move));
        if (to is not null)
        {
            Assert.Equal(to == "from" ? null : TargetOf(to, state), move!.To);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Verb_InACell_DoesWhatTheCellSays(FilingState state, FilingAction action)
    {
        var (roles, to) = Expected(state, action);

        foreach (var actor in new[] { AFiling.Applicant, AFiling.Reviewer, AFiling.Admin, Actor.System }.Where(a => FilingVerbs.CanAct(action, a.Role)))
        {
            var filing = FilingVerbs.Ready(state, action, actor);
            Assert.Equal(state, filing.State);
            var done = FilingVerbs.Do(filing, action, actor);

            if (to is null)
            {
                Assert.Equal("filing.stateConflict", done.Error?.Code);
                Assert.Equal(FilingTransitions.NameOf(state), done.Error!.State);
                Assert.Equal(AllowedTo(actor.Role, state), done.Error.AllowedActions);
            }
            else if (!roles.Contains(Letters[actor.Role]))
            {
                Assert.Equal("filing.actionNotYours", done.Error?.Code);
                Assert.Equal(ErrorKind.Forbidden, done.Error!.Kind);
            }
            else
            {
                Assert.Null(done.Error);
                Assert.Equal(TargetOf(to, state), done.Value.State);
            }
        }
    }

    [Fact]
    public void AllowedActions_OfEveryStateAndRole_AreThoseOfTheMatrixThatAreAskedFor() =>
        Assert.All(Enum.GetValues<FilingState>(), s => Assert.All(Enum.GetValues<Role>(), r => Assert.Equal(AllowedTo(r, s), FilingTransitions.AllowedActions(s, r))));

    private static (string Roles, string? To) Expected(FilingState state, FilingAction action)
    {
        var cell = Lines.Single(l => l[0] == action.ToString())[Array.IndexOf(Lines[0], state.ToString())];
        return cell == "." ? (string.Empty, null) : (cell.Split('>')[0], cell.Split('>')[1]);
    }

    /// <summary>Filings that are ready for a cell were submitted from the draft.</summary>
    private static FilingState TargetOf(string to, FilingState state) =>
        to == "self" ? state : to == "from" ? FilingState.Draft : Enum.Parse<FilingState>(to);

    private static IEnumerable<string> AllowedTo(Role role, FilingState state) =>
        Enum.GetValues<FilingAction>().Except(NeverAskedFor).Where(a => Expected(state, a).Roles.Contains(Letters[role])).Select(FilingTransitions.NameOf);
}
