namespace Beian.MiniApi.Journey;

/// <summary>What a submission would say now.</summary>
public sealed record CheckFilingView
{
    /// <summary><c>running</c> while items are still being asked for in the background, else <c>done</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When the outside facts were last asked for, or null when never.</summary>
    public required DateTimeOffset? CheckedAt { get; init; }

    /// <summary>The whole list, in the order of its groups.</summary>
    public required IReadOnlyList<CheckItemView> Items { get; init; }

    /// <summary>Everything open, due and remarkable in the filing as stored.</summary>
    public required RequirementsView Requirements { get; init; }

    /// <summary>The outside facts as stored, with their evidence.</summary>
    public required IReadOnlyList<SiteCheckView> Checks { get; init; }
}

/// <param name="SiteId">The site, or null for checks of the subject.</param>
/// <param name="Results">What was found.</param>
public sealed record SiteCheckView(string? SiteId, IReadOnlyList<CheckView> Results);

/// <summary>One line of the pre-submission list.</summary>
public sealed record CheckItemView
{
    /// <summary><c>form</c>, <c>materials</c>, <c>content</c>, <c>resource</c>, <c>domain</c>, <c>reachability</c>, <c>images</c>, <c>register</c>, <c>filedSites</c> or <c>conflicts</c>.</summary>
    public required string Group { get; init; }

    /// <summary>Name of the check; for a demand of the form its rule, or <c>form</c>.</summary>
    public required string Check { get; init; }

    /// <summary>Rule or row that judged the form, or null for what was asked outside.</summary>
    public required string? RuleId { get; init; }

    /// <summary>Pack or data file of that rule and its version, or null with it.</summary>
    public required string? PackVersion { get; init; }

    /// <summary><c>error</c>, <c>warning</c> or <c>info</c> for what the form lacks; null for what was asked outside.</summary>
    public required string? Severity { get; init; }

    /// <summary><c>passed</c>, <c>failed</c>, <c>warning</c>, <c>unknown</c>, or <c>pending</c> while it is awaited.</summary>
    public required string Status { get; init; }

    /// <summary>The site, or null for the subject and the filing as a whole.</summary>
    public required string? SiteId { get; init; }

    /// <summary>JSON pointer into the filing; empty for the whole.</summary>
    public required string Pointer { get; init; }

    /// <summary>What was found, or null when there is nothing to say.</summary>
    public required string? Code { get; init; }

    /// <summary>The same for people.</summary>
    public required string? Message { get; init; }

    /// <summary>What to do about it, or null.</summary>
    public required string? Remedy { get; init; }

    /// <summary>What it rests on, or null.</summary>
    public required string? Evidence { get; init; }

    /// <summary>When it was asked outside, or null for what is judged from the form.</summary>
    public required DateTimeOffset? CheckedAt { get; init; }

    /// <summary>True for what may be submitted all the same: warnings and the unknown, which the reviewer sees.</summary>
    public required bool Ignorable { get; init; }
}
