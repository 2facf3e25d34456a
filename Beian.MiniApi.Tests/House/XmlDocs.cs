using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Beian.MiniApi.Tests.House;

/// <summary>The summaries of the program's documentation comments, as Markdown.</summary>
internal static partial class XmlDocs
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(Load);

    /// <param name="member">Documentation id, such as <c>P:Namespace.Type.Property</c>.</param>
    public static string Summary(string member) => Summaries.Value.GetValueOrDefault(member, string.Empty);

    private static Dictionary<string, string> Load()
    {
        var file = Path.ChangeExtension(typeof(Program).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member").Where(m => m.Element("summary") is not null).ToDictionary(m => m.Attribute("name")!.Value, m => Markdown(m.Element("summary")!), StringComparer.Ordinal);
    }

    private static string Markdown(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
            XElement other => other.Value,
            _ => n.ToString(),
        }));
        return Blank().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
