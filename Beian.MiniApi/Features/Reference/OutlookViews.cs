namespace Beian.MiniApi.Features.Reference;

/// <summary>A code with its name.</summary>
public sealed record NamedView<T>(T Code, string Name);

/// <summary>One rule in words.</summary>
/// <param name="RuleId">As findings name it, such as <c>440000.minAge</c>.</param>
/// <param name="PackVersion">Pack or data file and its version.</param>
/// <param name="Text">What it asks for.</param>
/// <param name="Severity">How heavy it weighs when it is not met.</param>
public sealed record RuleTextView(string RuleId, string PackVersion, string Text, Domain.Severity Severity);

/// <summary>One field of the form.</summary>
/// <param name="Pointer">JSON pointer into a filing; <c>*</c> stands for every site. Null for what is no field of the form.</param>
/// <param name="Required"><c>always</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Prefilled">True when it comes along with the filed subject.</param>
/// <param name="MaxLength">Characters at most, or null.</param>
/// <param name="ReferenceSet">The reference set its codes come from, or null.</param>
public sealed record FieldOutlookView(
    string Id, string Step, string? Pointer, string Label, string Type, string Required, bool Prefilled, int? MaxLength, string? Hint, string? ReferenceSet, IReadOnlyList<RuleTextView> Rules);

/// <summary>Who may stand in for the legal representative.</summary>
/// <param name="When">For whom it holds; null for everybody else.</param>
/// <param name="Answer"><c>legalPersonOnly</c>, <c>delegateWithLetter</c> or <c>delegateWithoutLetter</c>.</param>
/// <param name="Letters">Kinds of the letters of which one is needed.</param>
public sealed record DelegationView(string? When, string Answer, IReadOnlyList<string> Letters);

/// <summary>One person the filing needs.</summary>
/// <param name="Needed"><c>always</c> or <c>conditional</c>.</param>
/// <param name="MustBeLegalRepresentative"><c>always</c>, <c>conditional</c>, <c>never</c>, or null where nobody is one.</param>
/// <param name="Delegations">The last one is the rule, those before it are exceptions.</param>
/// <param name="MinAge">Years without further papers, or null.</param>
/// <param name="MinAgeWithPapers">Years from which papers help, 0 for any age, or null where none do.</param>
/// <param name="MaxAgeMale">Years, or null.</param>
/// <param name="MaxAgeFemale">Years, or null.</param>
/// <param name="FaceCheck">Whether the person does the face check.</param>
/// <param name="Sms">Whether the person gets the authority's text message.</param>
public sealed record PersonOutlookView(
    string Role,
    string Needed,
    string Text,
    string? MustBeLegalRepresentative,
    IReadOnlyList<DelegationView> Delegations,
    int? MinAge,
    int? MinAgeWithPapers,
    int? MaxAgeMale,
    int? MaxAgeFemale,
    bool FaceCheck,
    bool Sms,
    IReadOnlyList<RuleTextView> Rules);

/// <summary>How many files of a kind.</summary>
public sealed record CountView(int Min, int Max);

/// <summary>One rule that asks for a paper.</summary>
/// <param name="Condition">When; null for always.</param>
/// <param name="Source">Who says so.</param>
public sealed record PaperReasonView(string RuleId, string PackVersion, Domain.Severity Severity, string? Condition, IReadOnlyList<string> Source);

/// <summary>One paper. Rule, condition and source are those of the weightiest rule; <c>otherRules</c> has the rest.</summary>
/// <param name="Kind">Id of the materials data.</param>
/// <param name="Parts">Sides with names of their own; empty for a single picture.</param>
/// <param name="Owner"><c>subject</c>, <c>principal</c>, <c>site</c> or <c>sitePrincipal</c>; once for each of these.</param>
/// <param name="Required"><c>always</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Condition">When it is due; null when it always is.</param>
/// <param name="Formats">Endings of file names.</param>
/// <param name="MaxBytes">Bytes above which a file is refused.</param>
/// <param name="AdvisedMaxBytes">Bytes above which the authority's copy has to be made smaller, or null.</param>
/// <param name="AdvisedMinBytes">Bytes below which a picture is likely illegible, or null.</param>
/// <param name="MinLongSide">Pixels, or null.</param>
/// <param name="MinShortSide">Pixels, or null.</param>
/// <param name="MaxSeconds">For a video; null otherwise.</param>
/// <param name="MinRemainingMonths">Months it must still be valid, or null.</param>
/// <param name="MaxAgeMonths">Months from signing to submission, or null.</param>
/// <param name="MaxAgeDays">Days from signing to submission, or null.</param>
/// <param name="Signing">What is done to it by hand.</param>
/// <param name="TemplateName">Title of the letter for it; null where there is none.</param>
/// <param name="CanBeFilledIn">Whether <c>GET /filings/{id}/letters/{kind}</c> has it filled in.</param>
/// <param name="Alternatives">Other kinds that would do as well.</param>
public sealed record PaperOutlookView(
    string Kind,
    string Name,
    IReadOnlyList<string> Parts,
    string Owner,
    string Required,
    string? Condition,
    CountView Count,
    IReadOnlyList<string> Formats,
    long MaxBytes,
    long? AdvisedMaxBytes,
    long? AdvisedMinBytes,
    int? MinLongSide,
    int? MinShortSide,
    int? MaxSeconds,
    int? MinRemainingMonths,
    int? MaxAgeMonths,
    int? MaxAgeDays,
    IReadOnlyList<string> Signing,
    string? TemplateName,
    bool CanBeFilledIn,
    IReadOnlyList<string> Alternatives,
    string? Notes,
    string RuleId,
    string PackVersion,
    Domain.Severity Severity,
    IReadOnlyList<string> Source,
    IReadOnlyList<PaperReasonView> OtherRules);

