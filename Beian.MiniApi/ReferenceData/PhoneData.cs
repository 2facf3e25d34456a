using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>A row of <c>phone-rules.json</c>.</summary>
/// <param name="Provinces">Array of codes, or the word <c>all</c>.</param>
internal sealed record PhoneRuleRow(
    string Id, string Field, string Kind, JsonElement Value, string AppliesTo, JsonElement Provinces, string? When, string Severity, string? Notes);

/// <summary>Who verifies by SMS for one kind of filing; null where a source says nothing.</summary>
internal sealed record SmsTargetRow(string Kind, IReadOnlyList<string>? Website, IReadOnlyList<string>? MiniProgram);

/// <summary>Reads the rules about telephones.</summary>
internal sealed class PhoneData
{
    private const string PrefixRow = "smsCapablePrefixes";
    private const int PrefixLength = 3;

    /// <summary>The data's word for a site's principal.</summary>
    private const string SitePrincipal = "siteManager";

    private static readonly string[] Kinds = ["regex", "prefixList", "areaMatch", "uniqueAcrossSubjects", "uniqueAcrossPersons", "mustDiffer", "equals", "declaration"];

    private readonly DataFile _file;
    private readonly Dictionary<string, PhoneRuleRow> _rules;

    private PhoneData(DataFile file, Dictionary<string, PhoneRuleRow> rules) => (_file, _rules) = (file, rules);

    public static PhoneData Read(DataFile file, HashSet<string> provinces)
    {
        var rules = file.Rows<PhoneRuleRow>("items", r => r.Id);
        foreach (var row in rules)
        {
            var where = $"row '{row.Id}'";
            file.MustBe(row.Kind, Kinds, where);
            file.MustBe(row.AppliesTo, ["all", "organization", "individual"], where);
            file.MustBe(row.Severity, ["error", "warning", "info"], where);
            foreach (var province in file.AllOr<string>(row.Provinces, where, "provinces") ?? [])
            {
                file.MustExist(provinces.Contains(province), where, $"the province '{province}'");
            }

            if (row.Kind == "regex")
            {
                file.Pattern(file.Read<string>(row.Value, where), where);
            }
        }

        return new PhoneData(file, rules.ToDictionary(r => r.Id, StringComparer.Ordinal));
    }

    /// <summary>What one row says about sharing a contact.</summary>
    public SharingRule Sharing(string id)
    {
        var row = Rule(id);
        return new SharingRule(row.AppliesTo, _file.AllOr<string>(row.Provinces, $"row '{id}'", "provinces"), row.Severity == "error" ? Severity.Error : Severity.Warning);
    }

    public IReadOnlyList<string> SmsPrefixes()
    {
        const string where = $"row '{PrefixRow}'";
        var prefixes = _file.Read<IReadOnlyList<string>>(Rule(PrefixRow).Value, where);
        return prefixes.FirstOrDefault(p => p.Length != PrefixLength || !p.All(char.IsAsciiDigit)) is { } odd ? throw _file.Bad(where, $"has the prefix '{odd}', which is not three digits") : prefixes;
    }

    /// <summary>The column for websites, by kind of filing.</summary>
    public Dictionary<string, IReadOnlyList<string>> SmsTargets()
    {
        var targets = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in _file.Rows<SmsTargetRow>("smsTargets", r => r.Kind))
        {
            foreach (var who in (row.Website ?? []).Concat(row.MiniProgram ?? []))
            {
                _file.MustBe(who, ["subjectPrincipal", SitePrincipal], $"smsTargets '{row.Kind}'");
            }

            if (row.Website is { } website)
            {
                targets[row.Kind] = [.. website.Select(t => t == SitePrincipal ? "sitePrincipal" : t)];
            }
        }

        return targets;
    }

    private PhoneRuleRow Rule(string id) => _rules.GetValueOrDefault(id) ?? throw _file.Bad($"row '{id}'", "is missing");
}
