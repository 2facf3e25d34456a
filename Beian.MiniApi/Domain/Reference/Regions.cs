using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>A province-level authority's area, as far as everybody needs it.</summary>
/// <param name="Code">GB/T 2260, six digits ending in 0000.</param>
/// <param name="Name">Full name, such as 北京市.</param>
/// <param name="ShortName">Name without its rank, such as 北京.</param>
/// <param name="Authority">The communications administration that decides.</param>
/// <param name="FilingPrefix">The character its filing numbers begin with; 四川 uses 蜀 and 甘肃 uses 陇.</param>
/// <param name="Region">Part of the country, such as 华北.</param>
public sealed record Province(string Code, string Name, string ShortName, string Authority, string FilingPrefix, string Region)
{
    /// <summary>The name in English; null where the data has none.</summary>
    public string? NameEn { get; init; }

    /// <summary>The name in both languages.</summary>
    public LocalText Names => LocalText.Of(Name, NameEn);

    /// <summary>What else its sources say, for people.</summary>
    public IReadOnlyList<LocalText> Notes { get; init; } = [];

    /// <summary>Where its sources do not agree, besides those that the rules themselves name.</summary>
    public IReadOnlyList<RuleConflict> Conflicts { get; init; } = [];
}

/// <summary>An administrative division; the tree is province, city, district.</summary>
/// <param name="Code">GB/T 2260, six digits.</param>
/// <param name="Name">Name without those above it.</param>
/// <param name="Children">The next level down; null or empty where there is none.</param>
public sealed record Division(string Code, string Name, IReadOnlyList<Division>? Children = null);

/// <summary>The telephone area codes of a city.</summary>
/// <param name="DivisionCode">City, or county directly under its province.</param>
/// <param name="AreaCodes">Codes in use with their leading 0; empty when not known.</param>
/// <param name="LegacyAreaCodes">Codes replaced when neighbours merged; worth a warning at most.</param>
/// <param name="Evidence">Which sources say so.</param>
public sealed record AreaCode(string DivisionCode, string Name, IReadOnlyList<string> AreaCodes, IReadOnlyList<string> LegacyAreaCodes, IReadOnlyList<string> Evidence);
