using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>A row of <c>site-name-rules.json</c>.</summary>
internal sealed record NameRuleRow(
    string Id,
    string Code,
    string Kind,
    string AppliesTo,
    JsonElement Provinces,
    string Severity,
    IReadOnlyList<string> Scope,
    string? Position,
    IReadOnlyList<string> Words,
    string? WordsRef,
    IReadOnlyList<WordMap> Map,
    int? Min,
    int? Max,
    string? Unit,
    string? Allowed,
    string? Regex,
    string? DenyRegex,
    string? RequireRegex,
    IReadOnlyList<string> RequireSuffix,
    IReadOnlyList<int> AllowedNatures,
    string? Exception,
    string? ExceptionMaterial,
    IReadOnlyList<string> PassExamples,
    IReadOnlyList<string> FailExamples,
    string? Note,
    IReadOnlyList<string> Basis,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null,
    bool WithPlace = false);

/// <summary>Reads the rules about names.</summary>
internal static class NameRuleFile
{
    public const string Name = "site-name-rules.json";

    private const string Set = "site-name-rules";

    private static readonly string[] Kinds = ["length", "charset", "pattern", "words", "wordsRef", "wordsMap", "placeName", "personName", "relation", "suffix", "unique", "hint"];

    private static readonly string[] Scopes = ["serviceName", "subjectName", "businessScope", "serviceContent", "remark"];

    /// <summary>What a finding names as the version of the file.</summary>
    public static string Label(DataFile file) => Set + "@" + file.Read<string>(file.Member("version"), "version");

    /// <param name="file">The rules.</param>
    /// <param name="book">What their rows may name.</param>
    /// <param name="texts">Codes that have texts.</param>
    public static IReadOnlyList<NameRule> Read(DataFile file, ReferenceBook book, IReadOnlySet<string> texts)
    {
        var from = file.Read<string>(file.Member("effectiveFrom"), "effectiveFrom");
        if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", out var begin))
        {
            throw file.Bad("effectiveFrom", "is not a date");
        }

        return [.. file.Rows<NameRuleRow>("items", r => r.Id).Select(row => Rule(file, row, begin, book, texts))];
    }

    private static NameRule Rule(DataFile file, NameRuleRow row, DateOnly begin, ReferenceBook book, IReadOnlySet<string> texts)
    {
        var where = $"row '{row.Id}'";
        CheckWords(file, row, where, texts);
        file.MustExist(row.AllowedNatures.All(n => book.FindNature(n) is not null), where, "a subject nature");
        foreach (var material in row.Map.Select(m => m.Material).Concat(row.ExceptionMaterial is null ? [] : [row.ExceptionMaterial]))
        {
            file.MustExist(book.FindMaterial(material) is not null, where, $"the material '{material}'");
        }

        if (row.EffectiveTo < (row.EffectiveFrom ?? begin))
        {
            throw file.Bad(where, "has an effectiveTo before it begins");
        }

        var provinces = file.AllOr<string>(row.Provinces, where, "provinces");
        foreach (var province in provinces ?? [])
        {
            file.MustExist(book.FindProvince(province) is not null, where, $"the province '{province}'");
        }

        var severity = row.Severity switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => throw file.Bad(where, $"has the severity '{row.Severity}'") };
        return new NameRule(new RuleRef(Set + "." + row.Id, Label(file)), row.Code, row.Kind, row.AppliesTo, provinces, severity, row.EffectiveFrom ?? begin, row.EffectiveTo)
        {
            Scope = row.Scope,
            AtStart = row.Position == "start",
            WithPlace = row.WithPlace,
            Words = new WordList(row.Words),
            Map = row.Map,
            Min = row.Min,
            Max = row.Max,
            Unit = row.Unit,
            Allowed = Pattern(file, where, row.Regex),
            Deny = Pattern(file, where, row.DenyRegex),
            Require = Pattern(file, where, row.RequireRegex),
            RequireSuffix = row.RequireSuffix,
            AllowedNatures = row.AllowedNatures,
            ExceptionMaterial = row.ExceptionMaterial,
            ReviewerDecides = row.Exception is not null,
        };
    }

    private static void CheckWords(DataFile file, NameRuleRow row, string where, IReadOnlySet<string> texts)
    {
        file.MustBe(row.Kind, Kinds, where);
        file.MustBe(row.AppliesTo, ["all", "organization", "individual", "nonGovernment"], where);
        file.MustBe(row.Position, ["start", "anywhere"], where);
        file.MustBe(row.Unit, ["countedCharacters", "hanCharacters"], where);
        foreach (var scope in row.Scope)
        {
            file.MustBe(scope, Scopes, where);
        }

        file.MustSay(row.Scope.Count == 0 ? null : row.Scope[0], where, "scope");
        file.MustSay(row.Basis.Count == 0 ? null : row.Basis[0], where, "source");
        if (row.Words.Concat(row.Map.SelectMany(m => m.Words)).Any(string.IsNullOrWhiteSpace))
        {
            throw file.Bad(where, "has an empty word");
        }

        if (!texts.Contains(row.Code))
        {
            throw file.Bad(where, $"has the code '{row.Code}', which has no texts");
        }
    }

    private static Regex? Pattern(DataFile file, string where, string? pattern) => pattern is null ? null : file.Pattern(pattern, where, RegexOptions.NonBacktracking);
}
