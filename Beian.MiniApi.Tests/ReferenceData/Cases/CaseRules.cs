using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>Ids of the rules that speak for what a case names.</summary>
internal static class CaseRules
{
    /// <summary>The general key that answers where no province has the special one.</summary>
    private static readonly Dictionary<string, string> General = new(StringComparer.Ordinal) { ["certificateMinRemainingMonths"] = "dateRules" };

    private static readonly Dictionary<string, string> SuffixRules = ReadSuffixRules();

    public static IReadOnlyList<string> Of(Case one)
    {
        var hash = one.Ref.IndexOf('#', StringComparison.Ordinal);
        var (table, name) = (Path.GetFileNameWithoutExtension(one.Ref[..hash]), one.Ref[(hash + 1)..]);
        switch (table)
        {
            case "provinces":
                var key = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
                return [name, "nationwide." + General.GetValueOrDefault(key, key)];
            case "domain-suffixes":
                return [SuffixRules.GetValueOrDefault(name, table + "." + name)];
            case "certificate-types" when name != "usccStructure" && !char.IsAsciiDigit(name[0]):
                // A method of check digits is used by the type of the case.
                return [table + "." + (one.Input.Number("type") ?? one.Input.Number("certificateType") ?? 2).ToString(CultureInfo.InvariantCulture)];
            case "materials" when name == "livenessPhoto":
                // Made by the face check, so its field asks for it.
                return ["fields.site.faceCheck"];
            default:
                return [table + "." + name];
        }
    }

    /// <summary>Rules of the suffix data about one province or some natures are rows of the packs.</summary>
    private static Dictionary<string, string> ReadSuffixRules()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TheBook.Folder, "domain-suffixes.json")));
        var rules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in document.RootElement.GetProperty("rules").EnumerateArray())
        {
            var id = row.GetProperty("id").GetString()!;
            if (row.TryGetProperty("province", out var province))
            {
                rules[id] = province.GetString() + ".domainSuffixLimits";
            }
            else if (row.TryGetProperty("natures", out _))
            {
                rules[id] = "nationwide.institutionDomains";
            }
        }

        return rules;
    }
}
