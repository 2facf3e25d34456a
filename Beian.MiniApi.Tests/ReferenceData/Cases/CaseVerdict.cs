using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>Runs a case and says what is wrong with the verdict.</summary>
internal static class CaseVerdict
{
    private static readonly Dictionary<string, SubjectChange> Changes = new(StringComparer.Ordinal)
    {
        ["otherOrganization"] = SubjectChange.OtherOrganisation,
        ["organization"] = SubjectChange.ToOrganisation,
        ["individual"] = SubjectChange.ToIndividual,
        ["otherIndividual"] = SubjectChange.OtherIndividual,
    };

    /// <summary>The ends of the pointers of a field as the cases name it.</summary>
    private static readonly Dictionary<string, string[]> Fields = new(StringComparer.Ordinal)
    {
        ["domain"] = ["/domain"],
        ["registrant"] = ["/domain"],
        ["registrar"] = ["/domain"],
        ["realName"] = ["/domain"],
        ["domainExpires"] = ["/domain"],
        ["dns"] = ["/domain"],
        ["domains"] = ["/domain"],
        ["siteName"] = ["/sites/0/name"],
        ["mobile"] = ["/mobile"],
        ["landline"] = ["/landline"],
        ["phone2"] = ["/phone2"],
        ["emergencyContact"] = ["/emergencyPhone"],
        ["idNumber"] = ["/certificateNumber"],
        ["idType"] = ["/certificateType"],
        ["certificateNumber"] = ["/verification/certificateNumber"],
        ["certificateType"] = ["/verification/certificateType"],
        ["address"] = ["/subject/mailingAddress"],
        ["district"] = ["/region", "/subject/mailingAddress"],
        ["province"] = ["/region/province"],
        ["principal"] = ["/subject/principal/name"],
        ["siteManager"] = ["/sites/0/principal/name", "/sites/0/principal/certificateNumber"],
        ["sites"] = ["/sites"],
        ["serviceContents"] = ["/serviceContents/0", "/serviceContents"],
        ["remark"] = ["/sites/0/remark"],
        ["subjectRemark"] = ["/subject/remark"],
        ["investor"] = ["/subject/investor"],
        ["certificateExpires"] = ["/certificateValidTo"],
        ["idExpires"] = ["/validTo"],
        ["kind"] = ["/subject"],
        ["preApproval"] = ["/preApprovals/0/type"],
        ["approvalNumber"] = ["/preApprovals/0/number"],
    };

    /// <summary>What is wrong, or null when the verdict is the expected one.</summary>
    public static string? Complaint(Case one)
    {
        var findings = Findings(one);
        if (one.Input.Unused.ToArray() is { Length: > 0 } unused)
        {
            return "nobody reads " + string.Join(", ", unused);
        }

        var rules = CaseRules.Of(one);
        var ours = findings.Where(f => rules.Contains(f.RuleId!)).ToArray();
        var right = one.Expected switch
        {
            "fail" => ours.Any(f => f.Severity == Severity.Error && Fits(one, f)),
            "warn" => ours.Any(f => f.Severity == Severity.Warning && Fits(one, f)) && !Errors(one, findings, rules).Any(),
            _ => !ours.Any(f => f.Severity == Severity.Warning) && !Errors(one, findings, rules).Any(),
        };
        return right ? null : $"{one.Id} expects {one.Expected} of {string.Join(" or ", rules)}, found: {string.Join("; ", findings.Select(f => $"{f.Severity} {f.RuleId} {f.Code} {f.Pointer} {f.MaterialKind}"))}";
    }

    private static bool Fits(Case one, Finding finding) => (one.Code is null || finding.Code == one.Code) && (one.Material is null || finding.MaterialKind == one.Material);

    private static IEnumerable<Finding> Errors(Case one, IEnumerable<Finding> findings, IReadOnlyList<string> rules) =>
        findings.Where(f => f.Severity == Severity.Error && (rules.Contains(f.RuleId!) || IsOf(one, f)));

    /// <summary>Whether a finding is about the field of the case; of the papers only those the case speaks of count, the others are somebody else's rule.</summary>
    private static bool IsOf(Case one, Finding finding)
    {
        if (one.Field != "materials")
        {
            return Array.Exists(Fields[one.Field], end => finding.Pointer.EndsWith(end, StringComparison.Ordinal));
        }

        return finding.MaterialKind is { } kind && (kind == one.Material || kind == one.Input.Text("material") || one.Ref == "materials.json#" + kind || (one.Input.Texts("materials") ?? []).Contains(kind));
    }

    /// <summary>Everything that is said of the filing; what has no filing yet is asked of the same rules directly.</summary>
    private static IReadOnlyList<Finding> Findings(Case one)
    {
        var world = new CaseWorld(one.Input);
        if (one.Input.Inner("file") is { } file)
        {
            return OfFile(one, file, world);
        }

        if (one.Input.Text("kind") == "ChangeSubject")
        {
            return OfChange(one, world);
        }

        var made = new CaseFiling(one.Input, world);
        var set = Requirements.Of(made.Filing, made.Context);
        return [.. set.Due, .. set.Pending, .. set.Warnings];
    }

    private static IReadOnlyList<Finding> OfFile(Case one, CaseInput file, CaseWorld world)
    {
        var row = world.Book.FindMaterial(one.Input.Text("material"))!;
        return world.Book.FindFormatProfile(row.FormatProfile)!.Judge(file.Text("extension")!, file.Number("bytes")!.Value) is { } fault
            ? [new Finding("/file", fault.ToString()) { RuleId = "materials." + row.Id }]
            : [];
    }

    private static IReadOnlyList<Finding> OfChange(Case one, CaseWorld world)
    {
        _ = one.Input.Number("subjectNature");
        var change = one.Input.Flag("nameChanged") == true ? SubjectChange.Rename : Changes[one.Input.Text("changeTo")!];
        var answer = ChangePolicy.Of(world.Rules, change);
        var materials = one.Input.Texts("materials") ?? [];
        var brought = answer.Material is { } paper && materials.Contains(paper);
        var severity = answer.Verdict switch
        {
            ChangeVerdict.Refused => Severity.Error,
            ChangeVerdict.Conditional when answer.Material is not null => brought ? Severity.Info : Severity.Error,
            ChangeVerdict.Conditional or ChangeVerdict.Unknown => Severity.Warning,
            _ => Severity.Info,
        };
        return [new Finding("/subject", answer.Words, severity) { RuleId = answer.Rule?.Id ?? "none", MaterialKind = answer.Material }];
    }
}
