namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>What a finding names as its judge.</summary>
/// <param name="Id">Pack or data file and row, such as <c>440000.minAge</c> or <c>site-name-rules.nationalHead</c>.</param>
/// <param name="PackVersion">Pack or data file and its version, such as <c>440000@2026-07</c>.</param>
/// <param name="Conflict">What another source says, for the reviewer; null where the sources agree.</param>
public sealed record RuleRef(string Id, string PackVersion, string? Conflict = null);

/// <summary>A source that says otherwise; the rule follows the newer one.</summary>
/// <param name="Field">The rule's key, with the part of its value that is in dispute.</param>
/// <param name="Chosen">What the rule follows.</param>
/// <param name="Other">What the other source says.</param>
/// <param name="OtherSource">Who says so.</param>
public sealed record RuleConflict(string Field, string? Chosen, string Other, string OtherSource);

/// <summary>One edition of a set of rules that come and go together.</summary>
/// <param name="Id">Province code, <c>nationwide</c>, or an operator's own name.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">Unique among the editions of the pack.</param>
/// <param name="From">First day it judges.</param>
/// <param name="To">Last day it judges; null until the next edition begins.</param>
/// <param name="Provinces">Whom it judges; null for every province.</param>
public sealed record RulePack(string Id, string Name, string Version, DateOnly From, DateOnly? To, IReadOnlyList<string>? Provinces)
{
    public string Label => Id + "@" + Version;

    public bool Covers(string? province) => Provinces is null || (province is not null && Provinces.Contains(province));
}

/// <summary>One rule: a row of data with its source.</summary>
/// <param name="Pack">Where it stands.</param>
/// <param name="Key">What sort of demand it makes; one of <see cref="RuleKeys"/>.</param>
/// <param name="Name">Its name within the pack: the key, or an id of its own where a key stands several times.</param>
/// <param name="Value">Of the type that <see cref="RuleKeys"/> gives the key.</param>
public sealed record RuleRow(RulePack Pack, string Key, string Name, object Value)
{
    /// <summary>Weighs its findings otherwise than its key does; null for the key's own weight.</summary>
    public Severity? Severity { get; init; }

    /// <summary>First day it judges; not before its pack.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day it judges, or null.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Titles of the sources; never empty.</summary>
    public required IReadOnlyList<string> Source { get; init; }

    /// <summary>The day somebody last compared it with its source.</summary>
    public required DateOnly CheckedOn { get; init; }

    /// <summary>Kinds of filing it judges, as the data names them; null for all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Id of the rule it stands in for; null for none.</summary>
    public string? Replaces { get; init; }

    public IReadOnlyList<RuleConflict> Conflicts { get; init; } = [];

    public string? Note { get; init; }

    /// <summary>The texts of the value in English, in the order of <see cref="RuleWords.In"/>; null where the data has none.</summary>
    public IReadOnlyList<string>? NotesEn { get; init; }

    public string Id => Pack.Id + "." + Name;

    public RuleRef Ref => new(Id, Pack.Label, Conflicts.Count == 0 ? null : string.Join('；', Conflicts.Select(c => $"{c.Other}（{c.OtherSource}）")));

    public bool IsInForce(DateOnly day) => From <= day && (To is null || day <= To);

    public bool Judges(string? kind) => Kinds is null || kind is null || Kinds.Contains(kind);
}

/// <summary>A value in force, with the row that says so.</summary>
public sealed record Ruled<T>(T Value, RuleRow Row)
{
    public RuleRef Ref => Row.Ref;
}
