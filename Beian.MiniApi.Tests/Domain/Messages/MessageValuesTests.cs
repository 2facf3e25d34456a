using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Messages;

namespace Beian.MiniApi.Tests.Domain.Messages;

/// <summary>Whatever is to be said becomes a value that WeChat takes.</summary>
public sealed class MessageValuesTests
{
    private static readonly DateTimeOffset Happened = new(2026, 11, 21, 2, 30, 0, TimeSpan.Zero);

    /// <summary>WeChat's rules, written apart from the code that keeps them.</summary>
    private static readonly Dictionary<MessageFieldKind, Func<string, bool>> Rules = new()
    {
        [MessageFieldKind.Thing] = v => v.EnumerateRunes().Count() is >= 1 and <= 20,
        [MessageFieldKind.Number] = v => v.Length <= 32 && Regex.IsMatch(v, @"^-?[0-9]+(\.[0-9]+)?$"),
        [MessageFieldKind.Letter] = v => Regex.IsMatch(v, "^[A-Za-z]{1,32}$"),
        [MessageFieldKind.Symbol] = v => v.Length is >= 1 and <= 5 && !v.Any(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c)),
        [MessageFieldKind.CharacterString] = v => Regex.IsMatch(v, @"^[\x21-\x7e]{1,32}$"),
        [MessageFieldKind.Time] = v => Regex.IsMatch(v, @"^(([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}) )?([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"),
        [MessageFieldKind.Date] = v => Regex.IsMatch(v, @"^[0-9]{4}(年[0-9]{1,2}月[0-9]{1,2}日|[-/.][0-9]{1,2}[-/.][0-9]{1,2})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$"),
        [MessageFieldKind.Amount] = v => Regex.IsMatch(v, @"^[¥￥$€£]?[0-9]{1,10}(\.[0-9]+)?元?$"),
        [MessageFieldKind.PhoneNumber] = v => v.Length is >= 1 and <= 4,
        [MessageFieldKind.CarNumber] = v => v.EnumerateRunes().Count() is >= 1 and <= 8,
        [MessageFieldKind.Name] = v => v.Length > 0 && v.EnumerateRunes().Count() <= (v.All(char.IsAscii) ? 20 : 10),
        [MessageFieldKind.Phrase] = v => Regex.IsMatch(v, "^[一-鿿]{1,5}$"),
        [MessageFieldKind.Enum] = v => v is "甲" or "乙",
    };

    private static readonly string[] Pieces =
    [
        "备", "案", "a", "Z", "7", "13800000001", " ", "\n", "\r\n", "\t", "\0", "\u0007", "\u2028", "\u200B", "\u202E", "\uFEFF", "e\u0301", "\u0301", "𠮷", "👨‍👩‍👧", "🇨🇳", "\uD83D", "\uDE00", "…", "*", "¥", "元", ".", "-", "年",
        "2026-11-21", "10:30", "25:99", "（", "，", "\"", "<b>", "한", "ｱ", "नि",
    ];

    [Fact]
    public void Of_AnyTextAndKind_KeepsTheRuleOfTheKind()
    {
        Assert.Equal(Enum.GetValues<MessageFieldKind>().Order(), Rules.Keys.Order());
        var random = new Random(20261126);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 45)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            foreach (var (kind, rule) in Rules)
            {
                var value = MessageValues.Of(kind, new MessageFact(text), Happened, ["甲", "乙"]);

                Assert.True(rule(value), $"{kind}: {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))} became {value}");
                Assert.DoesNotContain(value, c => char.IsControl(c) || c is '\u2028' or '\u2029');
                Assert.DoesNotContain(value.EnumerateRunes(), r => r.Value == 0xFFFD);
            }
        }
    }

    [Fact]
    public void Of_AThing_NeverTakesWhatBelongsTogetherApart()
    {
        var random = new Random(7);
        string[] together = ["e\u0301", "𠮷", "नि", "ก็", "a\u0308\u0323", "字"];
        for (var i = 0; i < 5_000; i++)
        {
            var elements = Enumerable.Range(0, random.Next(1, 40)).Select(_ => together[random.Next(together.Length)]).ToArray();
            var value = MessageValues.Of(MessageFieldKind.Thing, new MessageFact(string.Concat(elements)), Happened, []);

            var left = value.EndsWith('…') ? value[..^1] : value;
            Assert.StartsWith(left, string.Concat(elements), StringComparison.Ordinal);
            Assert.Equal(left, string.Concat(elements.Take(new StringInfo(left).LengthInTextElements)));
        }
    }

    [Theory]
    [InlineData(MessageFieldKind.Thing, "示例科技官网", "示例科技官网")]
    [InlineData(MessageFieldKind.Thing, "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六七八九十")]
    [InlineData(MessageFieldKind.Thing, "一二三四五六七八九十一二三四五六七八九十一", "一二三四五六七八九十一二三四五六七八九…")]
    [InlineData(MessageFieldKind.Thing, "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷", "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷…")]
    [InlineData(MessageFieldKind.Thing, "两\r\n行", "两 行")]
    [InlineData(MessageFieldKind.Thing, " \u200b\t", "无")]
    [InlineData(MessageFieldKind.Thing, null, "无")]
    [InlineData(MessageFieldKind.Thing, "好👍🏽的", "好的")]
    [InlineData(MessageFieldKind.Number, "12.50", "12.50")]
    [InlineData(MessageFieldKind.Number, "十二", "0")]
    [InlineData(MessageFieldKind.Number, "123456789012345678901234567890123", "0")]
    [InlineData(MessageFieldKind.Letter, "Abc 1", "Abc")]
    [InlineData(MessageFieldKind.Letter, "中", "NA")]
    [InlineData(MessageFieldKind.Symbol, "a+b=(c)!?", "+=()!")]
    [InlineData(MessageFieldKind.Symbol, "abc", "-")]
    [InlineData(MessageFieldKind.CharacterString, "订单 26112278737112", "26112278737112")]
    [InlineData(MessageFieldKind.CharacterString, "订单", "-")]
    [InlineData(MessageFieldKind.Time, "10:30", "10:30")]
    [InlineData(MessageFieldKind.Time, "25:00", "2026年11月21日 10:30")]
    [InlineData(MessageFieldKind.Date, "2026/1/2", "2026/1/2")]
    [InlineData(MessageFieldKind.Date, "明天", "2026-11-21")]
    [InlineData(MessageFieldKind.Amount, "￥12.5元", "￥12.5元")]
    [InlineData(MessageFieldKind.Amount, "免费", "0元")]
    [InlineData(MessageFieldKind.PhoneNumber, "+86 138-0000-1234", "1234")]
    [InlineData(MessageFieldKind.PhoneNumber, "123", "-")]
    [InlineData(MessageFieldKind.CarNumber, "京A12345挂车", "京A12345挂")]
    [InlineData(MessageFieldKind.Name, "欧阳测试欧阳测试欧阳测试", "欧阳测试欧阳测试欧阳")]
    [InlineData(MessageFieldKind.Name, "Ouyang Testing of the Mountains", "Ouyang Testing of th")]
    [InlineData(MessageFieldKind.Phrase, "管局审核", "管局审核")]
    [InlineData(MessageFieldKind.Phrase, "已经提交给管局了", "已经提交给")]
    [InlineData(MessageFieldKind.Phrase, "approved!", "已更新")]
    [InlineData(MessageFieldKind.Enum, "乙", "乙")]
    [InlineData(MessageFieldKind.Enum, "丙", "甲")]
    public void Of_KnownTexts_IsWhatIsExpected(MessageFieldKind kind, string? text, string expected) =>
        Assert.Equal(expected, MessageValues.Of(kind, new MessageFact(text), Happened, ["甲", "乙"]));

    [Theory]
    [InlineData(MessageFieldKind.Time, "2026年11月22日 00:05")]
    [InlineData(MessageFieldKind.Date, "2026-11-22")]
    [InlineData(MessageFieldKind.Thing, "11月22日 00:05")]
    [InlineData(MessageFieldKind.Phrase, "已更新")]
    public void Of_AnInstant_IsTheTimeInChina(MessageFieldKind kind, string expected) =>
        Assert.Equal(expected, MessageValues.Of(kind, new MessageFact(null, new DateTimeOffset(2026, 11, 21, 16, 5, 0, TimeSpan.Zero)), Happened, []));

    [Theory]
    [InlineData("请拨 13800001234 或 010-12345678", "请拨 尾号1234 或 尾号5678")]
    [InlineData("证件 11010119900307002X 模糊", "证件 尾号002X 模糊")]
    [InlineData("第 3 页 2026 年", "第 3 页 2026 年")]
    public void WithoutNumbers_KeepsTheLastFourDigits(string text, string expected) => Assert.Equal(expected, MessageValues.WithoutNumbers(text));

    [Theory]
    [InlineData("thing1", MessageFieldKind.Thing)]
    [InlineData("character_string12", MessageFieldKind.CharacterString)]
    [InlineData("enum_string2", MessageFieldKind.Enum)]
    [InlineData("thing", null)]
    [InlineData("1", null)]
    [InlineData("Thing1", null)]
    [InlineData("thing12345", null)]
    [InlineData("thing1.DATA", null)]
    public void Parse_AKey_HasItsKind(string key, MessageFieldKind? expected) => Assert.Equal(expected, MessageField.Parse(key)?.Kind);
}
