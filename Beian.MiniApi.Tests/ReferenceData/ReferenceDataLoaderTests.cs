using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

public sealed class ReferenceDataLoaderTests : IDisposable
{
    private readonly string _overlay = Directory.CreateTempSubdirectory("beian-overlay-").FullName;

    public void Dispose() => Directory.Delete(_overlay, recursive: true);

    [Theory]
    [InlineData("110000", "110100", "110105", true)]
    [InlineData("440000", "441900", "441900", true)]
    [InlineData("440000", "440100", "440100", false)]
    [InlineData("440000", "110100", "110105", false)]
    [InlineData("110000", "110100", "120101", false)]
    [InlineData("110000", "110100", null, false)]
    [InlineData("110105", "110100", "110105", false)]
    public void IsRegion_OfThreeCodes_HoldsOnlyInsideEachOther(string? province, string? city, string? district, bool expected) =>
        Assert.Equal(expected, TheBook.Shipped.IsRegion(province, city, district));

    [Fact]
    public void Load_ShippedFiles_FillsEveryTable()
    {
        var book = TheBook.Shipped;

        Assert.Equal(31, book.Tables.Provinces.Count);
        Assert.Equal("蜀", book.FindProvince("510000")?.FilingPrefix);
        Assert.True(book.FindNature(5)?.IsPerson);
        Assert.Equal("东莞市", book.FindDistrict("441900")?.Name);
        Assert.Equal(["front", "back"], book.FindMaterial("idCard")?.Parts);
        Assert.Contains("0571", book.FindAreaCode("330100")!.AreaCodes);
        Assert.Null(book.FindMaterial("idCard")?.Natures);
        Assert.True(book.ReceivesSms("13800000000"));
        Assert.False(book.ReceivesSms("14500000000"));
    }

    [Fact]
    public void Load_OverlaidRegistrars_ReplaceTheSample()
    {
        File.WriteAllText(Path.Combine(_overlay, "approved-registrars.json"), """{"source":"made up","checkedOn":"2026-11-26","complete":true,"items":[{"name":"示例注册（北京）有限公司","aliases":[],"ianaId":"7","approved":true}]}""");

        var registrars = new ReferenceDataLoader(TheBook.Folder, _overlay).Load().Registrars;

        Assert.True(registrars.IsApproved("示例注册(北京)有限公司", null));
        Assert.True(registrars.IsApproved("Another spelling", "7"));
        Assert.False(registrars.IsApproved("DNSPod, Inc.", "1697"));
        Assert.Null(registrars.IsApproved(null, null));
    }
}
