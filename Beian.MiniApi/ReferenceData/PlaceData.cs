using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads the divisions and their telephone area codes.</summary>
internal static class PlaceData
{
    private const int CodeLength = 6;

    /// <summary>Digits of a code that name its province, its city.</summary>
    private static readonly int[] Shared = [2, 4];

    public static IReadOnlyList<Division> Divisions(DataFile file)
    {
        var provinces = file.Rows<Division>("items", d => d.Code);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var province in provinces)
        {
            Check(file, province, parent: null, level: 0, seen);
        }

        return provinces;
    }

    public static IReadOnlyList<AreaCode> AreaCodes(DataFile file, IReadOnlyList<Division> divisions)
    {
        var rows = file.Rows<AreaCode>("items", a => a.DivisionCode);
        var cities = divisions.SelectMany(p => p.Children ?? []).ToList();
        var known = cities.Concat(cities.SelectMany(c => c.Children ?? [])).Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            file.MustExist(known.Contains(row.DivisionCode), $"row '{row.DivisionCode}'", "a city or county");
            foreach (var code in row.AreaCodes.Concat(row.LegacyAreaCodes).Where(c => c.Length is < 3 or > 4 || c[0] != '0' || !c.All(char.IsAsciiDigit)))
            {
                throw file.Bad($"row '{row.DivisionCode}'", $"has the area code '{code}', which is not 0 and two or three digits");
            }

            if (row.Evidence.Count == 0 && row.AreaCodes.Count > 0)
            {
                throw file.Bad($"row '{row.DivisionCode}'", "has no source in evidence");
            }
        }

        return rows;
    }

    private static void Check(DataFile file, Division division, Division? parent, int level, HashSet<string> seen)
    {
        var where = $"row '{division.Code}'";
        if (division.Code.Length != CodeLength || !division.Code.All(char.IsAsciiDigit))
        {
            throw file.Bad(where, "has a code that is not six digits");
        }

        file.MustSay(division.Name, where, "name");
        if (!seen.Add(division.Code))
        {
            throw file.Bad(where, "stands twice in the tree");
        }

        if (parent is not null && !division.Code.StartsWith(parent.Code[..Shared[level - 1]], StringComparison.Ordinal))
        {
            throw file.Bad(where, $"has a code that does not lie in '{parent.Code}'");
        }

        foreach (var child in division.Children ?? [])
        {
            if (level == Shared.Length)
            {
                throw file.Bad($"row '{child.Code}'", "lies on a fourth level");
            }

            Check(file, child, division, level + 1, seen);
        }
    }
}
