using System.Text.RegularExpressions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>A template of the played account.</summary>
/// <param name="Id">43 characters.</param>
/// <param name="Title">Its name.</param>
/// <param name="Lines">Label and key of each line, in order.</param>
internal sealed record SandboxTemplate(string Id, string Title, IReadOnlyList<(string Label, string Key)> Lines);

/// <summary>The templates of the played account, and WeChat's rules for their values.</summary>
internal static partial class SandboxTemplates
{
    public static readonly IReadOnlyList<SandboxTemplate> All =
    [
        new(Id("Progress"), "备案进度通知", [("备案对象", "thing1"), ("当前状态", "phrase2"), ("更新时间", "time3"), ("订单号", "character_string4"), ("温馨提示", "thing5")]),
        new(Id("Correction"), "备案补正通知", [("备案对象", "thing1"), ("驳回原因", "thing2"), ("截止日期", "date3"), ("处理方式", "thing4")]),
        new(Id("SmsCheck"), "短信核验提醒", [("备案对象", "thing1"), ("手机尾号", "thing2"), ("截止时间", "time3"), ("温馨提示", "thing4")]),
    ];

    /// <summary>The first value that breaks its rule, in WeChat's words, or null.</summary>
    public static string? Wrong(SandboxTemplate template, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (_, key) in template.Lines)
        {
            if (!values.TryGetValue(key, out var value) || value.Length == 0)
            {
                return $"argument invalid! data.{key}.value is emtpy";
            }

            if (!Fits(key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), value))
            {
                return $"argument invalid! data.{key}.value invalid";
            }
        }

        return null;
    }

    private static string Id(string name) => ("sandboxTemplate" + name).PadRight(43, '0');

    private static bool Fits(string kind, string value) => !value.AsSpan().ContainsAny('\r', '\n') && kind switch
    {
        "thing" => value.EnumerateRunes().Count() <= 20,
        "number" => Number().IsMatch(value) && value.Length <= 32,
        "letter" => Letters().IsMatch(value),
        "symbol" => value.Length <= 5,
        "character_string" => Characters().IsMatch(value),
        "time" => Time().IsMatch(value),
        "date" => Date().IsMatch(value),
        "amount" => Amount().IsMatch(value),
        "phone_number" => Phone().IsMatch(value),
        "car_number" => value.Length <= 8,
        "name" => value.Any(c => c >= 0x2E80) ? value.Length <= 10 : value.Length <= 20,
        "phrase" => Phrase().IsMatch(value),
        _ => true,
    };

    [GeneratedRegex(@"^-?\d{1,32}(\.\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z]{1,32}$")]
    private static partial Regex Letters();

    [GeneratedRegex(@"^[\x21-\x7e]{1,32}$")]
    private static partial Regex Characters();

    [GeneratedRegex(@"^((\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}) )?([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?(~.+)?$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})( ([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?(~.+)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[¥￥$€£]?\d{1,10}(\.\d+)?元?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[-+*#() 0-9]{1,17}$")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[一-鿿]{1,5}$")]
    private static partial Regex Phrase();
}
