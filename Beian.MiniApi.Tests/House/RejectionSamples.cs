using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.House;

/// <summary>For each reason for rejection, the smallest things that bring its codes about; what needs other customers comes over HTTP in the tests.</summary>
internal static class RejectionSamples
{
    private static readonly DateTimeOffset Now = AFiling.Noon;

    private static readonly RegistryFacts Registered = new()
    {
        Outcome = RegistryOutcome.Found,
        ExpiresAt = Now.AddYears(1),
        RealName = RealNameStatus.Verified,
        RealNamedAt = Now.AddYears(-1),
        Source = "rdap",
        CheckedAt = Now,
        Evidence = "made up",
    };

    private static readonly Shape Person = Shape.Person;

    /// <summary>By the name of the reason.</summary>
    public static readonly IReadOnlyDictionary<string, Func<IEnumerable<string>>> Of = new Dictionary<string, Func<IEnumerable<string>>>(StringComparer.Ordinal)
    {
        ["DOMAIN_HOLDER_MISMATCH"] = () => [.. Holder("测试乙有限公司", "330000"), .. Holder("测试甲", "540000"), .. Holder("测试甲", "500000")],
        ["DOMAIN_REALNAME_PENDING"] = () => [.. Registry(Registered with { RealName = RealNameStatus.Missing }), .. Registry(Registered with { RealNamedAt = Now.AddHours(-1) })],
        ["SITE_REACHABLE"] = () => [Closed(HostAnswer.Answers), Closed(HostAnswer.Silent)],
        ["SITE_NAME_INVALID"] = () => [.. Named("ab"), .. Named("我的☆小站"), .. Named("中国示例平台"), .. Named("abc.com"), .. Named("杭州美食分享", Person), .. Named("示例俱乐部", Person), .. Named("测试一站", Shape.Added, "610000")],
        ["ID_PHOTO_BAD"] = () => Hints(),
        ["ID_EXPIRING"] = () => [.. ValidTo("2026-11-01"), .. ValidTo("2026-12-01")],
        ["PHONE_REUSED"] = () =>
        [
            .. Form(s => WithSite(s, x => x with { Principal = x.Principal with { Mobile = AForm.Principal.Mobile, Email = AForm.Principal.Email } }), shape: Shape.TwoPeople),
            .. Form(s => WithPrincipal(s, p => p with { EmergencyPhone = p.Mobile }), "110000"),
        ],
        ["PHONE_SEGMENT"] = () => Form(s => WithPrincipal(s, p => p with { Mobile = "14500000000" })),
        ["PHONE_REGION"] = () => [.. Form(s => s, "650000"), .. Form(s => s, "650000", ranges: true)],
        ["PRINCIPAL_NOT_LEGAL"] = () =>
        [
            .. Form(Delegated), .. Form(s => Delegated(s) with { Materials = [.. s.Materials, AForm.Paper("principalAuthorization")] }, "440000"), .. Form(Delegated, "320000", Shape.TwoPeople),
        ],
        ["AUTH_LETTER_BAD"] = () => [.. Signed(new DateOnly(2026, 12, 1)), .. Signed(new DateOnly(2026, 1, 1))],
        ["PRE_APPROVAL_MISSING"] = () =>
        [
            .. Named("示例新闻网"),
            .. Form(s => WithSite(s, x => x with { PreApprovals = [new PreApproval("news", null)], ServiceContents = [13] })),
        ],
        ["CONTENT_MISMATCH"] = () =>
        [
            .. Form(s => WithSite(s, x => x with { ServiceContents = [1], PreApprovals = [new PreApproval("news", "1")] }), shape: Person),
            .. TheBook.Shipped.Tables.Provinces.SelectMany(p => Form(s => WithSite(s, x => x with { ServiceContents = [6] }), p.Code, Person)),
        ],
        ["FILED_SITE_DOWN"] = () => Filed(HostAnswer.Silent, null),
        ["FOOTER_MISSING"] = () => [.. Filed(HostAnswer.Answers, FooterState.Missing), .. Filed(HostAnswer.Answers, FooterState.Unlinked)],
        ["LIVENESS_FAILED"] = () =>
        [
            .. Form(s => WithSite(s, x => x with { FaceCheck = null })), .. Form(s => WithSite(s, x => x with { FaceCheck = Face().Fail(FaceCheckReasons.Light, Now) })), .. Form(s => WithSite(s, x => x with { FaceCheck = Face() })),
        ],
        ["ADDRESS_TOO_COARSE"] = () =>
        [
            .. Mailing("示例路口"), .. Mailing("示例路#1号", "110000"), .. Mailing("市辖区示例路1号", "110000"), .. Mailing("江苏省南京市示例路1号"),
            .. Form(s => s with { Subject = s.Subject with { CertificateAddress = "广东省深圳市示例路1号" } }, "440000"),
        ],
        ["CROSS_PROVINCE"] = () =>
        [
            .. Form(s => s with { Subject = s.Subject with { CertificateAddress = "江苏省南京市示例路1号" } }), .. Form(s => s, "440000"), .. Form(s => s, "540000", Person), .. Form(s => s with { Materials = [] }, "320000", Person),
        ],
        ["SHELL_SUBJECT"] = () => Form(s => s, "440000", Shape.Added, filed: 0),
        ["RESOURCE_INVALID"] = () =>
        [
            .. Resource(r => r with { Mainland = false }), .. Resource(r => r with { Billing = ResourceBilling.PayAsYouGo }), .. Resource(r => r with { PurchasedDaysTotal = 1 }), .. Resource(r => r with { ExpiresAt = Now }),
            .. Resource(r => r with { PublicIps = [] }), .. Resource(r => r, 5), .. Resource(r => r with { Type = "siteHost" }),
        ],
        ["DOMAIN_EXPIRY"] = () =>
        [
            .. Registry(Registered with { ExpiresAt = Now }), .. Registry(Registered with { ExpiresAt = Now.AddMonths(1) }), .. Registry(Registered with { ExpiresAt = Now.AddMonths(1) }, "440000"),
        ],
        ["DOMAIN_SUFFIX / REGISTRAR"] = () =>
        [
            .. DomainNames.Read("example.invalidsuffix", TheBook.Shipped).Findings.Select(f => f.Code), .. Suffix("example.archi", 4, "110000"), .. Suffix("example.cn", 2, "330000"), .. Suffix("中国示例.cn", 4, "110000"),
            .. RegistryChecks.Judge(RegistryFacts.NotRegistered("rdap", Now), Company("330000"), TheBook.Shipped, Rules("330000"), Now).Select(r => r.Code!),
            .. RegistryChecks.Judge(Registered with { Registrar = "made up" }, Company("330000"), new ReferenceBook(TheBook.Shipped.Tables with { Registrars = new RegistrarList(true, []) }), Rules("330000"), Now).Select(r => r.Code ?? string.Empty),
            .. RegistryChecks.Judge(Registered with { Registrar = "made up" }, Company("330000"), new ReferenceBook(TheBook.Shipped.Tables with { Registrars = new RegistrarList(true, [new("other", [], null, true)]) }), Rules("330000"), Now).Select(r => r.Code ?? string.Empty),
        ],
        ["REMARK_MISSING"] = () => [.. Form(s => WithSite(s, x => x with { Remark = null }), shape: Person), .. Form(s => WithSite(s, x => x with { Remark = "内容" }), "150000", Person)],
        ["AGE"] = () =>
        [
            .. Form(s => WithPrincipal(s, p => p with { CertificateNumber = Born(2012) }), "440000"), .. Form(s => WithPrincipal(s, p => p with { CertificateNumber = Born(1950) }), "120000"),
        ],
        ["QUOTA"] = () =>
        [
            .. Form(TwoSites, "420000"), .. Form(s => s, "610000", Shape.Added, filed: 30), .. Form(s => s, "330000", new Shape(Individual: true, AddSite: true), filed: 5), .. Form(TwoSites, "360000", Shape.Added, filed: 16),
        ],
        ["MATERIAL_MISSING"] = () => [.. Form(s => s with { Materials = [] }), .. Form(s => s with { Materials = [] }, "320000", Person)],
    };

