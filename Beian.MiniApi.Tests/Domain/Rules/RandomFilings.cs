using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

/// <summary>Filings made of whatever a keyboard, a script or a broken client can send, by the real verbs. The same seed gives the same filings.</summary>
internal sealed class RandomFilings(int seed)
{
    private static readonly string?[] Strange =
    [
        null, "", " ", "　", "\ud800", "\udc00尾", "头\ud83d", "\U00020BB7野家", "\u200B", "a\uFEFFb", "\u202E国中", "测\0试", "<script>alert(1)</script>", "{name}", "{", "１２３４５", "北京", "中国移不动",
        "BBS", "RUBBS", "教育培训", "新闻", "宗教活动", "个体工商户", "无公章", "最详细", "市辖区", "-", "😀😀😀", "\r\n", "longTerm", "2026-02-30", "0000-00-00", "9999-12-31", "99999999999999999999",
        "xn--", "a..cn", "http://", "中国.cn, example.com", "例子.公司", "0571-80000000", "+86 138 0000 0000", "a@b", "''; drop table filings", new('长', 2000),
    ];

    private static readonly string[] Provinces = [.. TheBook.Shipped.Tables.Provinces.Select(p => p.Code), "990000", "3300", "\ud800"];
    private static readonly int[] Natures = [.. TheBook.Shipped.Tables.SubjectNatures.Select(n => n.Code), 0, -1, int.MinValue, int.MaxValue];
    private static readonly string[] Kinds = [.. TheBook.Shipped.Tables.Materials.Select(m => m.Id), "noSuchPaper"];
    private static readonly string?[] Approvals = [.. TheBook.Shipped.Tables.PreApprovalTypes.Select(t => t.Id), "strange", null];

    private readonly Random _random = new(seed);
    private int _persons;
    private int _sites;

    /// <summary>Names, numbers and telephones of everybody in the filing made last: what no finding may repeat.</summary>
    public List<string> Personal { get; } = [];

    /// <summary>One more filing, with the context it is judged in.</summary>
    public (Filing Filing, RuleContext Context) Next()
    {
        Personal.Clear();
        var shape = new Shape(Individual: Chance(3), AddSite: Chance(4));
        var filing = Chance(6) ? AFiling.Draft(shape) : Chance(3) ? AFiling.Complete(shape) : AFiling.Verified(shape);
        for (var steps = _random.Next(1, 9); steps > 0; steps--)
        {
            filing = Step(filing).TryGet(out var next, out _) ? next : filing;
        }

        var now = AFiling.Noon.AddDays(_random.Next(-400, 4000));
        var context = AForm.Context(shape) with { Now = now, RealNameMustMatch = Chance(2), Filed = new FiledFacts(_random.Next(0, 60), ["测试一站"]) };
        return (filing, context);
    }

    private Result<Filing> Step(Filing filing)
    {
        var open = filing.Open();
        switch (_random.Next(7))
        {
            case 0:
                var typed = Verification();
                var outcome = Chance(4) ? null : new VerificationOutcome(IdentityChecks.Judge(typed, TheBook.Shipped, [], AFiling.Noon), AForm.Passed("shop.cn") with { Results = Results(typed) }, "key");
                return filing.PutVerification(typed, outcome, AForm.SiteId, open, AFiling.Applicant, AFiling.Noon);
            case 1:
                return filing.PutSubject(Subject(), open, AFiling.Applicant, AFiling.Noon);
            case 2:
                return filing.PutSubjectPrincipal(Person(), open, AFiling.Applicant, AFiling.Noon);
            case 3:
                return filing.AddSite(Site("site-" + _sites++), open, AFiling.Applicant, AFiling.Noon);
            case 4 when filing.Snapshot.Sites.Count > 0:
                var site = Pick(filing.Snapshot.Sites.ToArray());
                return filing.PutSite(Site(site.Id) with { Domain = site.Domain, Resource = site.Resource, Checks = site.Checks }, open, AFiling.Applicant, AFiling.Noon);
            case 5 when filing.Snapshot.Sites.Count > 0:
                return filing.PutSitePrincipal(Pick(filing.Snapshot.Sites.ToArray()).Id, Chance(3), Person(), open, AFiling.Applicant, AFiling.Noon);
            default:
                return filing.AddMaterial(Paper(filing), 1, open, AFiling.Applicant, AFiling.Noon);
        }
    }

    private Verification Verification()
    {
        var province = Pick(Provinces);
        var known = TheBook.Shipped.Tables.Divisions.FirstOrDefault(d => d.Code == province);
        var city = known is null || Chance(5) ? Text() : Pick(known.Children!.ToArray()).Code;
        return new Verification
        {
            Region = Chance(10) ? null : new Region(Chance(15) ? null : province, city, TheBook.Shipped.FindCity(city)?.Children is [var first, ..] ? first.Code : city),
            SubjectNature = Chance(8) ? null : Pick(Natures),
            CertificateType = Chance(8) ? null : _random.Next(-1, 50),
            CertificateNumber = Chance(2) ? Text() : MadeUp.CreditCode(_random.Next(9999)),
            Domain = Chance(2) ? Text() : "shop.cn",
            Resource = Chance(9) ? null : AForm.Server,
        };
    }

