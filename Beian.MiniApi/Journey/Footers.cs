using System.Net;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Journey;

/// <summary>The line that must stand at the foot of a site's home page.</summary>
/// <param name="Text">The number as this province wants it: 广东 the subject's, everybody else the site's.</param>
/// <param name="Html">The same as a link to MIIT's filing system.</param>
public sealed record Footer(string Text, string Html)
{
    /// <summary>Where the number must lead to; used where the data says nothing.</summary>
    private const string DefaultLink = "https://beian.miit.gov.cn/";

    /// <param name="rules">The rules of the province.</param>
    /// <param name="subjectNumber">主体备案号.</param>
    /// <param name="siteNumber">网站备案号.</param>
    public static Footer Of(RuleSet rules, string subjectNumber, string siteNumber)
    {
        var number = rules.Find<string>("footerNumber")?.Value == "subject" ? subjectNumber : siteNumber;
        var link = rules.Find<string>("footerLink")?.Value ?? DefaultLink;
        return new Footer(number, $"<a href=\"{WebUtility.HtmlEncode(link)}\" target=\"_blank\" rel=\"noopener\">{Encoded(number)}</a>");
    }

    /// <summary>Encodes what HTML would read and leaves Chinese as it is, for the people who paste it.</summary>
    private static string Encoded(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