    /// <summary>Codes found in a complete filing with something changed.</summary>
    private static string[] Form(Func<FilingSnapshot, FilingSnapshot> change, string province = "330000", Shape? shape = null, int filed = 1, bool ranges = false)
    {
        var filing = TheLetters.With(AFiling.Complete(shape), s => change(s with { Verification = s.Verification with { Region = new Region(province, province[..3] + "100", province[..3] + "101") } }));
        var context = AForm.Context(shape);
        context = shape is { AddSite: true } ? context with { Filed = new FiledFacts(filed, filed == 0 ? [] : ["测试一站"]) } : context;
        var set = Requirements.Of(filing, ranges ? context with { Book = new ReferenceBook(TheBook.Shipped.Tables with { MobileRanges = [new MobileRange(1380000, 1380000, "110000")] }) } : context);
        return [.. set.Due.Concat(set.Warnings).Concat(set.Pending).Select(f => f.Code)];
    }

    private static string[] Named(string name, Shape? shape = null, string province = "330000") => Form(s => WithSite(s, x => x with { Name = name }), province, shape);

    private static string[] Mailing(string address, string province = "330000") => Form(s => s with { Subject = s.Subject with { MailingAddress = address } }, province);

    private static string[] ValidTo(string day) => Form(s => WithPrincipal(s, p => p with { ValidTo = day }) with { Subject = s.Subject with { CertificateValidTo = day, Principal = s.Subject.Principal with { ValidTo = day } } });

