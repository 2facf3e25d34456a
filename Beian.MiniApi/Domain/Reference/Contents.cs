using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>A text to be accepted, in its current version.</summary>
/// <param name="Id">Id of the agreements data.</param>
/// <param name="Version">The version that must be accepted.</param>
/// <param name="Title">What it is called, in Chinese.</param>
/// <param name="TitleEn">What it is called, in English.</param>
public sealed record AgreementVersion(string Id, string Version, string Title, string TitleEn)
{
    /// <summary>What follows when the consent to it is withdrawn; null where it cannot be.</summary>
    public LocalText? Withdrawal { get; init; }
}

/// <summary>How filing numbers are written.</summary>
/// <param name="Subject">主体备案号, such as 京ICP备2021000001号.</param>
/// <param name="Site">网站备案号: the subject's number and a serial, such as 京ICP备2021000001号-1.</param>
/// <param name="Licence">Number of a licence that stands in for a subject number.</param>
public sealed record FilingNumberForms(Regex Subject, Regex Site, Regex Licence)
{
    public bool IsSubject(string number) => Subject.IsMatch(number) || Licence.IsMatch(number);

    /// <summary>Holders of a licence have sites numbered after it.</summary>
    public bool IsSite(string number) =>
        Site.IsMatch(number) || (number.LastIndexOf('-') is > 0 and var dash && Licence.IsMatch(number[..dash]) && number.AsSpan(dash + 1).IndexOfAnyExceptInRange('0', '9') < 0 && dash + 1 < number.Length);
}

/// <summary>What a site offers (服务内容).</summary>
/// <param name="Group">The group it is shown in, or null when none is published.</param>
/// <param name="Bit">2^(code-1), as the authority adds them up.</param>
/// <param name="SuggestedPreApproval">Numbers of pre-approval types worth asking for; a hint, not a demand.</param>
/// <param name="NameEn">The name in English; null where the data has none.</param>
public sealed record ServiceContent(
    int Code, string Name, int? Group, long Bit, bool AllowedForIndividual, IReadOnlyList<int> SuggestedPreApproval, bool FinanceRelated, bool RemarkRequired, string? NameEn = null)
{
    /// <summary>Stands for the name in a message; see <see cref="ReferenceNames"/>.</summary>
    public string NameCode => ReferenceNames.Code("content", Code);
}

/// <summary>A group of service contents.</summary>
public sealed record ServiceContentGroup(int Code, string Name, string? NameEn = null);

/// <summary>A language a site is written in.</summary>
/// <param name="LanguageTag">BCP 47.</param>
public sealed record Language(int Code, string Name, string LanguageTag, bool MinorityLanguage, string? NameEn = null);

/// <summary>A permission another authority must give first (前置审批).</summary>
/// <param name="Type">Number in published interfaces, or null.</param>
/// <param name="Bit">Value in the authority's sum, or null.</param>
/// <param name="Status"><c>inForce</c> or why not.</param>
/// <param name="NameEn">The name in English; null where the data has none.</param>
/// <param name="DocumentEn">The document in English; null where the data has none.</param>
public sealed record PreApprovalType(
    string Id, int? Type, int? Bit, string Name, string? Authority, string? Document, IReadOnlyList<string> Keywords, string Status, bool ListedByWechat2026, bool IndividualAllowed, string? Notes,
    string? NameEn = null, string? DocumentEn = null)
{
    /// <summary>Stands for the name in a message; see <see cref="ReferenceNames"/>.</summary>
    public string NameCode => ReferenceNames.Code("preApproval", Id);

    /// <summary>Stands for the document, or for the name where there is none.</summary>
    public string DocumentCode => ReferenceNames.Code("approvalDocument", Id);
}

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
