using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>Filings for the stores' contracts, made by the real verbs. They are numbered; a higher number is newer.</summary>
internal static class StoredFilings
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    private static readonly Actor Applicant = new(Role.Applicant, "user");
    private static readonly Actor Reviewer = new(Role.Reviewer, "reviewer-1");

    public static string Id(int n) => n.ToString("x32", CultureInfo.InvariantCulture);

    public static Filing Draft(int n, string account, DateTimeOffset? at = null) =>
        Filing.Start(Id(n), FilingNumber.Create(at ?? Noon, (ulong)n), account, Applicant, at ?? Noon);

    /// <summary>A draft whose verification passed: it holds the domain and the slot, beside the account's open place and the subject.</summary>
    public static Filing Verified(this Filing filing, string domain, string slot, string province = "330000")
    {
        var typed = new Verification
        {
            Region = new Region(province, province[..2] + "0100", province[..2] + "0106"),
            SubjectNature = 4,
            CertificateType = 1,
            CertificateNumber = MadeUp.CreditCode(1),
            Domain = domain,
            Resource = new ResourceChoice { Kind = ResourceChoice.ResourceKind, ResourceId = "r" },
        };
        var checks = new DomainChecks { Domain = domain, DisplayDomain = domain, Binding = new Binding("r", null, slot, ["203.0.113.9"]), IsHeld = true };
        var site = Id(0xFFFF);
        var verified = filing.PutVerification(typed, new VerificationOutcome([], checks, "key-of-" + filing.Snapshot.AccountId), site, Open(filing), Applicant, Noon).Value;
        verified = verified.PutSitePrincipal(site, true, Person.Empty, Open(verified), Applicant, Noon).Value;
        return verified.PutSubjectPrincipal(new Person { Name = "测试甲", Mobile = MadeUp.Mobile(1) }, Open(verified), Applicant, Noon).Value;
    }

    public static Filing Renamed(this Filing filing, string name) => filing.PutSubject(new Subject { Name = name }, Open(filing), Applicant, Noon).Value;

    public static Filing InReview(this Filing filing, DateTimeOffset dueAt) => filing.Submit([], [], [], "rules", Applicant, Noon).Value.PassChecks(dueAt, Noon).Value;

    /// <summary>In review with those contacts of its principals.</summary>
    public static Filing With(this Filing verified, params ContactKey[] contacts) => verified.Submit([], [], contacts, "rules", Applicant, Noon).Value.PassChecks(Noon, Noon).Value;

    public static Filing Withdrawn(this Filing filing) => filing.Withdraw(null, Applicant, Noon).Value;

    public static Filing SentBack(this Filing inReview) => inReview.ClaimedBy(Reviewer.Id).Reject(true, [], "made up", Reviewer, Noon).Value;

    public static Filing ClaimedBy(this Filing filing, string reviewer) => filing.ClaimFor(new Actor(Role.Reviewer, reviewer), Noon).Value;

    public static Filing Abandoned(this Filing filing) => filing.Abandon(null, Applicant, Noon).Value;

    public static Filing Approved(this Filing inReview, int serial = 1)
    {
        var called = inReview.ClaimFor(Reviewer, Noon).Value.LogCall(MadeUp.Mobile(1), CallOutcome.Reached, null, Reviewer, Noon).Value;
        var sent = called.Approve([], [], Reviewer, Noon).Value.SubmitToAuthority(["subjectPrincipal"], [], Reviewer, Noon).Value;
        var verified = sent.RecordSms("subjectPrincipal", null, true, null, "staff", Noon.AddDays(20), Reviewer, Noon).Value;
        var number = $"京ICP备2026{serial:D6}号";
        var numbers = verified.Snapshot.Sites.ToDictionary(s => s.Id, _ => $"{number}-1");
        return verified.RecordApproval(number, numbers, _ => false, _ => true, _ => true, "staff", Reviewer, Noon).Value;
    }

    private static OpenFields Open(Filing filing) => OpenFields.Of(filing.Snapshot, []);
}