    private static IReadOnlyList<CheckResult> Results(Verification typed)
    {
        var rules = TheBook.Rules.For(typed.Region?.Province, DateOnly.FromDateTime(AFiling.Noon.Date));
        var reading = DomainNames.Read(typed.Domain, TheBook.Shipped);
        return reading.Domain is { } domain
            ? [SuffixChecks.Judge(domain, new DomainQuestion(typed.SubjectNature, typed.Region?.Province, "FirstFiling"), TheBook.Shipped, rules, AFiling.Noon)]
            : [DomainNames.Refused(reading, rules, AFiling.Noon)];
    }

    private Subject Subject() => new()
    {
        Name = Text(),
        CertificateAddress = Chance(2) ? Text() : "江苏省南京市示例路1号",
        MailingAddress = Text(),
        Investor = Text(),
        LegalRepresentative = Chance(3) ? null : new LegalRepresentative(NameOfPerson(), Chance(3) ? null : _random.Next(0, 45), Chance(2) ? Text() : Known(MadeUp.IdentityNumber(_random.Next(15000)))),
        CertificateValidTo = Date(),
        BusinessScope = Text(),
        Remark = Text(),
    };

    private Person Person() => new()
    {
        Name = Chance(8) ? Text() : NameOfPerson(),
        CertificateType = Chance(6) ? null : Chance(2) ? 2 : _random.Next(-3, 60),
        CertificateNumber = Chance(4) ? Text() : Known(MadeUp.IdentityNumber(_random.Next(0, 16000), Pick(["110101", "330106", "440103", "650102"]))),
        ValidFrom = Date(),
        ValidTo = Date(),
        Mobile = Chance(5) ? Text() : Known(Pick(["138", "145", "199", "170"]) + _random.Next(10_000_000, 99_999_999)),
        Phone2 = Chance(2) ? Text() : Known("139" + _random.Next(10_000_000, 99_999_999)),
        Landline = Chance(2) ? Text() : Known(Pick(["010", "0571", "0413", "0755"]) + "-" + _random.Next(20_000_000, 99_999_999)),
        EmergencyPhone = Chance(4) ? Text() : Known("137" + _random.Next(10_000_000, 99_999_999)),
        Email = Chance(3) ? Text() : "a" + _random.Next(5) + "@example.com",
    };

    private Site Site(string id) => new()
    {
        Id = id,
        Kind = Chance(9) ? Text() : "website",
        Name = Text(),
        Domain = Text(),
        Resource = Chance(3) ? null : AForm.Code,
        HomeUrl = Text(),
        ServiceContents = [.. Enumerable.Range(0, _random.Next(7)).Select(_ => _random.Next(-2, 40))],
        Languages = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _random.Next(-2, 40))],
        PreApprovals = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => new PreApproval(Pick(Approvals), Text()))],
        Remark = Text(),
        SameAsSubjectPrincipal = Chance(2),
        Principal = Chance(3) ? Person() : Beian.MiniApi.Domain.Filings.Person.Empty,
        Checks = Chance(2) ? DomainChecks.None : AForm.Passed(id + ".cn", "code:" + id),
    };

    private Material Paper(Filing filing)
    {
        var kind = Pick(Kinds);
        var parts = TheBook.Shipped.FindMaterial(kind)?.Parts ?? [];
        var owner = filing.Snapshot.Sites.Count > 0 && Chance(2) ? Pick(filing.Snapshot.Sites.ToArray()).Id : null;
        return AForm.Paper(kind, parts.Count == 0 ? null : Pick(parts.ToArray()), owner, "m-" + _random.Next()) with { SignedOn = Chance(2) ? null : new DateOnly(2026, 1, 1).AddDays(_random.Next(-900, 900)) };
    }

    /// <summary>Something strange, something random, or a piece of both.</summary>
    private string? Text() => _random.Next(4) switch
    {
        0 => string.Concat(Enumerable.Range(0, _random.Next(1, 14)).Select(_ => (char)_random.Next(char.MaxValue + 1))),
        1 => Pick(Strange) + Pick(Strange),
        2 => "测试" + Pick(["官网", "公司", "上海", "怒江网", "学院", "社区", "1号", "！", "(乙)"]),
        _ => Pick(Strange),
    };

    private string? Date() => Chance(3) ? Text() : new DateOnly(2026, 1, 1).AddDays(_random.Next(-4000, 9000)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A name that stands for nothing else, so that it can be looked for.</summary>
    private string NameOfPerson() => Known("佚名氏" + (char)('一' + (_persons++ % 500)));

    private string Known(string personal)
    {
        Personal.Add(personal);
        return personal;
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];
}
