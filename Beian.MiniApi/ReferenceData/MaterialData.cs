using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads the papers and what their files should look like.</summary>
internal static class MaterialData
{
    public static (IReadOnlyList<Material> Materials, IReadOnlyList<FormatProfile> Profiles) Read(DataFile file, HashSet<int> natures, HashSet<string> provinces)
    {
        var profiles = file.Rows<FormatProfile>("formatProfiles", p => p.Id);
        var materials = new List<Material>();
        foreach (var row in file.Rows<MaterialRow>("items", m => m.Id))
        {
            var where = $"row '{row.Id}'";
            var rowNatures = file.AllOr<int>(row.Natures, where, "natures");
            var rowProvinces = file.AllOr<string>(row.Provinces, where, "provinces");
            var kinds = file.AllOr<string>(row.FilingKinds, where, "filingKinds");
            CheckWords(file, row, kinds, where);
            file.MustExist(rowNatures?.All(natures.Contains) ?? true, where, "a subject nature");
            file.MustExist(rowProvinces?.All(provinces.Contains) ?? true, where, "a province");
            file.MustExist(profiles.Any(p => p.Id == row.FormatProfile), where, "a format profile");
            if (row.MinCount < 0 || row.MaxCount < row.MinCount)
            {
                throw file.Bad(where, "has counts that contradict each other");
            }

            materials.Add(new Material(
                row.Id, row.Name, row.AppliesTo, row.Required, rowNatures, rowProvinces, row.Condition, kinds, row.FormatProfile, row.MinCount, row.MaxCount, row.Parts, row.Validity, row.Signing, row.AttachmentCode, row.Status, row.Notes, row.Basis, row.NameEn, row.ConditionEn, row.NotesEn));
        }

        return (materials, profiles);
    }

    private static void CheckWords(DataFile file, MaterialRow row, IReadOnlyList<string>? kinds, string where)
    {
        file.MustSay(row.Name, where, "name");
        file.MustSay(row.Basis.Count == 0 ? null : row.Basis[0], where, "source in basis");
        file.MustBe(row.AppliesTo, ["subject", "person", "website"], where);
        file.MustBe(row.Required, ["always", "conditional", "optional"], where);
        file.MustBe(row.Status, ["current", "legacy"], where);
        foreach (var kind in kinds ?? [])
        {
            file.MustBe(kind, RulePackFiles.FilingKinds, where);
        }

        if (row.Parts.Distinct(StringComparer.Ordinal).Count() != row.Parts.Count)
        {
            throw file.Bad(where, "has a part twice");
        }
    }
}
