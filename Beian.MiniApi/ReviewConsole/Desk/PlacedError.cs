using System.Globalization;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>A refusal with its single findings at the fields of the page they are about.</summary>
/// <param name="Error">The refusal.</param>
/// <param name="At">The findings by the name of the field.</param>
public sealed record PlacedError(DomainError Error, ILookup<string, Finding> At)
{
    /// <summary>Places the findings of a request by what it was made of; null without a refusal.</summary>
    /// <param name="error">The refusal, or null.</param>
    /// <param name="marks">Fields of the request's findings, in their order.</param>
    /// <param name="notes">Fields of its explanations, in their order.</param>
    /// <param name="reason">The field of its reason.</param>
    public static PlacedError? Of(DomainError? error, IReadOnlyList<string>? marks = null, IReadOnlyList<string>? notes = null, string reason = "why") =>
        error is null ? null : new PlacedError(error, error.Errors.ToLookup(f => FieldOf(f, marks ?? [], notes ?? [], reason), StringComparer.Ordinal));

    private static string FieldOf(Finding finding, IReadOnlyList<string> marks, IReadOnlyList<string> notes, string reason)
    {
        var parts = finding.Pointer.Split('/');
        var at = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
        return parts.ElementAtOrDefault(1) switch
        {
            "findings" => marks.ElementAtOrDefault(at) ?? reason,
            "explanations" => at < 0 ? $"explain:{finding.RuleId}|{finding.SiteId}" : notes.ElementAtOrDefault(at) ?? string.Empty,
            "siteNumbers" => "number:" + finding.SiteId,
            "reason" => reason,
            { } name => name,
            null => string.Empty,
        };
    }
}
