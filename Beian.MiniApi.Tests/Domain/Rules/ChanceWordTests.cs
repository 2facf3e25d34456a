using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

/// <summary>Words that stand in a text by chance, or to be excluded, ask for nothing.</summary>
public sealed class ChanceWordTests
{
    [Theory]
    [InlineData("310000", "北京东路668号501室")]
    [InlineData("310000", "西藏中路268号3楼301室")]
    [InlineData("310000", "四川北路1688号12楼")]
    [InlineData("320000", "上海路148号3楼")]
    [InlineData("440000", "海南大厦12楼")]
    [InlineData("110000", "河北大街12号3层")]
    public void Address_InAStreetCalledAfterAPlace_IsNotElsewhere(string province, string address) => Assert.DoesNotContain("/subject/mailingAddress", AddressFindings(province, address).Select(f => f.Pointer));

    [Theory]
    [InlineData("310000", "北京市东城区北京路1号")]
    [InlineData("310000", "北京朝阳区建国路1号")]
    [InlineData("330000", "江苏南京北京西路72号501室")]
    public void Address_InAnotherProvince_IsElsewhere(string province, string address) => Assert.Contains("subject.mailingAddress.otherProvince", AddressFindings(province, address).Select(f => f.Code));

    [Theory]
    [InlineData("生日照片墙")]
    [InlineData("环保定制手册")]
    [InlineData("未来宾馆记")]
    [InlineData("东北海鲜日记")]
    [InlineData("公益阳光笔记")]
    [InlineData("推广西点手记")]
    [InlineData("东西藏书阁")]
    [InlineData("大理石纹手作")]
    [InlineData("今天津津有味")]
    [InlineData("四平方小屋")]
    [InlineData("交通化学笔记")]
    [InlineData("每日照明手记")]
    [InlineData("百色彩铅手记")]
    [InlineData("中山装收藏记")]
    public void SiteName_WithAPlaceInsideAnotherWord_NamesNoPlace(string name) => Assert.Empty(TheBook.Shipped.Places.In(name));

    [Theory]
    [InlineData("我在日照看海", "日照")]
    [InlineData("舌尖上的大理", "大理")]
    [InlineData("东方市旅行笔记", "东方市")]
    [InlineData("商城县小吃", "商城县")]
    [InlineData("北京东西日记", "北京")]
    public void SiteName_WithAPlace_StillNamesIt(string name, string place) => Assert.Equal([place], [.. TheBook.Shipped.Places.In(name).Select(p => p.Text)]);

    [Fact]
    public void EverydayWords_AreNoNamesOfProvincesOrCities()
    {
        var places = TheBook.Shipped.Tables.Divisions.SelectMany(p => (p.Children ?? []).Prepend(p)).Select(d => d.Name).Concat(TheBook.Shipped.Tables.Provinces.Select(p => p.ShortName));

        Assert.Empty(TheBook.Shipped.Tables.EverydayWords.Intersect(places));
    }

    [Theory]
    [InlineData("市场营销策划（不含新闻、出版）", "市场营销策划")]
    [InlineData("企业管理咨询(不得从事金融业务)；图书零售", "企业管理咨询；图书零售")]
    [InlineData("软件开发，不含互联网金融；餐饮服务", "软件开发，；餐饮服务")]
    [InlineData("零售（危险品除外）", "零售")]
    [InlineData("出版物零售（凭许可证经营）", "出版物零售（凭许可证经营）")]
    [InlineData("除尘设备销售、新闻采编", "除尘设备销售、新闻采编")]
    [InlineData(null, null)]
    public void Scope_WithExclusions_IsWhatIsLeft(string? scope, string? left) => Assert.Equal(left, UndertakenScope.Of(scope));

    [Theory]
    [InlineData("市场营销策划（不含新闻、出版）", false)]
    [InlineData("新闻采编", true)]
    public void Scope_ThatExcludesNews_AsksForNoPermission(string scope, bool asked)
    {
        var filing = AFiling.Complete();
        filing = filing.PutSubject(AForm.Company1 with { BusinessScope = scope }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(asked, Requirements.Of(filing, AForm.Context()).Due.Any(f => f.RuleId == "pre-approval-types.news"));
    }

    [Theory]
    [InlineData("330106199001010007", false)]
    [InlineData("330106199002020008", true)]
    public void Principal_WithAMistypedNumber_IsStillTheLegalRepresentative(string theirs, bool mistyped)
    {
        var filing = AFiling.Complete();
        var type = TheBook.Shipped.FindCertificateType(2)!;
        var valid = Enumerable.Range(0, 10).Select(d => theirs[..^1] + d).Append(theirs[..^1] + "X").Single(n => Beian.MiniApi.Domain.Verification.CertificateNumbers.Check(type, n, new DateOnly(2026, 11, 21)) is null);
        var number = mistyped ? theirs[..^1] + (valid[^1] == '1' ? "2" : "1") : valid;
        filing = filing.PutSubject(AForm.Company1 with { LegalRepresentative = new LegalRepresentative(AForm.Principal.Name, 2, number) }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var refused = Requirements.Of(filing, AForm.Context()).Due.Concat(Requirements.Of(filing, AForm.Context()).Warnings);

        Assert.Equal(!mistyped, refused.Any(f => f.Code == "subject.principal.notLegalRepresentative" || f.MaterialKind is "legalPersonAuthorization" or "principalAuthorization"));
    }

    [Theory]
    [InlineData("济南人民商场有限公司", "人民商场", "site.name.reviewerDecides")]
    [InlineData("济南商场有限公司", "人民商场", "site.name.nationalWord")]
    public void SiteName_ThatStandsInTheOrganisationsOwn_IsForTheReviewer(string subject, string name, string code)
    {
        var filing = AFiling.Complete();
        filing = filing.PutSubject(AForm.Company1 with { Name = subject }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        filing = filing.PutSite(filing.FindSite(AForm.SiteId)! with { Name = name }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var found = Requirements.Of(filing, AForm.Context());

        Assert.Equal([code], found.Due.Concat(found.Warnings).Where(f => f.RuleId == "site-name-rules.nationalHead").Select(f => f.Code));
    }

    private static IEnumerable<Finding> AddressFindings(string province, string address)
    {
        var shape = new Shape(Province: province);
        var filing = AFiling.Complete(shape);
        filing = filing.PutSubject(AForm.Company1 with { MailingAddress = address }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var found = Requirements.Of(filing, AForm.Context(shape));
        return found.Due.Concat(found.Warnings);
    }
}
