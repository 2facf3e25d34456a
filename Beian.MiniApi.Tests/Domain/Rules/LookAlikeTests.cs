using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

/// <summary>Values that look right and are not, and their neighbours that are.</summary>
public sealed class LookAlikeTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData(2, "11010519491231002X", "0123456789X")]
    [InlineData(2, "110105199001010002", "0123456789X")]
    [InlineData(1, "91330000MA0000007W", "0123456789ABCDEFGHJKLMNPQRTUWXY")]
    [InlineData(12, "MA0000007", "0123456789X")]
    [InlineData(1, "110000000000009", "0123456789")]
    public void Check_WithAnotherCheckCharacter_IsRefusedForEachOfThem(int type, string number, string characters)
    {
        var row = TheBook.Shipped.FindCertificateType(type)!;

        Assert.Null(CertificateNumbers.Check(row, number, Today));
        Assert.All(characters.Where(c => c != number[^1]), c => Assert.Equal("certificate.checkDigit", CertificateNumbers.Check(row, number[..^1] + c, Today)));
    }

    [Theory]
    [InlineData(2, "110105199001010002")]
    [InlineData(1, "91330000MA0000007W")]
    [InlineData(12, "MA0000007")]
    [InlineData(1, "110000000000009")]
    public void Check_WithAnyDigitOffByOne_IsRefused(int type, string number)
    {
        var row = TheBook.Shipped.FindCertificateType(type)!;

        for (var i = 0; i < number.Length - 1; i++)
        {
            if (char.IsAsciiDigit(number[i]))
            {
                var off = number[..i] + (char)('0' + ((number[i] - '0' + 1) % 10)) + number[(i + 1)..];
                Assert.True(CertificateNumbers.Check(row, off, Today) is not null, $"Position {i}: {off}");
            }
        }
    }

    /// <summary>The outer check character is right for what stands before it; the organisation code inside is off by one.</summary>
    [Fact]
    public void Check_ACreditCodeAroundAWrongOrganisationCode_IsRefused()
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        var body = "91330000MA0000008";
        var accepted = alphabet.Where(c => CreditCode.Check(body + c) == NumberFault.None);

        Assert.Empty(accepted);
        Assert.Equal(NumberFault.CheckDigit, OrganisationCode.Check(body[8..]));
        Assert.Equal(NumberFault.None, CreditCode.Check("91330000MA0000007W"));
    }

    [Theory]
    [InlineData("0571-80000000", "330000", "330100", null)]
    [InlineData("0574-80000000", "330000", "330100", "person.landline.otherArea")]
    [InlineData("024-80000000", "210000", "210400", null)]
    [InlineData("0413-8000000", "210000", "210400", "person.landline.oldArea")]
    [InlineData("0410-8000000", "210000", "210400", "person.landline.otherArea")]
    public void Judge_ALandline_BelongsToTheCityAndNotToTheNextOrToFormerTimes(string landline, string province, string city, string? code)
    {
        var draft = AFiling.Draft();
        var region = new Region(province, city, TheBook.Shipped.FindCity(city)!.Children![0].Code);
        var filing = draft.PutVerification(AForm.Typed(Shape.Organisation) with { Region = region }, AForm.Outcome(), AForm.SiteId, draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        filing = filing.PutSubjectPrincipal(AForm.Principal with { Landline = landline }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var finding = All(filing).SingleOrDefault(f => f.Pointer == "/subject/principal/landline");

        Assert.Equal(code, finding?.Code);
        Assert.True(code != "person.landline.oldArea" || finding!.Severity == Severity.Warning);
    }

    [Fact]
    public void Judge_AnApprovedSuffixOnAnExpiredDomain_IsRefusedForTheDateAlone()
    {
        var domain = DomainNames.Read("example.cn", TheBook.Shipped).Domain!;
        var facts = new RegistryFacts { Outcome = RegistryOutcome.Found, ExpiresAt = AFiling.Noon.AddSeconds(-1), RealName = RealNameStatus.Verified, Source = "rdap", CheckedAt = AFiling.Noon, Evidence = "made up" };

        var suffix = SuffixChecks.Judge(domain, new DomainQuestion(AForm.Company, "330000", "FirstFiling"), TheBook.Shipped, AFiling.Rules, AFiling.Noon);
        var expiry = RegistryChecks.Judge(facts, new RegistrySubject(AForm.Company, null, null, null), TheBook.Shipped, AFiling.Rules, AFiling.Noon).Single(r => r.Check == RegistryChecks.Expiry);

        Assert.Equal(CheckOutcome.Passed, suffix.Outcome);
        Assert.Equal((CheckOutcome.Failed, "domain.expired", "nationwide.domain"), (expiry.Outcome, expiry.Code, expiry.Rule?.Id));
    }

    [Theory]
    [InlineData("RUBBS", false)]
    [InlineData("BBSX", false)]
    [InlineData("BBS2", false)]
    [InlineData("bbs", true)]
    [InlineData("测试BBS站", true)]
    [InlineData("RUBBS-BBS", true)]
    [InlineData("小区论坛会", true)]
    public void Find_AForbiddenWordInsideAnother_CountsForChineseAndNotForLatin(string text, bool found) =>
        Assert.Equal(found, new WordList(["BBS", "论坛"]).In(text).Count > 0);

    [Theory]
    [InlineData("/mobile", "1380000000０", "０ (U+FF10)")]
    [InlineData("/certificateNumber", "11010519900101000２", "２ (U+FF12)")]
    [InlineData("/email", "a＠example.com", "＠ (U+FF20)")]
    [InlineData("/mobile", "1380000000\U0001F600", "\U0001F600 (U+1F600)")]
    [InlineData("/mobile", "138\u200B00000000", "U+200B")]
    [InlineData("/certificateNumber", "\uFEFF110105199001010002", "U+FEFF")]
    [InlineData("/name", "测试\u202E甲", "U+202E")]
    [InlineData("/name", "测试\ud842", "U+FFFD")]
    [InlineData("/name", "\udfb7测试", "U+FFFD")]
    public void Judge_ACharacterNobodySees_IsNamedByItsNumber(string field, string typed, string shown)
    {
        var person = field switch
        {
            "/mobile" => AForm.Principal with { Mobile = typed },
            "/email" => AForm.Principal with { Email = typed },
            "/name" => AForm.Principal with { Name = typed },
            _ => AForm.Principal with { CertificateNumber = typed },
        };

        var all = All(WithPrincipal(person)).Where(f => f.Pointer == "/subject/principal" + field).ToArray();
        var found = all[0];

        // A name is still compared with others; a number that cannot be read is not.
        Assert.True(field == "/name" || all.Length == 1, string.Join(' ', all.Select(f => f.Code)));
        Assert.Equal((shown, Severity.Error), (found.Args["character"], found.Severity));
        Assert.Contains(found.Code, new[] { "text.invisible", "text.fullWidth", "text.emoji" });
        Assert.Equal("name.field.subjectPrincipal" + field.Replace('/', '.'), found.Args["field"]);
    }

    [Theory]
    [InlineData("\u202E", "“主体负责人姓名”中含有看不见或不能使用的字符：强制从右至左标记（U+202E）。", "right-to-left override (U+202E)")]
    [InlineData("\u200B", "“主体负责人姓名”中含有看不见或不能使用的字符：零宽空格（U+200B）。", "zero-width space (U+200B)")]
    [InlineData("\uE000", "“主体负责人姓名”中含有看不见或不能使用的字符：U+E000。", "character: U+E000.")]
    [InlineData("\U0001F600", "“主体负责人姓名”中不能有表情或图形符号：\U0001F600 (U+1F600)。", "\U0001F600 (U+1F600)")]
    public void Words_OfACharacterThatCannotStand_NameFieldAndCharacterAndNotTheValue(string character, string chinese, string english)
    {
        var texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts"));
        var found = All(WithPrincipal(AForm.Principal with { Name = $"测试{character}甲" })).First(f => f.Pointer == "/subject/principal/name");

        var (zh, en) = (texts.Find(found.Code, false, found.Args), texts.Find(found.Code, true, found.Args));

        Assert.Equal(chinese, zh.Detail);
        Assert.Contains(english, en.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("测试", zh.Detail + zh.Remedy + en.Detail + en.Remedy, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(zh.Remedy));
    }

    [Fact]
    public void Judge_AnEmojiInARemark_MayStand()
    {
        var filing = AFiling.Complete();
        var told = filing.PutSubject(filing.Snapshot.Subject with { Remark = "最详细 \U0001F600" }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.DoesNotContain(All(told), f => f.Code == "text.emoji");
    }

    [Theory]
    [InlineData("１１０１０５１９９００１０１０００Ｘ", "11010519900101000X")]
    [InlineData("０１０－１２３４５６７８　", "010-12345678 ")]
    [InlineData("Ａｚ～！", "Az~!")]
    [InlineData("军字第１号", "军字第1号")]
    [InlineData("①ﾊ²", "①ﾊ²")]
    [InlineData("138", "138")]
    [InlineData(null, null)]
    public void Fold_OfAFullWidthNumber_IsTheHalfWidthOne(string? typed, string? folded) => Assert.Equal(folded, HalfWidth.Fold(typed));

    [Fact]
    public void Judge_ARareCharacter_MayStandInAPersonsNameAndNotInASites()
    {
        var person = All(WithPrincipal(AForm.Principal with { Name = "\U00020BB7测试" }));
        var site = All(Named("\U00020BB7野家官网"));

        Assert.DoesNotContain(person, f => f.Pointer == "/subject/principal/name" && f.Code.StartsWith("text.", StringComparison.Ordinal));
        var refused = Assert.Single(site, f => f.Code == "site.name.characters");
        Assert.Equal("\U00020BB7 (U+20BB7)", refused.Args["characters"]);
    }

    [Theory]
    [InlineData("exam\u200Bple.cn", "domain.invisible", "U+200B")]
    [InlineData("示例\u202E.cn", "domain.invisible", "U+202E")]
    [InlineData("示\ud842例.cn", "domain.invisible", "U+FFFD")]
    [InlineData("☆.cn", "domain.notADomain", null)]
    [InlineData("a.cn, b.cn", "domain.several", null)]
    [InlineData("a.cn，b.com", "domain.several", null)]
    [InlineData("a.cn b", "domain.notADomain", null)]
    public void Read_WhatIsNoDomain_SaysWhy(string typed, string code, string? character)
    {
        var reading = DomainNames.Read(typed, TheBook.Shipped);

        Assert.Null(reading.Domain);
        Assert.Equal((code, character), (reading.Findings[0].Code, reading.Findings[0].Args.GetValueOrDefault("character")));
        Assert.StartsWith("domain-suffixes.", reading.Rule!.Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ｅｘａｍｐｌｅ．ｃｎ", "example.cn")]
    [InlineData("\u200Bexample.cn\uFEFF", "example.cn")]
    [InlineData("example，cn", "example.cn")]
    public void Read_WhatOnlyLooksStrange_IsTheDomain(string typed, string expected) => Assert.Equal(expected, DomainNames.Read(typed, TheBook.Shipped).Domain?.Ascii);

    [Theory]
    [InlineData("20000229", null)]
    [InlineData("19000229", "certificate.birthDate")]
    [InlineData("20010229", "certificate.birthDate")]
    [InlineData("20261121", null)]
    [InlineData("20261122", "certificate.birthDate")]
    public void Check_ADateOfBirth_IsADayThatWas(string born, string? code) =>
        Assert.Equal(code, CertificateNumbers.Check(TheBook.Shipped.FindCertificateType(2)!, Number(born), Today));

    [Theory]
    [InlineData("20081121", "2026-11-21", 18)]
    [InlineData("20081122", "2026-11-21", 17)]
    [InlineData("20080229", "2026-02-27", 17)]
    [InlineData("20080229", "2026-02-28", 18)]
    [InlineData("20080229", "2028-02-28", 19)]
    [InlineData("20080229", "2028-02-29", 20)]
    public void Age_OnTheBirthday_IsReached(string born, string today, int age) =>
        Assert.Equal(age, People.AgeOf(Number(born), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-30", "2027-02-28", null)]
    [InlineData("2026-11-30", "2027-02-27", "person.validTo.tooShort")]
    [InlineData("2027-11-29", "2028-02-29", null)]
    [InlineData("2027-11-30", "2028-02-28", "person.validTo.tooShort")]
    [InlineData("2026-11-21", "2027-02-21", null)]
    [InlineData("2026-11-21", "2027-02-20", "person.validTo.tooShort")]
    public void Judge_ACertificateThatEndsInThreeMonths_IsGoodToTheDay(string today, string validTo, string? code)
    {
        var now = new DateTimeOffset(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.FromHours(8));

        var found = Requirements.Of(WithPrincipal(AForm.Principal with { ValidTo = validTo }), AForm.Context() with { Now = now }).Due;

        Assert.Equal(code, found.SingleOrDefault(f => f.Pointer == "/subject/principal/validTo")?.Code);
    }

    [Theory]
    [InlineData("小屋", true)]
    [InlineData("小（屋）", true)]
    [InlineData("（小屋）", true)]
    [InlineData("小-屋", true)]
    [InlineData("小屋（乙）", false)]
    [InlineData("小木屋", false)]
    [InlineData("A1屋", false)]
    public void Judge_AShortName_CountsLettersAndNotBrackets(string name, bool tooShort) => Assert.Equal(tooShort, All(Named(name)).Any(f => f.Code == "site.name.tooShort"));

    private static string Number(string born)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var body = "110105" + born + "000";
        return body + "10X98765432"[body.Zip(weights, (c, w) => (c - '0') * w).Sum() % 11];
    }

    private static Filing WithPrincipal(Person person)
    {
        var filing = AFiling.Complete();
        return filing.PutSubjectPrincipal(person, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
    }

    private static Filing Named(string name)
    {
        var filing = AFiling.Complete();
        return filing.PutSite(AForm.SiteOf(filing, Shape.Organisation) with { Name = name }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
    }

    private static IReadOnlyList<Finding> All(Filing filing)
    {
        var set = Requirements.Of(filing, AForm.Context());
        return [.. set.Due, .. set.Warnings];
    }
}