    private static string[] Signed(DateOnly day) => Form(s => s with { Materials = [.. s.Materials, AForm.Paper("principalAuthorization") with { SignedOn = day }] });

    private static FilingSnapshot WithSite(FilingSnapshot s, Func<Site, Site> change) => s with { Sites = [.. s.Sites.Select(change)] };

    private static FilingSnapshot WithPrincipal(FilingSnapshot s, Func<Person, Person> change) => s with { Subject = s.Subject with { Principal = change(s.Subject.Principal) } };

    private static FilingSnapshot Delegated(FilingSnapshot s) => s with { Subject = s.Subject with { LegalRepresentative = new LegalRepresentative("测试丙", 2, MadeUp.IdentityNumber(7)) } };

    private static FilingSnapshot TwoSites(FilingSnapshot s) => s with { Sites = [.. s.Sites, AForm.Further()] };

    private static FaceCheck Face() => FaceCheck.Started("c", "r", PersonDigest.Of(AForm.Principal.Name!, 2, AForm.Principal.CertificateNumber!), null, Now, FaceCheck.TimeToFinish);

    /// <summary>An identity number of a man born in that year.</summary>
    private static string Born(int year) => MadeUp.IdentityNumber(new DateOnly(year, 1, 1).DayNumber - new DateOnly(1970, 1, 1).DayNumber);

    private static RuleSet Rules(string province) => TheBook.Rules.For(province, ChinaTime.DateOf(Now));

    private static RegistrySubject Company(string province) => new(AForm.Company, "测试甲有限公司", "91330000MA0000007W", "测试甲") { Province = province };

    private static IEnumerable<string> Registry(RegistryFacts facts, string province = "330000") =>
        RegistryChecks.Judge(facts, Company(province), TheBook.Shipped, Rules(province), Now).Select(r => r.Code ?? string.Empty);

    private static IEnumerable<string> Holder(string name, string province) => Registry(Registered with { Holder = new DomainHolder(name, null, null) }, province);

    private static string[] Suffix(string domain, int nature, string province) =>
        [SuffixChecks.Judge(DomainNames.Read(domain, TheBook.Shipped).Domain!, new DomainQuestion(nature, province, "FirstFiling"), TheBook.Shipped, Rules(province), Now).Code ?? string.Empty];

    private static string Closed(HostAnswer answer) => ProbeChecks.JudgeClosed(new SiteFacts([new HostFacts("example.cn", answer, "made up")], Now)).Code!;

    private static IEnumerable<string> Filed(HostAnswer answer, FooterState? footer) =>
        ProbeChecks.JudgeFiled("example.cn", AFiling.SubjectNumber + "-1", new HomePageFacts(answer, footer, "made up", Now)).Select(r => r.Code ?? string.Empty);

    private static IEnumerable<string> Hints()
    {
        var format = MaterialFormat.Of(TheBook.Shipped, "idCard")!;
        return MaterialHints.Of(format, 100, 50, 50).Select(h => h.Code);
    }

    private static IEnumerable<string> Resource(Func<CloudResource, CloudResource> change, int used = 0)
    {
        var resource = change(AResource.Server());
        return Eligibility.Of(resource, AResource.Types.Find(resource.Type), Now, new ResourceUse(used, 0)).Select(r => r.Code);
    }
}
