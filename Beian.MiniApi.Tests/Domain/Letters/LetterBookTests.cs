using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Letters;

public sealed class LetterBookTests
{
    private static readonly RequirementSet NothingDue = new([], [], [], []);

    public static TheoryData<string> Kinds() => [.. TheLetters.Shipped.Items.Select(t => t.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fill_ACompleteFiling_LeavesNothingOpen(string kind)
    {
        var letter = TheLetters.Book.Fill(TheLetters.FilingFor(TheLetters.Shipped.Find(kind)!), kind, null).Value;

        Assert.Empty(letter.Missing);
        Assert.DoesNotContain(Pieces(letter), p => p.Text.Contains('{', StringComparison.Ordinal) || p.Text.Contains('}', StringComparison.Ordinal));
        Assert.Contains(Pieces(letter), p => p.Kind == LetterPieceKind.Value);
        Assert.Contains(letter.Signature, s => s.Word == LetterSigning.Date);
    }

    [Theory]
    [InlineData("330000", 3)]
    [InlineData("130000", 6)]
    public void Of_ALetterThatMustBeFresh_SaysHowOldAsTheProvinceHasIt(string province, int months)
    {
        var offers = TheLetters.Book.Of(TheLetters.In(province), NothingDue, TheLetters.Rules(province));

        Assert.Equal((months, null), Assert.Single(offers, o => o.Material.Id == "principalAuthorization").MaxAge);
    }

    [Fact]
    public void Fill_ByName_PutsEachValueInItsPlace()
    {
        var letter = TheLetters.Book.Fill(TheLetters.In("310000"), "siteManagerAuthorizationShanghai", AForm.SiteId).Value;

        var text = string.Concat(Pieces(letter).Select(p => p.Text));
        Assert.Equal("上海市通信管理局：", string.Concat(letter.Addressee.Select(p => p.Text)));
        Assert.Contains($"本人测试丙（证件号码：{MadeUp.IdentityNumber(7)}），系测试甲有限公司（营业执照，证件号码：91330000MA0000007W）的法定代表人", text, StringComparison.Ordinal);
        Assert.Contains("测试乙（居民身份证，证件号码：11010519491231002X，手机：13900000000）为本单位所办网站“测试甲官网”（域名：shop.cn）的网站（服务）负责人", text, StringComparison.Ordinal);
        Assert.Equal(["legalPersonSignature", "seal", "domain", "position", "date"], letter.Signature.Select(s => s.Word));
        Assert.Equal(["", "测试甲有限公司", "shop.cn", "", ""], letter.Signature.Select(s => string.Concat(s.Beside.Select(p => p.Text))));
    }

    [Fact]
    public void Fill_WithFieldsNotTyped_NamesThemOnceEach()
    {
        var bare = TheLetters.With(TheLetters.In("330000"), s => s with { Subject = s.Subject with { Name = " ", LegalRepresentative = null } });

        var letter = TheLetters.Book.Fill(bare, "siteManagerAuthorization", null).Value;

        Assert.Equal(["name.letter.legal.name", "name.letter.legal.certificateNumber", "name.letter.subject.name"], letter.Missing);
    }

    [Fact]
    public void Fill_ForAPerson_IsSignedWithAFingerInsteadOfASeal()
    {
        var letter = TheLetters.Book.Fill(TheLetters.In("510000", individual: true), "domainOwnershipStatement", null).Value;

        Assert.Equal(["principalSignature", "fingerprint", "date"], letter.Signature.Select(s => s.Word));
    }

    [Fact]
    public void Fill_WithAClauseToCopy_PrintsIt()
    {
        var letter = TheLetters.Book.Fill(TheLetters.In("330000"), "noFinanceCommitmentZhejiang", null).Value;

        Assert.Contains("互联网金融", string.Concat(letter.Signature.Single(s => s.Word == LetterSigning.Clause).Beside.Select(p => p.Text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("330000", "noSuchLetter")]
    [InlineData("330000", "idCard")]
    [InlineData("330000", "filingCommitmentGuangdongOrg")]
    [InlineData("440000", "filingCommitmentGuangdongInd")]
    public void Fill_ALetterThatIsNoneForTheFiling_IsRefused(string province, string kind) =>
        Assert.Equal("letter.notFound", TheLetters.Book.Fill(TheLetters.In(province), kind, null).Error?.Code);

    [Fact]
    public void Fill_OfALetterForFirstFilingsWhenASiteIsAdded_IsRefused()
    {
        var added = TheLetters.With(TheLetters.In("440000"), s => s with { Kind = FilingKind.AddSite, SubjectId = "subject-1", SubjectNumber = "粤ICP备20260001号" });

        Assert.Equal("letter.notFound", TheLetters.Book.Fill(added, "filingCommitmentGuangdongOrg", null).Error?.Code);
    }

    [Fact]
    public void Fill_BeforeTheVerification_IsRefused() =>
        Assert.Equal("letter.notFound", TheLetters.Book.Fill(AFiling.Draft(), "principalAuthorization", null).Error?.Code);

    [Fact]
    public void Fill_AboutASiteOfSeveral_AsksWhich()
    {
        var two = TwoSites();

        Assert.Equal("letter.siteMissing", TheLetters.Book.Fill(two, "siteManagerAuthorization", null).Error?.Code);
        Assert.Equal("site.notFound", TheLetters.Book.Fill(two, "siteManagerAuthorization", "site-z").Error?.Code);
        var second = TheLetters.Book.Fill(two, "siteManagerAuthorization", "site-b").Value;
        Assert.Contains(Pieces(second), p => p is { Kind: LetterPieceKind.Value, Text: "blog.cn" });
        Assert.DoesNotContain(Pieces(second), p => p.Text == "shop.cn");
        var ofTheSubject = TheLetters.Book.Fill(two, "legalPersonAuthorization", null).Value;
        Assert.Contains(Pieces(ofTheSubject), p => p.Text == "shop.cn、blog.cn");
    }

    [Fact]
    public void Offers_OfAFiling_AreThoseOfItsProvinceAndNatureForEachOfItsSites()
    {
        var offers = TheLetters.Book.Of(TwoSites(), NothingDue, TheLetters.Rules(null));

        Assert.Equal([AForm.SiteId, "site-b"], offers.Where(o => o.Material.Id == "siteManagerAuthorization").Select(o => o.SiteId!));
        Assert.Null(Assert.Single(offers, o => o.Material.Id == "principalAuthorization").SiteId);
        Assert.Contains(offers, o => o.Material.Id == "noFinanceCommitmentZhejiang");
        Assert.DoesNotContain(offers, o => o.Material.Id is "guaranteeLetter" or "filingCommitmentGuangdongOrg" || o.Due);
        Assert.Empty(TheLetters.Book.Of(AFiling.Draft(), NothingDue, TheLetters.Rules(null)));
    }

    [Fact]
    public void Offers_OfAPersonsLetter_AreForTheSubjectAndEachOtherPrincipal()
    {
        var offers = TheLetters.Book.Of(TheLetters.In("510000"), NothingDue, TheLetters.Rules("510000")).Where(o => o.Material.Id == "guardianConsent");

        Assert.Equal([null, AForm.SiteId], offers.Select(o => o.SiteId));
        Assert.Contains(Pieces(TheLetters.Book.Fill(TheLetters.In("510000"), "guardianConsent", AForm.SiteId).Value), p => p.Text == "测试乙");
    }

    [Fact]
    public void Offers_WhereAProvinceHasItsOwn_LeaveTheGeneralOneOutUnlessItIsDue()
    {
        var general = new Finding("/materials", "material.missing") { MaterialKind = "noPreApprovalCommitment", SiteId = AForm.SiteId };

        var usual = TheLetters.Book.Of(TheLetters.In("520000"), NothingDue, TheLetters.Rules("520000")).Select(o => o.Material.Id).ToArray();
        var asked = TheLetters.Book.Of(TheLetters.In("520000"), NothingDue with { Due = [general] }, TheLetters.Rules("520000"));

        Assert.Contains("noPreApprovalCommitmentGuizhou", usual);
        Assert.DoesNotContain("noPreApprovalCommitment", usual);
        Assert.True(Assert.Single(asked, o => o.Material.Id == "noPreApprovalCommitment").Due);
    }

    [Theory]
    [InlineData(AForm.SiteId, true, false)]
    [InlineData("site-b", false, true)]
    [InlineData(null, true, true)]
    public void Offers_ThatTheRequirementsName_AreDueForThatSite(string? siteId, bool first, bool second)
    {
        var asked = new Finding("/materials", "material.missing") { MaterialKind = "siteManagerAuthorization", SiteId = siteId };

        var offers = TheLetters.Book.Of(TwoSites(), NothingDue with { Due = [asked] }, TheLetters.Rules(null)).Where(o => o.Material.Id == "siteManagerAuthorization");

        Assert.Equal([first, second], offers.Select(o => o.Due));
    }

    private static Filing TwoSites() => TheLetters.With(TheLetters.In("330000"), s => s with { Sites = [.. s.Sites, AForm.Further()] });

    private static IEnumerable<LetterPiece> Pieces(FilledLetter letter) =>
        letter.Title.Concat(letter.Addressee).Concat(letter.Paragraphs.SelectMany(p => p)).Concat(letter.Signature.SelectMany(s => s.Beside));
}
