using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>The form of a case: what its input says, and right values everywhere else.</summary>
internal sealed class CaseForm
{
    private const int Born1990 = 7305;

    private readonly CaseInput _in;
    private readonly CaseWorld _world;

    public CaseForm(CaseInput input, CaseWorld world)
    {
        (_in, _world) = (input, world);
        Nature = input.Number("subjectNature") ?? NatureOf(input.Number("certificateType")) ?? AForm.Company;
        Individual = Nature == Filing.NatureIndividual;
        Principal = MakePrincipal();
        OwnSitePrincipal = MakeSitePrincipal();
        Verification = MakeVerification();
        Subject = MakeSubject();
        IsAdded = (input.Text("kind") ?? (input.Has("sitesFiled") || input.Has("emptyShell") ? "AddServiceLocal" : "FirstFiling")) == "AddServiceLocal";
    }

    public int Nature { get; }

    public bool Individual { get; }

    /// <summary>True for a site added to a filed subject.</summary>
    public bool IsAdded { get; }

    public Verification Verification { get; }

    public Subject Subject { get; }

    public Person Principal { get; }

    /// <summary>The site's principal; null when it is the subject's.</summary>
    public Person? OwnSitePrincipal { get; }

    public int Sites => _in.Number("sitesInOrder") ?? _in.Texts("siteNames")?.Count ?? 1;

    /// <summary>The verified site's own fields.</summary>
    public Site Fill(Site site) => site with
    {
        Kind = "website",
        Name = _in.Texts("siteNames")?[0] ?? _in.Text("name") ?? _in.Text("serviceName") ?? (Individual ? "夏夜读书笔记" : "测试甲单位官网"),
        ServiceContents = _in.Numbers("serviceContents") ?? [Individual ? 24 : 8],
        Languages = [1],
        PreApprovals = Approvals(),
        Remark = _in.Number("remarkLength") is { } length ? new string('说', length)
            : _in.Has("remark") ? _in.Text("remark")
            : Individual ? "本站为个人网站，记录个人读书的心得和摘抄，不涉及任何经营和前置审批内容" : "展示本单位的产品和联系方式",
    };

    /// <summary>The site with that number, from 2 on.</summary>
    public Site Further(int number) => Fill(new Site { Id = "site-" + number }) with
    {
        Name = _in.Texts("siteNames") is { } names ? names[number - 1] : (Individual ? "冬日读书随想" : "测试甲单位产品") + (char)('甲' + number),
        Domain = $"site{number}.cn",
        Resource = AForm.Code,
        SameAsSubjectPrincipal = true,
        Checks = AForm.Passed($"site{number}.cn", $"code:c-{number}"),
    };

    private int? NatureOf(int? certificateType) => _world.Book.FindCertificateType(certificateType)?.SubjectNatures[0];

    private Verification MakeVerification()
    {
        var type = Individual ? Principal.CertificateType : _in.Number("certificateType") ?? TypeOf(Nature);
        return new Verification
        {
            Region = new Region(_world.Province, _world.City, _world.District),
            SubjectNature = Nature,
            CertificateType = type,
            CertificateNumber = Individual ? Principal.CertificateNumber : (_in.Has("certificateType") ? _in.Text("number") : null) ?? NumberOf(),
            Resource = new ResourceChoice { Kind = ResourceChoice.ResourceKind, ResourceId = "ins-1" },
        };
    }

    private int TypeOf(int nature)
    {
        var types = _world.Book.Tables.CertificateTypes.Where(t => t.Serves(nature) && !t.Legacy).ToArray();
        return (Array.Find(types, t => t.Format?.Checksum == Checksum.Gb32100) ?? types[0]).Code;
    }

    private string NumberOf()
    {
        var kind = _in.Flag("soleTrader") == true ? "92" : _world.Book.Tables.CreditCodePrefixes.FirstOrDefault(p => p.NatureCodes.Contains(Nature))?.Prefix ?? "91";
        return MadeUp.CreditCode(7, _world.District, kind);
    }

