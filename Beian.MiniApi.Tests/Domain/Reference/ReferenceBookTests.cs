using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Reference;

public sealed class ReferenceBookTests
{
    [Theory]
    [InlineData("330000", "330100", "330106", true)]
    [InlineData("320000", "330100", "330106", false)]
    [InlineData("330000", "330100", "320102", false)]
    [InlineData("330000", "330100", "330100", false)]
    [InlineData("440000", "441900", "441900", true)]
    [InlineData("440000", "441900", "330106", false)]
    [InlineData("990000", "330100", "330106", false)]
    [InlineData("330000", "999900", "330106", false)]
    [InlineData(null, "330100", "330106", false)]
    [InlineData("330000", null, "330106", false)]
    [InlineData("330000", "330100", null, false)]
    public void IsRegion_OfThreeCodes_MustBelongTogether(string? province, string? city, string? district, bool expected) =>
        Assert.Equal(expected, TheBook.Shipped.IsRegion(province, city, district));

    [Theory]
    [InlineData("330106", "西湖区")]
    [InlineData("441900", "东莞市")]
    [InlineData("330100", null)]
    [InlineData("999999", null)]
    [InlineData(null, null)]
    public void FindDistrict_OfACode_IsTheCityWhereThereAreNone(string? code, string? name) => Assert.Equal(name, TheBook.Shipped.FindDistrict(code)?.Name);

    [Fact]
    public void Find_OfCodesThatAreNot_IsNothing()
    {
        var book = TheBook.Shipped;

        Assert.Null(book.FindProvince(null));
        Assert.Null(book.FindCity(null));
        Assert.Null(book.FindCity("999900"));
        Assert.Null(book.FindNature(null));
        Assert.Null(book.FindCreditCodePrefix(null));
        Assert.Null(book.FindCreditCodePrefix("9"));
        Assert.Equal("杭州市", book.FindCity("330100")!.Name);
        Assert.Equal("浙", book.FindProvince("330000")!.FilingPrefix);
    }

    [Fact]
    public void ReceivesSms_OfAMobile_FollowsItsPrefix()
    {
        Assert.True(TheBook.Shipped.ReceivesSms("13800000000"));
        Assert.False(TheBook.Shipped.ReceivesSms("00000000000"));
        Assert.False(TheBook.Shipped.ReceivesSms("13"));
    }

    [Theory]
    [InlineData("浙ICP备20260001号-1", true)]
    [InlineData("粤B2-20090059-1", true)]
    [InlineData("粤B2-20090059-", false)]
    [InlineData("粤B2-20090059-1x", false)]
    [InlineData("粤B2-2009005-1", false)]
    [InlineData("-1", false)]
    [InlineData("浙ICP备20260001号", false)]
    public void IsSite_OfANumber_IsASubjectsOrALicencesWithItsOwn(string number, bool expected) => Assert.Equal(expected, TheBook.Shipped.Tables.FilingNumbers.IsSite(number));

    [Theory]
    [InlineData("浙ICP备20260001号", true)]
    [InlineData("津ICP备2023010907号", true)]
    [InlineData("粤B2-20090059", true)]
    [InlineData("ICP备20260001号", false)]
    [InlineData("浙ICP备20260001号-1", false)]
    public void IsSubject_OfANumber_IsAFilingOrALicence(string number, bool expected) => Assert.Equal(expected, TheBook.Shipped.Tables.FilingNumbers.IsSubject(number));
}
