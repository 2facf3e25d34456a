using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>One rule in words.</summary>
/// <param name="Rule">The rule, and the version of its pack or file.</param>
/// <param name="Text">What it asks for.</param>
/// <param name="Weight">How heavy it weighs when it is not met.</param>
public sealed record RuleStatement(RuleRef Rule, Phrase Text, Severity Weight);

/// <summary>One field.</summary>
/// <param name="Row">Its row of the fields data.</param>
/// <param name="Required"><c>always</c>, <c>conditional</c> or <c>optional</c> for this shape.</param>
/// <param name="Prefilled">True when it comes along with the filed subject and is not typed again.</param>
/// <param name="Rules">What besides its form is asked of it.</param>
public sealed record FieldOutlook(FieldRow Row, string Required, bool Prefilled, IReadOnlyList<RuleStatement> Rules);

/// <summary>Who may stand in for the legal representative, under one condition.</summary>
/// <param name="When">For whom it holds; null for everybody else.</param>
/// <param name="Answer"><c>legalPersonOnly</c>, <c>delegateWithLetter</c> or <c>delegateWithoutLetter</c>.</param>
/// <param name="Letters">Kinds of the letters, any of which does; empty where none is asked for.</param>
public sealed record Delegation(Phrase? When, string Answer, IReadOnlyList<string> Letters);

/// <summary>One person a filing needs.</summary>
/// <param name="Role"><c>subjectPrincipal</c>, <c>sitePrincipal</c> or <c>legalRepresentative</c>.</param>
/// <param name="Needed"><c>always</c>, or <c>conditional</c> where the subject principal may be the same.</param>
/// <param name="Text">Who that is.</param>
/// <param name="MustBeLegalRepresentative"><c>always</c>, <c>conditional</c> or <c>never</c>; null where there is no legal representative.</param>
/// <param name="Delegations">What holds when it is somebody else; the last one is the rule, those before it are exceptions.</param>
/// <param name="MinAge">Years without further papers; null where nobody says.</param>
/// <param name="MinAgeWithPapers">Years from which papers help; null where none do, 0 for any age.</param>
/// <param name="MaxAge">Years, inclusive; null for no limit.</param>
/// <param name="FaceCheck">Whether the person does the face check.</param>
/// <param name="Sms">Whether the person gets the authority's text message.</param>
/// <param name="Rules">All of it in words.</param>
public sealed record PersonOutlook(
    string Role, string Needed, Phrase Text, string? MustBeLegalRepresentative, IReadOnlyList<Delegation> Delegations, int? MinAge, int? MinAgeWithPapers, MaxAgeOf? MaxAge, bool FaceCheck, bool Sms, IReadOnlyList<RuleStatement> Rules);

/// <summary>Why a paper is or becomes due.</summary>
/// <param name="When">The condition; null when it always is.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Alternatives">Other kinds that would do as well.</param>
public sealed record PaperReason(RuleRef Rule, Severity Weight, Phrase? When, IReadOnlyList<string> Source, IReadOnlyList<string> Alternatives);

/// <summary>One paper.</summary>
/// <param name="Row">Its row of the materials data.</param>
/// <param name="Owner"><c>subject</c>, <c>principal</c>, <c>site</c> or <c>sitePrincipal</c>.</param>
/// <param name="Required"><c>always</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Reasons">The weightiest first; never empty.</param>
/// <param name="Format">What its file should look like.</param>
/// <param name="MinRemainingMonths">Months it must still be valid at submission; null where nobody says.</param>
/// <param name="MaxAgeMonths">Months from signing to submission, or null.</param>
/// <param name="MaxAgeDays">Days from signing to submission, or null.</param>
/// <param name="Signing">What is done to it by hand, in the words of the data.</param>
/// <param name="Template">Title of the letter that can be filled in and printed; null when there is none.</param>
public sealed record PaperOutlook(
    Material Row, string Owner, string Required, IReadOnlyList<PaperReason> Reasons, FormatProfile Format, int? MinRemainingMonths, int? MaxAgeMonths, int? MaxAgeDays, IReadOnlyList<string> Signing, string? Template);

/// <summary>Which suffixes may be filed.</summary>
/// <param name="List">List of the domain-suffixes data: <c>national</c> or a province's own.</param>
/// <param name="Only">The only ones of this nature; empty for no such limit.</param>
/// <param name="Denied">Refused although they are on the list.</param>
public sealed record SuffixOutlook(string List, IReadOnlyList<string> Only, IReadOnlyList<string> Denied);