    private Subject MakeSubject()
    {
        var certified = _in.Text("certificateCity") ?? _in.Text("certificateProvince") ?? _world.City;
        var delegated = _in.Flag("principalIsLegalPerson") == false;
        var name = _in.Text("subjectName") ?? (Individual ? Principal.Name : "测试甲单位有限公司");
        return new Subject
        {
            Name = name,
            CertificateAddress = _world.Head(certified) + "示例路1号801室",
            MailingAddress = _world.StrangeDistrict + _in.Text("address", "示例路1号801室"),
            Investor = Individual ? null : _in.Text("investor") ?? Investor(name, delegated),
            LegalRepresentative = Individual ? null : delegated ? Representative() : new LegalRepresentative(Principal.Name, _in.Has("legalPersonIdProvince") ? 2 : null, LegalNumber()),
            CertificateValidTo = _in.Text("certificateExpires"),
            BusinessScope = _in.Text("businessScope"),
            Remark = _in.Flag("hasSeal") == false ? "个体工商户无公章"
                : _in.Text("subjectRemark", "应急号码使用人为负责人的亲属；负责人在综合部门任职务；许可证证号测试001号"),
        };
    }

    private string? LegalNumber() => _in.Text("legalPersonIdProvince") is { } home ? MadeUp.IdentityNumber(Born1990, _world.DistrictOf(home)) : null;

    private LegalRepresentative Representative() => new("测试丁", 2, LegalNumber() ?? MadeUp.IdentityNumber(5000, _world.District));

    private string? Investor(string? name, bool delegated) => _world.Rules.Find<InvestorRule>("investor")?.Value.MustEqual switch
    {
        "legalRepresentative" => delegated ? "测试丁" : Principal.Name,
        "superiorUnit" => "测试上级单位",
        _ => name,
    };

    private Person MakePrincipal()
    {
        var home = _world.DistrictOf(_in.Text("idProvince") ?? _world.Province);
        var own = _in.Has("type") ? _in.Text("number") : _in.Text("idNumber");
        return new Person
        {
            Name = _in.Text("principalName") ?? (_in.Text("registrantRole") == "legalPerson" ? _in.Text("registrantName") : null) ?? (Individual ? _in.Text("subjectName") : null) ?? "测试甲",
            CertificateType = _in.Number("type") ?? 2,
            CertificateNumber = own ?? MadeUp.IdentityNumber(Born1990, home),
            ValidFrom = "2020-01-01",
            ValidTo = _in.Text("idExpires", "2045-01-01"),
            Mobile = _in.Text("principalMobile") ?? _in.Text("mobile", "13800000000"),
            Phone2 = _in.Text("phone2"),
            Landline = _in.Text("landline"),
            EmergencyPhone = _in.Text("emergency", "13800000001"),
            Email = "a@example.com",
        };
    }

    /// <summary>Somebody else answers for the site where the input says so, or names a number of theirs.</summary>
    private Person? MakeSitePrincipal()
    {
        var delegated = _in.Flag("principalIsLegalPerson") == false;
        var isLegal = _in.Flag("siteManagerIsLegalPerson");
        _ = _in.Text("siteManagerGender");
        var mobile = _in.Text("siteManagerMobile") ?? "13900000000";
        var other = _in.Flag("samePerson") == false || _in.Flag("siteManagerIsPrincipal") == false || _in.Has("siteManagerIdNumber") || (isLegal is { } legal && legal == delegated);
        if (!other || Individual)
        {
            return null;
        }

        return Principal with
        {
            Name = isLegal == true ? "测试丁" : "测试乙",
            CertificateType = 2,
            CertificateNumber = _in.Text("siteManagerIdNumber") ?? MadeUp.IdentityNumber(isLegal == true ? 5000 : 6000, _world.District),
            Mobile = mobile,
            EmergencyPhone = _in.Text("emergency", "13900000001"),
            Email = "b@example.com",
        };
    }

    private IReadOnlyList<PreApproval> Approvals()
    {
        var type = _in.Text("preApproval") ?? (Individual ? null : "none");
        return type is null ? [] : [new PreApproval(type, type == "none" ? null : _in.Text("approvalNumber", "测试许字第000001号"))];
    }
}
