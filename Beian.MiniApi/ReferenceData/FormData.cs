using System.Text.Json;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>A row of <c>agreements.json</c>.</summary>
/// <param name="Withdrawal">What follows when the consent is withdrawn; null, or left out, where it cannot be.</param>
internal sealed record AgreementRow(string Id, string Version, LocalText Title, LocalText Text, LocalText? Withdrawal = null);

/// <summary>A row of <c>face-check-guide.json</c>.</summary>
internal sealed record GuideRow(string Id, LocalText Text);

/// <summary>A row of <c>rejection-reasons.json</c>: what reviewers choose from when they send a filing back.</summary>
/// <param name="Stage">Who says it: <c>provider</c>, <c>authority</c>.</param>
/// <param name="FieldPath">What it is about, in the words of the source; one of <see cref="ReasonFields.All"/>.</param>
/// <param name="FilingKinds">Array of kinds, or the word <c>all</c>.</param>
/// <param name="Provinces">Array of codes, or the word <c>all</c>.</param>
/// <param name="Material">Paper it is about; null for none.</param>
internal sealed record ReasonRow(
    string Id, string Category, IReadOnlyList<string> Stage, string? FieldPath, string Reason, string Suggestion, JsonElement FilingKinds, JsonElement Provinces, string? Material);

/// <summary>Reads what applicants and reviewers are shown: fields, agreements, the guide to the face check, reasons for sending back.</summary>
internal static class FormData
{
    private static readonly string[] Steps = ["verification", "subject", "subjectPrincipal", "site", "sitePrincipal", "faceCheck", "materials", "agreements"];
    private static readonly string[] Types = ["text", "code", "codes", "date", "phone", "email", "domain", "url", "choice", "action"];
    private static readonly string[] Duties = ["always", "conditional", "optional", "never"];

    public static IReadOnlyList<FieldRow> Fields(DataFile file)
    {
        var rows = file.Rows<FieldRow>("items", f => f.Id);
        foreach (var row in rows)
        {
            var where = $"row '{row.Id}'";
            file.MustBe(row.Step, Steps, where);
            file.MustBe(row.Type, Types, where);
            file.MustBe(row.Organization, Duties, where);
            file.MustBe(row.Individual, Duties, where);
            file.MustBe(row.ReferenceSet, ReferenceSets.Names, where);
            file.MustSay(row.Source, where, "source");
            Say(file, where, "label", row.Label);
            if (row.Pointer is { } pointer && !pointer.StartsWith('/'))
            {
                throw file.Bad(where, $"has the pointer '{pointer}', which does not begin with a slash");
            }

            if (row.MaxLength <= 0)
            {
                throw file.Bad(where, "has no length");
            }
        }

        return rows;
    }

    public static IReadOnlyList<AgreementVersion> Agreements(DataFile file)
    {
        var rows = file.Rows<AgreementRow>("items", a => a.Id);
        foreach (var row in rows)
        {
            var where = $"row '{row.Id}'";
            file.MustSay(row.Version, where, "version");
            Say(file, where, "title", row.Title);
            Say(file, where, "text", row.Text);
            if (row.Withdrawal is { } withdrawal)
            {
                Say(file, where, "withdrawal", withdrawal);
            }
        }

        return [.. rows.Select(r => new AgreementVersion(r.Id, r.Version, r.Title.Zh, r.Title.En) { Withdrawal = r.Withdrawal })];
    }

    public static void CheckGuide(DataFile file)
    {
        foreach (var row in file.Rows<GuideRow>("items", r => r.Id).Concat(file.Rows<GuideRow>("reasons", r => r.Id)))
        {
            Say(file, $"row '{row.Id}'", "text", row.Text);
        }
    }

    public static IReadOnlyList<RejectionReason> Reasons(DataFile file, HashSet<string> provinces, IReadOnlyList<Material> materials)
    {
        var rows = file.Rows<ReasonRow>("items", r => r.Id);
        return [.. rows.Select(row => Reason(file, row, provinces, materials))];
    }

    private static RejectionReason Reason(DataFile file, ReasonRow row, HashSet<string> provinces, IReadOnlyList<Material> materials)
    {
        var where = $"row '{row.Id}'";
        file.MustSay(row.Category, where, "category");
        file.MustSay(row.Reason, where, "reason");
        file.MustSay(row.Suggestion, where, "suggestion");
        file.MustSay(row.Stage.Count == 0 ? null : row.Stage[0], where, "stage");
        foreach (var stage in row.Stage)
        {
            file.MustBe(stage, ["provider", "authority"], where);
        }

        var kinds = file.AllOr<string>(row.FilingKinds, where, "filingKinds");
        foreach (var kind in kinds ?? [])
        {
            file.MustBe(kind, RulePackFiles.FilingKinds, where);
        }

        var places = file.AllOr<string>(row.Provinces, where, "provinces");
        foreach (var province in places ?? [])
        {
            file.MustExist(provinces.Contains(province), where, $"the province '{province}'");
        }

        var field = row.FieldPath ?? string.Empty;
        file.MustExist(ReasonFields.All.ContainsKey(field), where, $"the field '{field}'");
        file.MustExist(row.Material is null || materials.Any(m => m.Id == row.Material), where, $"the material '{row.Material}'");
        return new RejectionReason(row.Id, row.Stage, field, row.Reason, row.Suggestion, kinds, places, row.Material);
    }

    private static void Say(DataFile file, string where, string what, LocalText text)
    {
        file.MustSay(text.Zh, where, what + " in zh");
        file.MustSay(text.En, where, what + " in en");
    }
}
