using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Collects findings of one judgement.</summary>
internal sealed class FindingList(IReadOnlyList<Site> sites)
{
    private readonly List<Finding> _due = [];
    private readonly List<Finding> _warnings = [];
    private readonly List<Finding> _pending = [];

    public IReadOnlyList<Site> Sites { get; } = sites;

    public void Due(Finding finding) => _due.Add(finding);

    public void Warn(Finding finding) => _warnings.Add(finding with { Severity = Severity.Warning });

    public void Pending(Finding finding) => _pending.Add(finding);

    /// <summary>Due when the value is empty.</summary>
    /// <returns>True when there is a value to judge further.</returns>
    public bool Present(string? value, string pointer, string code, string step, string? siteId = null)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        Due(new Finding(pointer, code) { Step = step, SiteId = siteId });
        return false;
    }

    public RequirementSet ToSet() => new(_due, _warnings, _pending, []);
}
