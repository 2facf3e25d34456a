using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A filing in every state, each made from the one before by the real verbs, an hour apart where time matters.</summary>
internal static class AFiling
{
    public const string SubjectNumber = "浙ICP备20260001号";

    /// <summary>Twelve o'clock in China on a Saturday; the draft is started and filled in now.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    public static readonly DateTimeOffset SubmittedAt = Noon.AddHours(1);
    public static readonly DateTimeOffset ReviewSince = Noon.AddHours(2);
    public static readonly DateTimeOffset ClaimedAt = Noon.AddHours(3);
    public static readonly DateTimeOffset CalledAt = ClaimedAt.AddMinutes(5);
    public static readonly DateTimeOffset DecidedAt = ClaimedAt.AddMinutes(10);
    public static readonly DateTimeOffset HandedOverAt = Noon.AddHours(4);
    public static readonly DateTimeOffset SmsAt = Noon.AddHours(5);
    public static readonly DateTimeOffset ResultAt = Noon.AddDays(9);

    public static readonly DateTimeOffset ReviewDueAt = Noon.AddDays(3);
    public static readonly DateTimeOffset AuthorityDueAt = Noon.AddDays(28);

    public static readonly Actor Applicant = new(Role.Applicant, "user-1");
    public static readonly Actor Reviewer = new(Role.Reviewer, "reviewer-1");
    public static readonly Actor Colleague = new(Role.Reviewer, "reviewer-2");
    public static readonly Actor Admin = new(Role.Admin, "admin-1");

    /// <summary>The rules of the province where everything here is filed.</summary>
    public static readonly RuleSet Rules = TheBook.Rules.For("330000", new DateOnly(2026, 11, 21));

    public static readonly string[] BothPrincipals = ["subjectPrincipal", "sitePrincipal"];

    /// <summary>What may change now, when the requirements name nothing.</summary>
    public static OpenFields Open(this Filing filing) => OpenFields.Of(filing.Snapshot, []);

    /// <summary>What may change now, with what the requirements name.</summary>
    public static OpenFields OpenWithDue(this Filing filing, Shape? shape = null) =>
        OpenFields.Of(filing.Snapshot, Requirements.Of(filing, AForm.Context(shape)).DuePaths(filing.Snapshot));

    /// <summary>The filing a moment later, after something else that a test does.</summary>
    public static Filing Then(this Filing filing, Func<Filing, Result<Filing>> next) => next(filing).Value;

    public static Filing Draft(Shape? shape = null)
    {
        var started = Filing.Start("filing-1", FilingNumber.Create(Noon, 1), "account-1", Applicant, Noon);
        return shape is not { AddSite: true }
            ? started
            : started.ForSubject("subject-1", SubjectNumber, "subject-key", AForm.Identity(shape), AForm.SubjectOf(shape) with { Principal = AForm.Principal });
    }

    public static Filing Verified(Shape? shape = null)
    {
        var draft = Draft(shape);
        return draft.PutVerification(AForm.Typed(shape ?? Shape.Organisation), AForm.Outcome(), AForm.SiteId, draft.Open(), Applicant, Noon).Value;
    }

    /// <summary>Everything filled in, nothing due, still a draft.</summary>
    public static Filing Complete(Shape? shape = null)
    {
        var form = shape ?? Shape.Organisation;
        var filing = Verified(form);
        if (form.AddSite)
        {
            filing = filing.ConfirmSubject(true, Rules, Applicant, Noon).Value;
        }
        else
        {
            filing = filing.PutSubject(AForm.SubjectOf(form), filing.Open(), Applicant, Noon).Value;
            filing = filing.PutSubjectPrincipal(AForm.Principal, filing.Open(), Applicant, Noon).Value;
        }

        filing = filing.PutSite(AForm.SiteOf(filing, form), filing.Open(), Applicant, Noon).Value;
        filing = filing.PutSitePrincipal(AForm.SiteId, !form.OwnSitePrincipal, AForm.OtherPrincipal, filing.Open(), Applicant, Noon).Value;
        filing = filing.RecordFaceCheck(AForm.SiteId, AForm.Face(filing.PrincipalOf(filing.FindSite(AForm.SiteId)!), Noon), Applicant).Value;
        return WithPapers(filing);
    }

    /// <summary>Every paper that is due, uploaded.</summary>
    public static Filing WithPapers(Filing filing)
    {
        foreach (var due in Requirements.Of(filing, AForm.Context()).Due.Where(f => f.MaterialKind is not null).ToArray())
        {
            var paper = AForm.Paper(due.MaterialKind!, due.MaterialPart, due.SiteId, "m-" + (filing.Snapshot.Materials.Count + 1));
            filing = filing.AddMaterial(paper, 1, filing.Open(), Applicant, Noon).Value;
        }

        return filing;
    }

    public static Filing Submitted(Shape? shape = null) => Submitted(Complete(shape), SubmittedAt);

