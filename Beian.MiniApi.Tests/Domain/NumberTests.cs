using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain;

/// <summary>Vectors are the standards' own examples or made up with the serial number 000.</summary>
public sealed class NumberTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("11010519491231002X", NumberFault.None)]
    [InlineData("440524188001010014", NumberFault.None)]
    [InlineData("110105190011010015", NumberFault.CheckDigit)]
    [InlineData("110105199001011234", NumberFault.CheckDigit)]
    [InlineData("110105199002300001", NumberFault.BirthDate)]
    [InlineData("110105202612010001", NumberFault.BirthDate)]
    [InlineData("160105199001010002", NumberFault.Region)]
    [InlineData("1101051949123100２X", NumberFault.Format)]
    [InlineData("11010519491231002x", NumberFault.Format)]
    public void CheckIdentityNumber_OfEveryFault_NamesIt(string number, NumberFault expected) => Assert.Equal(expected, IdentityNumber.Check(number, Today));

    [Theory]
    [InlineData("91350100M000100Y43", NumberFault.None)]
    [InlineData("91440300708461136T", NumberFault.None)]
    [InlineData("91110000802100433B", NumberFault.None)]
    [InlineData("91350100M000100Y44", NumberFault.CheckDigit)]
    [InlineData("911100000I0000000E", NumberFault.Format)]
    [InlineData("9135A100M000100Y43", NumberFault.Format)]
    public void CheckCreditCode_OfEveryFault_NamesIt(string code, NumberFault expected) => Assert.Equal(expected, CreditCode.Check(code));

    [Fact]
    public void CheckCreditCode_WithARightOuterAndAWrongInnerCheckCharacter_IsRefused()
    {
        var wrongInner = Enumerable.Range(0, 31).Select(i => "91350100M000100Y5" + "0123456789ABCDEFGHJKLMNPQRTUWXY"[i]).ToList();

        Assert.All(wrongInner, code => Assert.Equal(NumberFault.CheckDigit, CreditCode.Check(code)));
    }

    [Theory]
    [InlineData("M000100Y4", NumberFault.None)]
    [InlineData("708461136", NumberFault.None)]
    [InlineData("80210043-3", NumberFault.None)]
    [InlineData("802100434", NumberFault.CheckDigit)]
    [InlineData("80210043", NumberFault.Format)]
    public void CheckOrganisationCode_OfEveryFault_NamesIt(string code, NumberFault expected) => Assert.Equal(expected, OrganisationCode.Check(code));

    [Theory]
    [InlineData("110108000000016", NumberFault.None)]
    [InlineData("110000000000009", NumberFault.None)]
    [InlineData("110108000000017", NumberFault.CheckDigit)]
    [InlineData("11010800000001", NumberFault.Format)]
    public void CheckBusinessRegistration_OfEveryFault_NamesIt(string number, NumberFault expected) => Assert.Equal(expected, BusinessRegistration15.Check(number));

    [Theory]
    [InlineData(2, "11010519491231002X", null)]
    [InlineData(2, " 11010519491231002x ", null)]
    [InlineData(2, "110105194912310021", "certificate.checkDigit")]
    [InlineData(2, "440524188001010014", "certificate.numberFormat")]
    [InlineData(2, "110105199001010002", null)]
    [InlineData(2, "110105199001010000", "certificate.checkDigit")]
    [InlineData(2, "110105199002300001", "certificate.birthDate")]
    [InlineData(2, "000105199001010007", "certificate.numberFormat")]
    [InlineData(2, "110105900101000", "certificate.numberFormat")]
    [InlineData(2, "１１０１０５１９９００１０１０００２", "certificate.numberFormat")]
    [InlineData(2, "911000199001010005", "certificate.region")]
    [InlineData(2, null, "certificate.numberFormat")]
    [InlineData(14, "H00000000", null)]
    [InlineData(14, "M0000000001", null)]
    [InlineData(14, "H0000000０", "certificate.numberFormat")]
    [InlineData(14, "T00000000", "certificate.numberFormat")]
    [InlineData(41, "810000199001010000", null)]
    [InlineData(42, "830000199001010004", null)]
    [InlineData(42, "810000199001010000", "certificate.numberFormat")]
    [InlineData(30, "ABC110000000001", null)]
    [InlineData(30, "911000199001010005", null)]
    [InlineData(30, "911000199001010006", "certificate.checkDigit")]
    [InlineData(7, "anything", null)]
    [InlineData(1, "91110000000000000E", null)]
    [InlineData(1, "91330000MA0000007W", null)]
    [InlineData(1, "911100000000000000", "certificate.checkDigit")]
    [InlineData(1, "911100000I0000000E", "certificate.numberFormat")]
    [InlineData(1, "91110000000000000", "certificate.numberFormat")]
    [InlineData(1, "91330000ma0000007w", null)]
    [InlineData(1, "92440000000000000U", null)]
    [InlineData(4, "123100000000000001", null)]
    [InlineData(12, "000000000", null)]
    [InlineData(12, "MA000000-7", null)]
    [InlineData(12, "000000001", "certificate.checkDigit")]
    [InlineData(1, "110000000000009", null)]
    [InlineData(1, "110000000000000", "certificate.checkDigit")]
    public void Check_NumberOfAType_FollowsItsRow(int type, string? number, string? expected) =>
        Assert.Equal(expected, CertificateNumbers.Check(TheBook.Shipped.FindCertificateType(type)!, number, Today));

    [Fact]
    public void Check_AnyTextOnAnyType_NeverThrows()
    {
        string[] texts = ["\ud800", new('9', 10_000), "１２３４５６７８９０１２３４５６７８", "\0\n", "11010519491231002X\n\n", new('A', 64), "😀"];

        foreach (var type in TheBook.Shipped.Tables.CertificateTypes.Where(t => t.Format is not null))
        {
            Assert.All(texts.Where(t => t.Trim().Length != 18 || !t.StartsWith('1')), t => Assert.NotNull(CertificateNumbers.Check(type, t, Today)));
        }
    }

    [Theory]
    [InlineData("123100000000000001", 4, true)]
    [InlineData("91110000000000000E", 4, false)]
    [InlineData("12", 4, false)]
    public void OtherNature_OfACreditCode_IsToldByItsFirstCharacters(string number, int nature, bool other) =>
        Assert.Equal(other, CertificateNumbers.OtherNature(TheBook.Shipped, TheBook.Shipped.FindCertificateType(1)!, number, nature) is not null);

    [Theory]
    [InlineData("13800000000", "13800000000")]
    [InlineData("+86 138-0000-0000", "13800000000")]
    [InlineData("1380000000", "1380000000")]
    public void NormaliseMobile_WithCountryCodeAndSeparators_KeepsElevenDigits(string typed, string expected) => Assert.Equal(expected, PhoneNumbers.NormaliseMobile(typed));

    [Theory]
    [InlineData("13800000000", true)]
    [InlineData("1380000000", false)]
    [InlineData("12800000000", false)]
    [InlineData("1380000000０", false)]
    public void IsMobile_OfElevenDigits_NeedsASecondDigitFromThree(string number, bool expected) => Assert.Equal(expected, PhoneNumbers.IsMobile(number));

    [Theory]
    [InlineData("0571-80000000", "0571")]
    [InlineData("010-80000000-801", "010")]
    [InlineData("02180000000", "021")]
    [InlineData("0571-1234567", null)]
    [InlineData("80000000", null)]
    [InlineData("0571-80000000-", null)]
    [InlineData("0571-80000000-1234567", null)]
    [InlineData("026-80000000", null)]
    public void AreaCodeOf_Landline_IsItsFirstDigits(string number, string? expected) => Assert.Equal(expected, PhoneNumbers.AreaCodeOf(number));

    [Theory]
    [InlineData("a@b.cn", true)]
    [InlineData("a.b+c@mail.example.com", true)]
    [InlineData("a@b", false)]
    [InlineData("a@@b.cn", false)]
    [InlineData(".a@b.cn", false)]
    [InlineData("a..b@b.cn", false)]
    [InlineData("a@-b.cn", false)]
    [InlineData("a@b.cn\n", false)]
    [InlineData("甲@b.cn", false)]
    public void IsEmail_OfShapes_TakesCommonOnes(string address, bool expected) => Assert.Equal(expected, PhoneNumbers.IsEmail(address));

    [Theory]
    [InlineData("2026-09-29T16:00:00Z", 1, "2026-10-08T16:00:00Z")] // the day in Shanghai is 30 September; 1 to 7 October are free
    [InlineData("2026-09-29T15:59:59Z", 1, "2026-09-30T16:00:00Z")]
    [InlineData("2026-10-08T10:00:00Z", 2, "2026-10-10T16:00:00Z")] // Saturday the 10th is made up
    [InlineData("2026-11-20T02:00:00Z", 1, "2026-11-23T16:00:00Z")]
    [InlineData("2026-11-20T02:00:00Z", 0, "2026-11-20T16:00:00Z")]
    [InlineData("2031-09-30T02:00:00Z", 1, "2031-10-01T16:00:00Z")] // a year the calendar lacks: weekends only
    public void AddWorkingDays_OverWeekendsAndHolidays_EndsAtMidnightInShanghai(string from, int days, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), TheBook.Shipped.WorkingDays.AddWorkingDays(DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), days));
}
