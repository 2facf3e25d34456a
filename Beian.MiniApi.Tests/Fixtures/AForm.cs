using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>What filing it is: by an organisation unless said otherwise, a first one unless said otherwise.</summary>
internal sealed record Shape(bool Individual = false, bool AddSite = false, bool OwnSitePrincipal = false, string Province = "330000")
{
    public static readonly Shape Organisation = new();
    public static readonly Shape Person = new(Individual: true);
    public static readonly Shape Added = new(AddSite: true);

    /// <summary>An organisation whose site has a principal of its own, with a telephone of their own.</summary>
    public static readonly Shape TwoPeople = new(OwnSitePrincipal: true);
}

/// <summary>Words for a form; everybody in it is made up, every number ends in a right check digit.</summary>
internal static class AForm
{
    public const string SiteId = "site-a";

    /// <summary>企业: a code of the natures data.</summary>
    public const int Company = 4;

    public static readonly ResourceChoice Server = new() { Kind = ResourceChoice.ResourceKind, ResourceId = "ins-1" };

    public static readonly ResourceChoice Code = new() { Kind = ResourceChoice.AuthCodeKind, AuthCode = "AAAA-BBBB" };

    public static readonly Person Principal = new()
    {
        Name = "测试甲",
        CertificateType = 2,
        CertificateNumber = "110105199001010002",
        ValidFrom = "2020-01-01",
        ValidTo = "2040-01-01",
        Mobile = "13800000000",
        EmergencyPhone = "13800000001",
        Email = "a@example.com",
    };

    public static readonly Person OtherPrincipal = Principal with
    {
        Name = "测试乙",
        CertificateNumber = "11010519491231002X",
        Mobile = "13900000000",
        EmergencyPhone = "13900000001",
        Email = "b@example.com",
    };

    public static readonly Subject Company1 = new()
    {
        Name = "测试甲有限公司",
        CertificateAddress = "测试市测试路1号",
        MailingAddress = "测试市测试路1号101室",
        Investor = "测试甲",
        LegalRepresentative = new LegalRepresentative("测试甲", null, null),
    };

    public static readonly Subject Person1 = new() { Name = "测试甲", CertificateAddress = "测试市测试路1号", MailingAddress = "测试市测试路1号101室" };

    public static Subject SubjectOf(Shape shape) => shape.Individual ? Person1 : Company1;

    public static Verification Identity(Shape shape)
    {
        var region = shape.Province == "320000" ? new Region("320000", "320100", "320102") : new Region("330000", "330100", "330106");
        return new Verification
        {
            Region = region,
            SubjectNature = shape.Individual ? Filing.NatureIndividual : Company,
            CertificateType = shape.Individual ? 2 : 1,
            CertificateNumber = shape.Individual ? Principal.CertificateNumber : shape.Province == "320000" ? MadeUp.CreditCode(7, "320102") : "91330000MA0000007W",
        };
    }

    public static Verification Typed(Shape shape, string domain = "shop.cn", ResourceChoice? resource = null) =>
        Identity(shape) with { Domain = domain, Resource = resource ?? Server };

    /// <summary>Checks that all passed.</summary>
    public static DomainChecks Passed(string domain = "shop.cn", string hold = "slot:ins-1:1") => new()
    {
        Domain = domain,
        DisplayDomain = domain,
        Binding = new Binding("ins-1", hold.StartsWith("code:", StringComparison.Ordinal) ? hold[5..] : null, hold, ["203.0.113.7"]),
        Results = [CheckResult.Passed(CheckNames.DomainName, null, AFiling.Noon), CheckResult.Passed(CheckNames.Resource, null, AFiling.Noon)],
        IsHeld = true,
    };

    /// <summary>Checks of which one failed.</summary>
    public static DomainChecks Failed(string domain = "shop.cn") => new()
    {
        Domain = domain,
        DisplayDomain = domain,
        Results = [CheckResult.Failed("domain.expiry", "domain.expired", null, AFiling.Noon)],
    };

    public static VerificationOutcome Outcome(DomainChecks? checks = null) => new([], checks ?? Passed(), "subject-key");

    public static Site SiteOf(Filing filing, Shape shape) => filing.FindSite(AForm.SiteId)! with
    {
        Kind = "website",
        Name = shape.Individual ? "夏夜读书笔记" : "测试甲官网",
        ServiceContents = [shape.Individual ? 24 : 1],
        Remark = shape.Individual ? "记录个人读书的心得和摘抄，不涉及经营内容" : null,
        Languages = [1],
        PreApprovals = shape.Individual ? [] : [new PreApproval("none", null)],
    };

    public static Site Further(string id = "site-b", string domain = "blog.cn") => new()
    {
        Id = id,
        Kind = "website",
        Name = "测试甲产品站",
        Domain = domain,
        Resource = Code,
        ServiceContents = [1],
        PreApprovals = [new PreApproval("none", null)],
        SameAsSubjectPrincipal = true,
        Checks = Passed(domain, domain == "blog.cn" ? "code:c-1" : "code:of-" + domain),
    };

    public static Material Paper(string kind, string? part = null, string? siteId = null, string id = "m-1") =>
        new(id, kind, part, siteId, "a.jpg", "image/jpeg", 1000, "sha-of-" + id, 800, 600, null, AFiling.Noon, []);

    /// <summary>A face check of that person that passed at <paramref name="at"/>.</summary>
    public static FaceCheck Face(Person person, DateTimeOffset at)
    {
        var digest = PersonDigest.Of(person.Name!, person.CertificateType!.Value, person.CertificateNumber!);
        return FaceCheck.Started("check-1", "ref-1", digest, "https://face.example/1", at, FaceCheck.TimeToFinish).Pass("check-1", digest, at);
    }

    /// <summary>The provider knows the account as whoever files here.</summary>
    public static RealName RealNameOf(Shape shape) => RealName.Verified(
        shape.Individual ? RealNameKind.Individual : RealNameKind.Organisation,
        SubjectOf(shape).Name,
        shape.Individual ? 2 : 1,
        Identity(shape).CertificateNumber,
        AFiling.Noon.AddDays(-30)).Value;

    public static RuleContext Context(Shape? shape = null) => new(TheBook.Shipped, TheBook.Rules, RealNameOf(shape ?? Shape.Organisation), true, type => type == 2, AFiling.Noon)
    {
        Filed = shape is { AddSite: true } ? new FiledFacts(1, ["测试一站"]) : FiledFacts.None,
    };
}
