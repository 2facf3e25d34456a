using System.Globalization;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>What a line of a template is to say.</summary>
/// <param name="Text">As words; null when it is a time or nothing is known.</param>
/// <param name="At">As an instant; null when it is words.</param>
public sealed record MessageFact(string? Text, DateTimeOffset? At = null)
{
    /// <summary>Never the words: they may be a name.</summary>
    public override string ToString() => nameof(MessageFact);
}

/// <summary>
/// Makes a value that WeChat takes out of whatever is to be said: a refused value would lose the whole message. What cannot be made to fit gives way to a
/// default that says nothing wrong. Limits: developers.weixin.qq.com, 小程序订阅消息 sendMessage, 参数值内容限制说明, seen 2026-07-30; what they leave open is inferred.
/// </summary>
public static partial class MessageValues
{
    /// <summary>Most code points of a thing.</summary>
    public const int MaxThing = 20;

    /// <summary>Most characters of a number, letter or character string.</summary>
    public const int MaxCharacters = 32;

    /// <summary>Most Chinese characters of a phrase.</summary>
    public const int MaxPhrase = 5;

    /// <summary>For words that are not known.</summary>
    public const string Nothing = "无";

    /// <summary>For a phrase without any Chinese character, or made of a time.</summary>
    public const string NoPhrase = "已更新";

    /// <summary>For characters and symbols, where there are none.</summary>
    public const string NoCharacters = "-";

    private const string Ellipsis = "…";

    /// <summary>A value of that kind.</summary>
    /// <param name="kind">Of the line.</param>
    /// <param name="fact">What it is to say.</param>
    /// <param name="happened">Stands for a time that is not known.</param>
    /// <param name="choices">The values an enumeration allows; empty when they are not known.</param>
    public static string Of(MessageFieldKind kind, MessageFact fact, DateTimeOffset happened, IReadOnlyList<string> choices)
    {
        var text = fact.At is { } at ? Local(at, "M月d日 HH:mm") : MessageText.Clean(fact.Text);
        return kind switch
        {
            MessageFieldKind.Number => Number().IsMatch(text) && text.Length <= MaxCharacters ? text : "0",
            MessageFieldKind.Letter => OrElse(MessageText.Only(text, char.IsAsciiLetter, MaxCharacters), "NA"),
            MessageFieldKind.Symbol => OrElse(MessageText.Only(text, c => char.IsPunctuation(c) || (char.IsSymbol(c) && !char.IsSurrogate(c)), 5), NoCharacters),
            MessageFieldKind.CharacterString => OrElse(MessageText.Only(text, c => c is >= '!' and <= '~', MaxCharacters), NoCharacters),
            MessageFieldKind.Time => TimeRule().IsMatch(text) && fact.At is null ? text : Local(fact.At ?? happened, "yyyy年M月d日 HH:mm"),
            MessageFieldKind.Date => DateRule().IsMatch(text) && fact.At is null ? text : Local(fact.At ?? happened, "yyyy-MM-dd"),
            MessageFieldKind.Amount => Amount().IsMatch(text) ? text : "0元",
            MessageFieldKind.PhoneNumber => LastFour(text),
            MessageFieldKind.CarNumber => OrElse(MessageText.Cut(text, 8), Nothing),
            MessageFieldKind.Name => Name(text),
            MessageFieldKind.Phrase => fact.At is null ? OrElse(MessageText.Only(text, IsChinese, MaxPhrase), NoPhrase) : NoPhrase,
            MessageFieldKind.Enum => choices.Count == 0 || choices.Contains(text, StringComparer.Ordinal) ? Thing(text) : choices[0],
            _ => Thing(text),
        };
    }

    /// <summary>Free words without the telephone and identity numbers that somebody wrote into them: of each run of digits the last four stay.</summary>
    public static string WithoutNumbers(string text) => LongNumber().Replace(text, m => "尾号" + LastFour(m.Value));

    /// <summary>The last four digits, or a dash where there are fewer: a whole number never leaves by a message.</summary>
    public static string LastFour(string? number) => MessageText.Only(number ?? string.Empty, c => char.IsAsciiDigit(c) || c is 'X' or 'x', int.MaxValue) is { Length: >= 4 } digits ? digits[^4..] : NoCharacters;

    private static string Thing(string text)
    {
        if (MessageText.Length(text) > MaxThing)
        {
            var kept = MessageText.Cut(text, MaxThing - 1).TrimEnd();
            return kept.Length == 0 ? Nothing : kept + Ellipsis;
        }

        return OrElse(text, Nothing);
    }

    /// <summary>Ten characters where one of them is not Latin, twenty otherwise.</summary>
    private static string Name(string text) => OrElse(MessageText.Cut(text, text.All(char.IsAscii) ? 20 : 10).TrimEnd(), Nothing);

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';

    private static string OrElse(string value, string otherwise) => value.Length == 0 ? otherwise : value;

    private static string Local(DateTimeOffset at, string format) => at.ToOffset(ChinaTime.Offset).ToString(format, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^-?[0-9]{1,32}(\.[0-9]+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^([0-9]{4}(年[0-9]{1,2}月[0-9]{1,2}日|-[0-9]{1,2}-[0-9]{1,2}) )?([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]
    private static partial Regex TimeRule();

    [GeneratedRegex(@"^[0-9]{4}(年[0-9]{1,2}月[0-9]{1,2}日|[-/.][0-9]{1,2}[-/.][0-9]{1,2})( ([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?$")]
    private static partial Regex DateRule();

    [GeneratedRegex(@"^[¥￥$€£]?[0-9]{1,10}(\.[0-9]{1,2})?元?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"[0-9](?:[ -]?[0-9]){6,}[Xx]?")]
    private static partial Regex LongNumber();
}
