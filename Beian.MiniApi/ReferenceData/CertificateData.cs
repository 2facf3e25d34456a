using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads the types of certificates and how their numbers are made.</summary>
internal static class CertificateData
{
    public static IReadOnlyList<CertificateType> Types(DataFile file, HashSet<int> natures)
    {
        var patterns = new Dictionary<string, Regex>(StringComparer.Ordinal);
        NumberFormat Format(string where, string? name, string pattern, string? checksum)
        {
            if (!patterns.TryGetValue(pattern, out var regex))
            {
                regex = patterns[pattern] = file.Pattern(pattern, where);
            }

            var method = Checksum.None;
            if (checksum is not null && !Enum.TryParse(checksum, ignoreCase: true, out method))
            {
                throw file.Bad(where, $"names the unknown checksum '{checksum}'");
            }

            return new NumberFormat(name, regex, method);
        }

        var types = new List<CertificateType>();
        foreach (var row in file.Rows<CertificateRow>("items", r => r.Code.ToString(CultureInfo.InvariantCulture)))
        {
            var where = $"row '{row.Code}'";
            file.MustExist(row.SubjectNatures.All(natures.Contains), where, "a subject nature");
            types.Add(new CertificateType(
                row.Code,
                row.Name,
                row.SubjectNatures,
                row.ForPerson,
                row.NumberRegex is null ? null : Format(where, null, row.NumberRegex, row.Checksum),
                [.. row.AlternativeFormats.Select(a => Format(where, a.Name, a.Regex, a.Checksum))],
                row.Legacy,
                row.Notes,
                row.NameEn));
        }

        return types;
    }

    /// <summary>What the first two characters of a unified social credit code tell.</summary>
    public static IReadOnlyList<CreditCodePrefix> CreditCodePrefixes(DataFile file)
    {
        const string where = "usccStructure.prefixes";
        if (file.Member("usccStructure") is not { ValueKind: JsonValueKind.Object } structure || !structure.TryGetProperty("prefixes", out var prefixes) || prefixes.ValueKind != JsonValueKind.Array)
        {
            throw file.Bad(where, "is missing");
        }

        var rows = new List<CreditCodePrefix>();
        foreach (var element in prefixes.EnumerateArray())
        {
            var row = file.Read<CreditCodePrefix>(element, $"{where}[{rows.Count}]");
            if (rows.Exists(r => r.Prefix == row.Prefix))
            {
                throw file.Bad($"{where}[{rows.Count}]", $"repeats the code '{row.Prefix}'");
            }

            rows.Add(row);
        }

        return rows;
    }
}