/// <summary>Numbers that hold for the whole filing; null where nobody says.</summary>
/// <param name="SitesPerFiling">Sites of one filing at most.</param>
/// <param name="SitesInTotal">Sites of one subject at most, with those filed before.</param>
/// <param name="SitesInTotalBinding">False when more are for the reviewer to decide.</param>
/// <param name="OneSiteWhenFiledOver">With more sites filed than this, one filing takes one site.</param>
/// <param name="DomainsPerSite">Domains of one site.</param>
/// <param name="OpenFilings">Filings of one subject that may be under way at once.</param>
/// <param name="CertificateMonthsOfPerson">Months a person's certificate must still be valid.</param>
/// <param name="CertificateMonthsOfSubject">Months the subject's certificate must still be valid.</param>
/// <param name="DomainMonths">Months the domain must still be registered for.</param>
/// <param name="Suffixes">Which names may be filed.</param>
/// <param name="Holder"><c>self</c>, <c>organizationOnly</c>, <c>organizationOrLegalPerson</c> or <c>organizationOrLegalPersonWithLetter</c>.</param>
/// <param name="Rules">All of it in words.</param>
public sealed record LimitsOutlook(
    int SitesPerFiling, int? SitesInTotal, bool SitesInTotalBinding, int? OneSiteWhenFiledOver, int? DomainsPerSite, int? OpenFilings, int? CertificateMonthsOfPerson, int? CertificateMonthsOfSubject, int? DomainMonths, SuffixOutlook Suffixes, string? Holder, IReadOnlyList<RuleStatement> Rules);

/// <summary>Something that takes its time.</summary>
/// <param name="Gate">What is waited for.</param>
/// <param name="Min">At least; equal to <paramref name="Max"/> for a fixed time, 0 where it may be over at once.</param>
/// <param name="Unit"><c>hours</c>, <c>days</c> or <c>workingDays</c>.</param>
/// <param name="Text">In words.</param>
/// <param name="Rule">Who says so; null for a promise of our own.</param>
/// <param name="Source">Titles of the sources; empty for a promise of our own.</param>
public sealed record WaitOutlook(string Gate, int Min, int Max, string Unit, Phrase Text, RuleRef? Rule, IReadOnlyList<string> Source);

/// <summary>What providers saw the authority take; no promise.</summary>
public sealed record EstimateOutlook(int MinDays, int MaxDays, RuleRef Rule, IReadOnlyList<string> Source);

/// <summary>A remark for people.</summary>
/// <param name="About"><c>province</c>, <c>preApproval</c>, <c>siteName</c>, <c>remark</c>, <c>address</c>, <c>papers</c>, <c>conflict</c> or <c>provider</c>.</param>
/// <param name="Rule">Where it stands; null for a remark about the province itself.</param>
public sealed record OutlookNote(string About, Phrase Text, RuleRef? Rule);

/// <summary>What a later edition of the rules will change.</summary>
/// <param name="From">First day.</param>
/// <param name="Ends">True for what is no longer asked from then on.</param>
/// <param name="About">Id of the field, kind of the paper, or part of the answer.</param>
public sealed record UpcomingChange(DateOnly From, bool Ends, string About, RuleStatement Statement);

/// <summary>What a filing of one shape will need, by the rules of one day.</summary>
public sealed record FilingOutlook
{
    public required FilingShape Shape { get; init; }

    public required DateOnly Day { get; init; }

    public required string RulesVersion { get; init; }

    /// <summary>Packs in force, each with its version.</summary>
    public required IReadOnlyList<string> PackVersions { get; init; }

    /// <summary>In the order of the journey.</summary>
    public required IReadOnlyList<FieldOutlook> Fields { get; init; }

    public required IReadOnlyList<PersonOutlook> People { get; init; }

    /// <summary>Those always due first.</summary>
    public required IReadOnlyList<PaperOutlook> Papers { get; init; }

    public required LimitsOutlook Limits { get; init; }

    public required IReadOnlyList<WaitOutlook> Waiting { get; init; }

    /// <summary>Null where no source has counted.</summary>
    public required EstimateOutlook? Estimate { get; init; }

    public required IReadOnlyList<OutlookNote> Notes { get; init; }

    public IReadOnlyList<UpcomingChange> Upcoming { get; init; } = [];
}
