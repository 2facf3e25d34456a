using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>The fields of a filing of one shape, in the order of the journey.</summary>
internal static class FieldOutlooks
{
    private static readonly string[] Steps = ["verification", "subject", "subjectPrincipal", "site", "sitePrincipal", "faceCheck"];

    /// <summary>What is typed anew for a site of a filed subject.</summary>
    private static readonly string[] OfAddedSite = ["verification", "verification.domain", "verification.resource", "account.realName", "subject"];

    /// <summary>Everything asked of single fields.</summary>
    public static IReadOnlyList<Placed> Statements(Outset o) =>
        [.. SubjectStatements.Of(o), .. PeopleStatements.Of(o), .. PhoneStatements.Of(o), .. DomainStatements.Of(o), .. NameStatements.Of(o), .. ContentStatements.Of(o)];

    public static IReadOnlyList<FieldOutlook> Of(Outset o, IReadOnlyList<Placed> statements)
    {
        var byField = statements.ToLookup(p => p.Field, p => p.Statement, StringComparer.Ordinal);
        var fields = new List<FieldOutlook>();
        foreach (var row in o.Book.Tables.Fields.Where(f => Concerns(f, o)).OrderBy(f => Array.IndexOf(Steps, f.Step)))
        {
            fields.Add(new FieldOutlook(row, Required(row, o), Prefilled(row, o), [.. byField[row.Id]]));
        }

        return fields;
    }

    private static bool Concerns(FieldRow row, Outset o) => row.Id switch
    {
        "subject" => o.Shape.Kind == FilingKind.AddSite,
        "account.realName" => o.Policy.RealNameMustMatch,
        _ => Base(row, o) != "never",
    };

    private static string Base(FieldRow row, Outset o) => o.Shape.Individual ? row.Individual : row.Organization;

    private static bool Prefilled(FieldRow row, Outset o) =>
        o.Shape.Kind == FilingKind.AddSite && row.Step is ("verification" or "subject" or "subjectPrincipal") && !OfAddedSite.Contains(row.Id);

    private static string Required(FieldRow row, Outset o)
    {
        var required = row.Id.Split('.')[^1] switch
        {
            "subject" => "always",
            "emergencyPhone" => Asked(o, "emergencyContactRequired") ? "always" : PhoneStatements.Distinct(o) is null ? "optional" : "conditional",
            "phone2" when Asked(o, "secondContactRequired") => "always",
            "landline" when Asked(o, "landlineRequired") => "always",
            "remark" when row.Step == "site" && o.Shape.Individual && o.Find<RemarkRules>("remarkRules") is { Value: { IndividualContentRemark: true } or { MinChars: > 0 } } => "always",
            _ => Base(row, o),
        };
        return required == "always" ? required : Demanded(row, o) ?? required;
    }

    private static bool Asked(Outset o, string key) => o.For<bool?>(key) is { Value: true, Row.Severity: null or Severity.Error };

    /// <summary>What the open demands make of a field; null when none reads it.</summary>
    private static string? Demanded(FieldRow row, Outset o)
    {
        var conditions = o.Rules.Demands.Where(r => r.Judges(o.Shape.DataKind) && r.Severity is (null or Severity.Error)).Select(r => (Demand)r.Value)
            .Where(d => d.Field is { } f && f.Pointer == row.Pointer && (f.Required || f.ContainsAny is { Count: > 0 }))
            .Select(d => DemandPhrases.Conditions(d.When, o)).OfType<IReadOnlyList<Phrase>>().ToArray();
        return conditions.Length == 0 ? null : conditions.Any(c => c.Count == 0) ? "always" : "conditional";
    }
}
