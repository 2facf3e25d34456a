namespace Beian.MiniApi.Domain.Reference;

/// <summary>What a site offers (服务内容).</summary>
/// <param name="Group">The group it is shown in, or null when none is published.</param>
/// <param name="Bit">2^(code-1), as the authority adds them up.</param>
/// <param name="SuggestedPreApproval">Numbers of pre-approval types worth asking for; a hint, not a demand.</param>
public sealed record ServiceContent(
    int Code, string Name, int? Group, long Bit, bool AllowedForIndividual, IReadOnlyList<int> SuggestedPreApproval, bool FinanceRelated, bool RemarkRequired);

/// <summary>A group of service contents.</summary>
public sealed record ServiceContentGroup(int Code, string Name);

/// <summary>A language a site is written in.</summary>
/// <param name="LanguageTag">BCP 47.</param>
public sealed record Language(int Code, string Name, string LanguageTag, bool MinorityLanguage);

/// <summary>A permission another authority must give first (前置审批).</summary>
/// <param name="Type">Number in published interfaces, or null.</param>
/// <param name="Bit">Value in the authority's sum, or null.</param>
/// <param name="Status"><c>inForce</c> or why not.</param>
public sealed record PreApprovalType(
    string Id, int? Type, int? Bit, string Name, string? Authority, string? Document, IReadOnlyList<string> Keywords, string Status, bool ListedByWechat2026, bool IndividualAllowed, string? Notes);

/// <summary>A suffix domains can be filed under.</summary>
/// <param name="Ascii">A-label form without a leading dot, such as <c>com.cn</c>.</param>
/// <param name="Unicode">As people read it.</param>
/// <param name="Level">1 for a top level, 2 for a category or place under .cn.</param>
/// <param name="ListedBy"><c>national</c> when approved by the ministry, <c>beijing</c> when on that authority's own list.</param>
/// <param name="RestrictedToNatures">The only natures that may use it, or null for all.</param>
/// <param name="DeniedByProvinces">Provinces that refuse it, by code.</param>
/// <param name="InIanaRoot">Whether the root zone has it; null below the top level.</param>
public sealed record DomainSuffix(
    string Ascii, string Unicode, int Level, bool Idn, IReadOnlyList<string> ListedBy, IReadOnlyList<int>? RestrictedToNatures, string? Purpose, IReadOnlyList<string> DeniedByProvinces, string? Notes, bool? InIanaRoot)
{
    /// <summary>Approved for the whole country.</summary>
    public bool Approved => IsOn("national");

    /// <summary>Whether a list names it.</summary>
    public bool IsOn(string list) => ListedBy.Contains(list);
}