    public static Filing Submitted(Filing filing, DateTimeOffset at) => filing.Submit([], [], [], "rules-1", Applicant, at).Value;

    public static Filing InReview(Shape? shape = null) => Submitted(shape).PassChecks(ReviewDueAt, ReviewSince).Value;

    public static Filing Claimed(Shape? shape = null) => InReview(shape).ClaimFor(Reviewer, ClaimedAt).Value;

    public static Filing Called(Shape? shape = null) => Claimed(shape).LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, Reviewer, CalledAt).Value;

    public static Filing PendingAuthority(Shape? shape = null) => Called(shape).Approve([], [], Reviewer, DecidedAt).Value;

    public static Filing InSms(Shape? shape = null) => PendingAuthority(shape).SubmitToAuthority(BothPrincipals, [], Reviewer, HandedOverAt).Value;

    public static Filing SmsFailed(Shape? shape = null) => InSms(shape).RecordSms("subjectPrincipal", null, false, "tooManyErrors", "staff", AuthorityDueAt, Reviewer, SmsAt).Value;

    public static Filing InAuthorityReview(Shape? shape = null)
    {
        var half = InSms(shape).RecordSms("subjectPrincipal", null, true, null, "staff", AuthorityDueAt, Reviewer, SmsAt).Value;
        return half.State == FilingState.AuthorityReview ? half : half.RecordSms("sitePrincipal", null, true, null, "staff", AuthorityDueAt, Reviewer, SmsAt).Value;
    }

    public static Filing Approved(Shape? shape = null) => Approve(InAuthorityReview(shape), SubmittedNumbers, Reviewer).Value;

    public static readonly IReadOnlyDictionary<string, string> SubmittedNumbers = new Dictionary<string, string> { [AForm.SiteId] = SubjectNumber + "-1" };

    public static Result<Filing> Approve(Filing filing, IReadOnlyDictionary<string, string> sites, Actor by, string? subject = SubjectNumber)
    {
        var forms = TheBook.Shipped.Tables.FilingNumbers;
        return filing.RecordApproval(subject, sites, _ => false, forms.IsSubject, forms.IsSite, "staff", by, ResultAt);
    }

    public static Filing ModificationRequested(Shape? shape = null, params string[] pointers) => Called(shape).Reject(true, Findings(pointers), null, Reviewer, DecidedAt).Value;

    public static Filing ProviderRejected(Shape? shape = null, params string[] pointers) => Called(shape).Reject(false, Findings(pointers), null, Reviewer, DecidedAt).Value;

    public static Filing AuthorityRejected(Shape? shape = null, params string[] pointers) =>
        InAuthorityReview(shape).RecordRejection(Findings(pointers), "made up", "staff", Reviewer, ResultAt).Value;

    /// <summary>Sent back because nobody answered twice.</summary>
    public static Filing Unreachable(Shape? shape = null) => Claimed(shape)
        .LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, Reviewer, CalledAt).Value
        .LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, Reviewer, CalledAt + FilingTimes.CallRetry).Value;

    public static Filing DraftExpired(Shape? shape = null) =>
        Complete(shape).Fire(new DueTimer(Noon + FilingTimes.DraftIdle, FilingAction.ExpireDraft, "draftIdle")).Value;

    public static Filing Abandoned(Shape? shape = null) => Complete(shape).Abandon("made up", Applicant, Noon.AddHours(1)).Value;

    /// <summary>A filing in that state.</summary>
    public static Filing In(FilingState state, Shape? shape = null) => state switch
    {
        FilingState.Draft => Complete(shape),
        FilingState.DraftExpired => DraftExpired(shape),
        FilingState.Checking => Submitted(shape),
        FilingState.ProviderReview => InReview(shape),
        FilingState.ModificationRequested => ModificationRequested(shape),
        FilingState.ProviderRejected => ProviderRejected(shape),
        FilingState.PendingAuthority => PendingAuthority(shape),
        FilingState.SmsVerification => InSms(shape),
        FilingState.SmsFailed => SmsFailed(shape),
        FilingState.AuthorityReview => InAuthorityReview(shape),
        FilingState.AuthorityRejected => AuthorityRejected(shape),
        FilingState.Approved => Approved(shape),
        FilingState.Abandoned => Abandoned(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state that no builder makes."),
    };

    /// <summary>Lets the filing's own timers happen, in order, until <paramref name="until"/>; answers with what fired.</summary>
    public static (Filing Filing, IReadOnlyList<DueTimer> Fired) PassTime(this Filing filing, DateTimeOffset until)
    {
        var fired = new List<DueTimer>();
        while (filing.NextTimer() is { } timer && timer.At <= until && fired.Count < 50)
        {
            filing = filing.Fire(timer).Value;
            fired.Add(timer);
        }

        return (filing, fired);
    }

    private static FindingDraft[] Findings(string[] pointers) => [.. pointers.Select(p => new FindingDraft(p, "made up", null, null))];
}
