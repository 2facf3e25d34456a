using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>
/// Reads papers by what their file name, or the comment inside the picture, says: <c>none</c> and <c>broken</c> are failures, <c>blur</c> loses fields,
/// <c>back</c>, <c>person-2</c>, <c>licence-2</c> choose an answer, and a comment <c>sandbox-ocr {…}</c> is the answer itself.
/// </summary>
internal sealed partial class SandboxOcr(IOptions<SandboxWeChatOptions> options)
{
    private const string AnswerMark = "sandbox-ocr ";

    /// <summary>Where a comment of a picture stands.</summary>
    private const int CommentBytes = 8 * 1024;

    /// <summary>Made-up persons; their numbers end in a sequence that begins with 00.</summary>
    private static readonly (string Name, string Number, string Address, string Gender, string Nationality)[] People =
    [
        ("林示例", "110101199003070003", "北京市东城区示例路1号8层801室", "女", "汉"),
        ("陈样本", "440106198812120017", "广东省广州市天河区样本街2号", "男", "汉"),
        ("阿依示例", "65010219920815002X", "新疆维吾尔自治区乌鲁木齐市天山区示例巷3号", "女", "维吾尔"),
    ];

    private static readonly (string Number, string Name, string Representative, string Address, string Type)[] Licences =
    [
        ("91110105MA0000007L", "星河示例科技（北京）有限公司", "林示例", "北京市朝阳区示例路1号8层801室", "有限责任公司"),
        ("92440101MA00000085", "天河区样本百货店", "陈样本", "广东省广州市天河区样本街2号", "个体工商户"),
    ];

    public SandboxWeChatReply IdCard(SandboxRequest request) => Read(request, marks =>
    {
        if (marks.Contains("licence", StringComparison.Ordinal))
        {
            return SandboxWeChatReply.Refusal(101001);
        }

        if (marks.Contains("back", StringComparison.Ordinal))
        {
            return SandboxWeChatReply.Done(("type", "Back"), ("valid_date", marks.Contains("longterm", StringComparison.Ordinal) ? "20200501-长期" : "20200501-20400501"));
        }

        var person = People[Chosen(Person().Match(marks), People.Length)];
        return marks.Contains("blur", StringComparison.Ordinal)
            ? SandboxWeChatReply.Done(("type", "Front"), ("name", person.Name))
            : SandboxWeChatReply.Done(
                ("type", "Front"), ("name", person.Name), ("id", person.Number), ("addr", person.Address), ("gender", person.Gender), ("nationality", person.Nationality));
    });

    public SandboxWeChatReply Licence(SandboxRequest request) => Read(request, marks =>
    {
        if (marks.Contains("id-", StringComparison.Ordinal))
        {
            return SandboxWeChatReply.Refusal(101001);
        }

        var licence = Licences[Chosen(LicenceNumber().Match(marks), Licences.Length)];
        return marks.Contains("blur", StringComparison.Ordinal)
            ? SandboxWeChatReply.Done(("enterprise_name", licence.Name))
            : SandboxWeChatReply.Done(
                ("reg_num", licence.Number),
                ("enterprise_name", licence.Name),
                ("legal_representative", licence.Representative),
                ("address", licence.Address),
                ("type_of_enterprise", licence.Type),
                ("registered_capital", "壹佰万元整"),
                ("registered_date", "2019年1月1日"),
                ("valid_period", "2019年1月1日至长期"),
                ("business_scope", "技术服务、技术开发、技术咨询"));
    });

    private SandboxWeChatReply Read(SandboxRequest request, Func<string, SandboxWeChatReply> judge)
    {
        if (request.Query("img_url") is { } address)
        {
            return address.Contains("unreachable", StringComparison.Ordinal) ? SandboxWeChatReply.Refusal(101000) : judge(address.ToLowerInvariant());
        }

        if (SandboxUpload.Read(request.Http.Request.ContentType, request.Bytes, "img", options.Value.QuotedBoundary) is not { } file)
        {
            return SandboxWeChatReply.Refusal(41005);
        }

        if (file.Bytes.Length >= WeChatPicture.MaxBytes || WeChatPictures.TypeOf(file.Bytes.Span) is null)
        {
            return SandboxWeChatReply.Refusal(101002);
        }

        var comment = Encoding.UTF8.GetString(file.Bytes.Span[..Math.Min(CommentBytes, file.Bytes.Length)]);
        if (Answer(comment) is { } answer)
        {
            return answer;
        }

        var marks = file.FileName.ToLowerInvariant() + " " + string.Join(' ', Mark().Matches(comment).Select(m => m.Groups[1].Value));
        return marks switch
        {
            _ when marks.Contains("none", StringComparison.Ordinal) => SandboxWeChatReply.Refusal(101001),
            _ when marks.Contains("broken", StringComparison.Ordinal) => SandboxWeChatReply.Refusal(101002),
            _ => judge(marks),
        };
    }

    /// <summary>The JSON after the mark, up to the end of its object; null without one.</summary>
    private static SandboxWeChatReply? Answer(string comment)
    {
        var at = comment.IndexOf(AnswerMark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(comment[(at + AnswerMark.Length)..]));
            return JsonElement.TryParseValue(ref reader, out var answer) && answer is { ValueKind: JsonValueKind.Object } fields
                ? SandboxWeChatReply.Done([.. fields.EnumerateObject().Select(f => (f.Name, (object)f.Value.Clone()))])
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The chosen row, counted from 1; the first one when none is chosen.</summary>
    private static int Chosen(Match match, int rows) => match.Success ? (match.Groups[1].Value[0] - '1') % rows : 0;

    [GeneratedRegex("person-([1-9])")]
    private static partial Regex Person();

    [GeneratedRegex("licence-([1-9])")]
    private static partial Regex LicenceNumber();

    [GeneratedRegex("sandbox:([a-z0-9-]+)")]
    private static partial Regex Mark();
}
