using System.Diagnostics;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Tests.Domain;

public sealed class FooterReadingTests
{
    private const string Number = "京ICP备2026000001号-1";

    [Theory]
    [InlineData($"""<a href="https://beian.miit.gov.cn/">{Number}</a>""", FooterState.Linked)]
    [InlineData($"""<A target=_blank HREF='http://beian.miit.gov.cn'>{Number}</A>""", FooterState.Linked)]
    [InlineData($"""<a href=//beian.miit.gov.cn/#/Integrated/index rel=nofollow><span>{Number}</span></a>""", FooterState.Linked)]
    [InlineData("""<a href="https://beian.miit.gov.cn/"> 京icp备 2026000001号&#45;1 </a>""", FooterState.Linked)]
    [InlineData("""<a href="https://beian.miit.gov.cn/">京ＩＣＰ备<b>2026000001</b>号－１</a>""", FooterState.Linked)]
    [InlineData($"""<a name="x"><a href="https://beian.miit.gov.cn/">{Number}</a>""", FooterState.Linked)]
    [InlineData($"""<a href="/about">about</a><a href="https://beian.miit.gov.cn/"><abbr>{Number}</abbr></a>""", FooterState.Linked)]
    [InlineData($"""<a href="https://beian.miit.gov.cn/">{Number}2</a>""", FooterState.Missing)]
    [InlineData($"""<a href="https://evil.example/?https://beian.miit.gov.cn/">{Number}</a>""", FooterState.Unlinked)]
    [InlineData($"""<a href="https://beian.miit.gov.cn.evil.example/">{Number}</a>""", FooterState.Unlinked)]
    [InlineData($"""<a href="https://beian.miit.gov.cn/">备案</a> {Number}""", FooterState.Unlinked)]
    [InlineData($"""<a href="https://beian.miit.gov.cn/">{Number}""", FooterState.Unlinked)]
    [InlineData($"<!-- {Number} -->", FooterState.Missing)]
    [InlineData("""<a href="https://beian.miit.gov.cn/">京ICP备2026000001号</a>""", FooterState.Missing)]
    [InlineData("", FooterState.Missing)]
    [InlineData("<", FooterState.Missing)]
    [InlineData("<a", FooterState.Missing)]
    [InlineData("</a</a<a </a>", FooterState.Missing)]
    public void Read_APage_SaysHowItShowsTheNumber(string html, FooterState expected) => Assert.Equal(expected, FooterReading.Read(html, Number));

    [Theory]
    [InlineData("<a ")]
    [InlineData("</a")]
    [InlineData("<a </a")]
    [InlineData("<ab<ab</a")]
    [InlineData("<a href= ")]
    [InlineData(" href=            ")]
    [InlineData("京ICP备2026000001号-1")]
    [InlineData("&#")]
    public void Read_APageMadeToTakeLong_DoesNot(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 512 * 1024 / piece.Length)) + "2";
        var watch = Stopwatch.StartNew();

        FooterReading.Read(html, Number);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
    }
}
