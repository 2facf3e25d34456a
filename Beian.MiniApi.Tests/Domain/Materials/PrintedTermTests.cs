using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Tests.Domain.Materials;

public sealed class PrintedTermTests
{
    [Theory]
    [InlineData("20070105-20270105", "2007-01-05", "2027-01-05")]
    [InlineData("20070105-长期", "2007-01-05", "longTerm")]
    [InlineData("2019年1月1日至2039年12月31日", "2019-01-01", "2039-12-31")]
    [InlineData("自2019年01月01日至长期", "2019-01-01", "longTerm")]
    [InlineData("2019 年 1 月 1 日 至 2039 年 1 月 1 日", "2019-01-01", "2039-01-01")]
    [InlineData("２０１９年１月１日至长期", "2019-01-01", "longTerm")]
    [InlineData("2019-01-01至2039-01-01", "2019-01-01", "2039-01-01")]
    [InlineData("2019.01.01-2039.01.01", "2019-01-01", "2039-01-01")]
    [InlineData("2019/1/1—2039/1/1", "2019-01-01", "2039-01-01")]
    [InlineData("长期", null, "longTerm")]
    [InlineData("无固定期限", null, "longTerm")]
    [InlineData("至2039年1月1日", null, "2039-01-01")]
    [InlineData("2019年1月1日至", "2019-01-01", null)]
    public void Read_AsPapersPrintIt_IsOurDates(string printed, string? from, string? to) => Assert.Equal(new PrintedTerm(from, to), PrintedTerm.Read(printed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2019年")]
    [InlineData("2019年1月1日")]
    [InlineData("20270105-20070105")]
    [InlineData("2019年1月1日至2039年1月1日至2059年1月1日")]
    [InlineData("120070105-20270105a1")]
    [InlineData("二〇一九年一月一日至长久")]
    public void Read_WhatCannotBeToldForSure_IsNothing(string? printed)
    {
        var term = PrintedTerm.Read(printed);

        Assert.True(term.From is null || printed!.StartsWith('1'), term.From);
        Assert.True(term.To is null || printed!.StartsWith('1'), term.To);
    }

    [Theory]
    [InlineData("20070231-20270105", null, "2027-01-05")]
    [InlineData("2019年13月1日至2039年1月1日", null, "2039-01-01")]
    public void Read_ADayThatNoCalendarHas_IsLeftOut(string printed, string? from, string? to) => Assert.Equal(new PrintedTerm(from, to), PrintedTerm.Read(printed));

    [Fact]
    public void Read_AVeryLongText_IsNoTerm() => Assert.Equal(PrintedTerm.Unreadable, PrintedTerm.Read(new string(' ', 100) + "20070105-20270105"));

    [Theory]
    [InlineData("2019年1月1日", "2019-01-01")]
    [InlineData("2019-01-01", "2019-01-01")]
    [InlineData("成立于2019年1月1日", null)]
    [InlineData("2019年2月30日", null)]
    public void ReadDay_OneDateAndNothingElse_IsRead(string printed, string? day) => Assert.Equal(day, PrintedTerm.ReadDay(printed));
}