/// <summary>Which suffixes may be filed.</summary>
/// <param name="ReferenceSet">The set that lists them.</param>
/// <param name="List">Its <c>listedBy</c> that counts here.</param>
/// <param name="Only">The only ones of this nature; empty for no such limit.</param>
/// <param name="Denied">Refused although they are on the list.</param>
public sealed record SuffixOutlookView(string ReferenceSet, string List, IReadOnlyList<string> Only, IReadOnlyList<string> Denied);

/// <summary>Numbers for the whole filing; null where nobody says.</summary>
/// <param name="SitesInTotalBinding">False when more are for the reviewer to decide.</param>
/// <param name="OneSiteWhenFiledOver">With more sites filed than this, one filing takes one site.</param>
/// <param name="Holder">Who may hold the domain.</param>
public sealed record LimitsOutlookView(
    int SitesPerFiling,
    int? SitesInTotal,
    bool SitesInTotalBinding,
    int? OneSiteWhenFiledOver,
    int? DomainsPerSite,
    int? OpenFilingsPerSubject,
    int? CertificateMonthsOfPerson,
    int? CertificateMonthsOfSubject,
    int? DomainMonths,
    SuffixOutlookView Suffixes,
    string? Holder,
    IReadOnlyList<RuleTextView> Rules);

/// <summary>Something that takes its time.</summary>
/// <param name="Unit"><c>hours</c>, <c>days</c> or <c>workingDays</c>.</param>
/// <param name="RuleId">Null for a promise of the provider.</param>
public sealed record WaitOutlookView(string Gate, int Min, int Max, string Unit, string Text, string? RuleId, string? PackVersion, IReadOnlyList<string> Source);

/// <summary>Days the authority usually takes, as providers have counted them; no promise.</summary>
public sealed record EstimateView(int MinDays, int MaxDays, string Text, string RuleId, string PackVersion, IReadOnlyList<string> Source);

/// <summary>A remark for people.</summary>
public sealed record OutlookNoteView(string About, string Text, string? RuleId, string? PackVersion);

/// <summary>What a later edition of the rules changes.</summary>
/// <param name="EffectiveFrom">First day.</param>
/// <param name="Change"><c>begins</c> or <c>ends</c>.</param>
/// <param name="About">Id of the field, kind of the paper, or part of the answer.</param>
public sealed record UpcomingChangeView(DateOnly EffectiveFrom, string Change, string About, RuleTextView Rule);

/// <summary>What a filing of one shape will need.</summary>
/// <param name="Kind"><c>firstFiling</c> or <c>addSite</c>.</param>
/// <param name="AsOf">The day by whose rules it is told.</param>
/// <param name="RulesVersion">Packs and data files with their versions.</param>
public sealed record FilingOutlookView(
    NamedView<string> Province,
    NamedView<int> Nature,
    Domain.Filings.FilingKind Kind,
    DateOnly AsOf,
    string RulesVersion,
    IReadOnlyList<string> PackVersions,
    IReadOnlyList<FieldOutlookView> Fields,
    IReadOnlyList<PersonOutlookView> People,
    IReadOnlyList<PaperOutlookView> Materials,
    LimitsOutlookView Limits,
    IReadOnlyList<WaitOutlookView> Waiting,
    EstimateView? Estimate,
    IReadOnlyList<OutlookNoteView> Notes,
    IReadOnlyList<UpcomingChangeView> Upcoming);
