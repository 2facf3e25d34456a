using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain;

public sealed class DomainNamesTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("example.com.cn", "example.com.cn")]
    [InlineData("例子.中国", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("xn--fsqu00a.xn--fiqs8s", "xn--fsqu00a.xn--fiqs8s")]
    [InlineData("示例.com", "xn--fsq092h.com")]
    [InlineData("www.com.cn", "www.com.cn")]
    [InlineData("1.cn", "1.cn")]
    public void Read_RegistrableDomain_IsTakenSilently(string typed, string ascii)
    {
        var reading = DomainNames.Read(typed, TheBook.Shipped);

        Assert.Equal(ascii, reading.Domain?.Ascii);
        Assert.Empty(reading.Findings);
    }

    [Theory]
    [InlineData("EXAMPLE.COM", "example.com", "A → a", Severity.Info)]
    [InlineData("  example.com\u3000\n", "example.com", "␣", Severity.Info)]
    [InlineData("example.com.", "example.com", ".", Severity.Info)]
    [InlineData("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com", "Ａ", Severity.Info)]
    [InlineData("example。cn", "example.cn", "Ａ", Severity.Info)]
    [InlineData("example，cn", "example.cn", "Ａ", Severity.Info)]
    [InlineData("例子.中國", "xn--fsqu00a.xn--fiqs8s", "中國 → 中国", Severity.Info)]
    [InlineData("xn--fsqu00a.xn--fiqz9s", "xn--fsqu00a.xn--fiqs8s", "中國 → 中国", Severity.Info)]
    [InlineData("www.example.com", "example.com", "www.", Severity.Warning)]
    [InlineData("https://example.com/", "example.com", "https://", Severity.Warning)]
    [InlineData("//example.com", "example.com", "//", Severity.Warning)]
    [InlineData("example.com:8080", "example.com", ":8080", Severity.Warning)]
    [InlineData("http://me:secret@example.com/a?b=c#d", "example.com", "…@", Severity.Warning)]
    [InlineData("example.com/?u=https://other.cn/", "example.com", "/…", Severity.Warning)]
    public void Read_DecoratedDomain_IsNormalisedNamingTheChange(string typed, string ascii, string removed, Severity severity)
    {
        var reading = DomainNames.Read(typed, TheBook.Shipped);

        Assert.Equal(ascii, reading.Domain?.Ascii);
        var finding = Assert.Single(reading.Findings);
        Assert.Equal(("domain.normalised", severity), (finding.Code, finding.Severity));
        Assert.Contains(removed, finding.Args["removed"], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", finding.Args["removed"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop.example.com.cn", "example.com.cn")]
    [InlineData("www.shop.example.com", "example.com")]
    public void Read_Subdomain_IsTheRegistrableDomainWithAWarning(string typed, string ascii)
    {
        var reading = DomainNames.Read(typed, TheBook.Shipped);

        Assert.Equal(ascii, reading.Domain?.Ascii);
        Assert.Equal(("domain.subdomain", Severity.Warning), Assert.Single(reading.Findings.Select(f => (f.Code, f.Severity))));
    }

    [Theory]
    [InlineData(null, "domain.empty")]
    [InlineData("", "domain.empty")]
    [InlineData(" \u3000", "domain.empty")]
    [InlineData("203.0.113.10", "domain.ipAddress")]
    [InlineData("http://203.0.113.10:80/", "domain.ipAddress")]
    [InlineData("２０３.0.113.10", "domain.ipAddress")]
    [InlineData("[2001:db8::1]:80", "domain.ipAddress")]
    [InlineData("2001:db8::1", "domain.ipAddress")]
    [InlineData("com.cn", "domain.bareSuffix")]
    [InlineData("com", "domain.bareSuffix")]
    [InlineData("中国", "domain.bareSuffix")]
    [InlineData("example.io", "domain.suffixNotApproved")]
    [InlineData("example.hk", "domain.suffixNotApproved")]
    [InlineData("example.tel", "domain.suffixNotApproved")]
    [InlineData("localhost", "domain.notADomain")]
    [InlineData("-a.com", "domain.notADomain")]
    [InlineData("a-.com", "domain.notADomain")]
    [InlineData("ab--c.com", "domain.notADomain")]
    [InlineData("xn--a.com", "domain.notADomain")]
    [InlineData("a_b.com", "domain.notADomain")]
    [InlineData("a b.com", "domain.notADomain")]
    [InlineData("a..com", "domain.notADomain")]
    [InlineData(".example.com", "domain.notADomain")]
    [InlineData("example.com..", "domain.notADomain")]
    [InlineData("example.com:99999", "domain.notADomain")]
    [InlineData("example.com:port", "domain.notADomain")]
    [InlineData("1?://example.com", "domain.notADomain")]
    [InlineData("😀.com", "domain.notADomain")]
    [InlineData("/", "domain.notADomain")]
    public void Read_NoDomain_IsOneError(string? typed, string code)
    {
        var reading = DomainNames.Read(typed, TheBook.Shipped);

        Assert.Null(reading.Domain);
        Assert.Equal((code, Severity.Error), Assert.Single(reading.Findings.Select(f => (f.Code, f.Severity))));
    }

    [Fact]
    public void Read_LabelOf64Or63Characters_IsRefusedOrTaken()
    {
        Assert.Null(DomainNames.Read(new string('a', 64) + ".com", TheBook.Shipped).Domain);
        Assert.NotNull(DomainNames.Read(new string('a', 63) + ".com", TheBook.Shipped).Domain);
        Assert.Null(DomainNames.Read(new string('中', 63) + ".com", TheBook.Shipped).Domain);
    }

    [Fact]
    public void Read_AnyText_NeverThrows()
    {
        var random = new Random(11);
        var pieces = new[] { ".", "com", "\ud83d", "中", "xn--", "-", "//", ":", "@", "[", "]", "。", "１", "\0", "a", "\u0301", "www.", " ", "%", "\u200d", "ß", "İ" };
        for (var i = 0; i < 20_000; i++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var reading = DomainNames.Read(typed, TheBook.Shipped);
            Assert.True(reading.Domain is not null != reading.Findings.Any(f => f.Severity == Severity.Error), typed);
        }
    }
}
