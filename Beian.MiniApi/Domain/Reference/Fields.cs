namespace Beian.MiniApi.Domain.Reference;

/// <summary>A text in both languages.</summary>
public sealed record LocalText(string Zh, string En)
{
    /// <summary>Chinese stands in for English that the data lacks: an operator's own file may be older than its English.</summary>
    public static LocalText Of(string zh, string? en) => new(zh, string.IsNullOrWhiteSpace(en) ? zh : en);

    /// <summary>Texts with their English in the same order; Chinese where there is none.</summary>
    public static IReadOnlyList<LocalText> Pairs(IReadOnlyList<string> zh, IReadOnlyList<string>? en) => [.. zh.Select((text, i) => Of(text, en?.ElementAtOrDefault(i)))];
}

/// <summary>One field of a filing.</summary>
/// <param name="Id">Step and name, such as <c>subjectPrincipal.mobile</c>.</param>
/// <param name="Step">Step of the journey.</param>
/// <param name="Pointer">JSON pointer into a filing; <c>*</c> stands for every site. Null for a demand that is no field of the form.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Type">What is typed: <c>text</c>, <c>code</c>, <c>codes</c>, <c>date</c>, <c>phone</c>, <c>email</c>, <c>domain</c>, <c>url</c>, <c>choice</c>, <c>action</c>.</param>
/// <param name="Organization">Whether an organisation must fill it in: <c>always</c>, <c>conditional</c>, <c>optional</c> or <c>never</c>.</param>
/// <param name="Individual">The same for an individual.</param>
/// <param name="MaxLength">Characters at most, or null.</param>
/// <param name="Hint">How to fill it in; null when the label says it.</param>
/// <param name="ReferenceSet">The reference set its codes come from, or null.</param>
/// <param name="Source">Who says so.</param>
/// <param name="CheckedOn">When somebody last compared it with its source.</param>
public sealed record FieldRow(
    string Id, string Step, string? Pointer, LocalText Label, string Type, string Organization, string Individual, int? MaxLength, LocalText? Hint, string? ReferenceSet, string Source, DateOnly CheckedOn);

/// <summary>Mobile numbers whose first seven digits lie between two values, and the province they were given in.</summary>
/// <param name="From">First seven digits, inclusive.</param>
/// <param name="To">First seven digits, inclusive.</param>
/// <param name="Province">Division code.</param>
public sealed record MobileRange(int From, int To, string Province)
{
    /// <summary>Digits of a mobile number that tell where it was given.</summary>
    public const int Digits = 7;
}
