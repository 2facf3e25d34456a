using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Collects the findings of one judgement, each with the rule that made it.</summary>
internal sealed class FindingList(ReferenceBook book)
{
    private readonly List<Finding> _due = [];
    private readonly List<Finding> _warnings = [];
    private readonly List<Finding> _pending = [];

    /// <summary>Pointers of values with a character that cannot stand; what else is wrong with them follows from it.</summary>
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>Adds a finding by its weight: an error is due, anything lighter a warning.</summary>
    public void Add(Severity weight, RuleRef rule, Finding finding)
    {
        if (!_unreadable.Contains(finding.Pointer))
        {
            (weight == Severity.Error ? _due : _warnings).Add(finding with { Severity = weight, RuleId = rule.Id, PackVersion = rule.PackVersion, Conflict = rule.Conflict });
        }
    }

    public void Error(RuleRef rule, Finding finding) => Add(Severity.Error, rule, finding);

    public void Warn(RuleRef rule, Finding finding) => Add(Severity.Warning, rule, finding);

    public void Info(RuleRef rule, Finding finding) => Add(Severity.Info, rule, finding);

    /// <summary>A finding of a rule that may weigh it otherwise.</summary>
    public void By(RuleRow rule, Finding finding, Severity weight = Severity.Error) => Add(rule.Severity ?? weight, rule.Ref, finding);

    public void Pending(RuleRef rule, Finding finding) => _pending.Add(finding with { RuleId = rule.Id, PackVersion = rule.PackVersion });

    /// <summary>A demand of form on one field, judged by the field's row.</summary>
    public void Field(string field, Finding finding, Severity weight = Severity.Error) => Add(weight, RefOf(field), finding);

    /// <summary>A demand of form that comes before every other on its field: further findings about that field are left out.</summary>
    public void Unreadable(string field, Finding finding)
    {
        Field(field, finding);
        _unreadable.Add(finding.Pointer);
    }

    /// <summary>Due when the value is empty.</summary>
    /// <param name="field">Id of the field's row.</param>
    /// <param name="finding">What to report.</param>
    /// <param name="value">As typed.</param>
    /// <returns>True when there is a value to judge further.</returns>
    public bool Present(string field, Finding finding, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        Field(field, finding);
        return false;
    }

    /// <summary>What names the row of a field as the judge.</summary>
    public RuleRef RefOf(string field) => book.RefOf("fields", field);

    public RequirementSet ToSet() => new(_due, _warnings, _pending, []);

    /// <summary>True when that paper is asked for already.</summary>
    public bool Asks(string material, string? part, string? siteId) =>
        _due.Exists(f => f.MaterialKind == material && f.MaterialPart == part && f.SiteId == siteId) || _warnings.Exists(f => f.MaterialKind == material && f.MaterialPart == part && f.SiteId == siteId);
}
