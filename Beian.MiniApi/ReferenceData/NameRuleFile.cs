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
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Kinds = ["length", "charset", "pattern", "words", "wordsRef", "wordsMap", "placeName", "personName", "relation", "suffix", "unique", "hint"];

    public static IReadOnlyList<NameRule> Read(DataFile file, ReferenceBook book)
    {
        var from = file.Read<string>(file.Member("effectiveFrom"), "effectiveFrom");
        if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", out var begin))
        {
            throw file.Bad("effectiveFrom", "is not a date");
        }

        return [.. file.Rows<NameRuleRow>("items", r => r.Id).Select(row => Rule(file, row, begin, book))];
    }

    private static NameRule Rule(DataFile file, NameRuleRow row, DateOnly begin, ReferenceBook book)
    {
        var where = $"row '{row.Id}'";
        file.MustExist(Kinds.Contains(row.Kind), where, $"the kind '{row.Kind}'");
        file.MustExist(row.AppliesTo is "all" or "organization" or "individual" or "nonGovernment", where, $"'{row.AppliesTo}' as whom it applies to");
        file.MustExist(row.AllowedNatures.All(n => book.FindNature(n) is not null), where, "a subject nature");
        foreach (var material in row.Map.Select(m => m.Material).Concat(row.ExceptionMaterial is null ? [] : [row.ExceptionMaterial]))
        {
            file.MustExist(book.FindMaterial(material) is not null, where, $"the material '{material}'");
        }

        if (row.Basis.Count == 0)
        {
            throw file.Bad(where, "has no source");
        }

        if (row.EffectiveTo < (row.EffectiveFrom ?? begin))
        {
            throw file.Bad(where, "has an effectiveTo before it begins");
        }

        var provinces = row.Provinces.ValueKind == JsonValueKind.String && row.Provinces.GetString() == "all" ? null : file.Read<IReadOnlyList<string>>(row.Provinces, where + " provinces");
        foreach (var province in provinces ?? [])
        {
            file.MustExist(book.FindProvince(province) is not null, where, $"the province '{province}'");
        }

        var severity = row.Severity switch { "error" => Severity.Error, "warning" => Severity.Warning, "info" => Severity.Info, _ => throw file.Bad(where, $"has the severity '{row.Severity}'") };
        return new NameRule(book.RefOf("site-name-rules", row.Id), row.Code, row.Kind, row.AppliesTo, provinces, severity, row.EffectiveFrom ?? begin, row.EffectiveTo)
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

    private static Regex? Pattern(DataFile file, string where, string? pattern)
    {
        try
        {
            return pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{file.Name}: {where} {e.Message}", e);
        }
    }
}
