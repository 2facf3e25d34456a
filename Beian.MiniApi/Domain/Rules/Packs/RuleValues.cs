namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>One value for organisations (单位) and one for individuals (个人); null where the sources say nothing.</summary>
public sealed record BySubject<T>(T? Organization, T? Individual)
{
    public T? For(bool individual) => individual ? Individual : Organization;
}

/// <summary>What individuals may not do anywhere.</summary>
public sealed record IndividualLimits(bool ForumAllowed, bool CommercialAllowed, bool PreApprovalAllowed);

/// <summary>A principal below <paramref name="UnderAge"/> brings one of the sets of papers; below <paramref name="FromAge"/> (null: none) nothing helps.</summary>
/// <param name="AppliesTo"><c>all</c>, <c>organization</c> or <c>individual</c>.</param>
public sealed record MinorRule(int? FromAge, int UnderAge, string AppliesTo, IReadOnlyList<IReadOnlyList<string>> ProofSets);

/// <summary>Years of age over which nobody answers for a site.</summary>
public sealed record MaxAge(MaxAgeOf SiteManager);

/// <inheritdoc cref="MaxAge"/>
public sealed record MaxAgeOf(int Male, int Female);

/// <summary>Who may be the subject's principal: <c>legalPersonOnly</c>, <c>delegateWithLetter</c> or <c>delegateWithoutLetter</c>.</summary>
public sealed record PrincipalRule(string Default, IReadOnlyList<PrincipalExemption> Exceptions);

/// <summary>For whom another answer holds. A null condition does not count; a large state-owned enterprise cannot be told from the form.</summary>
public sealed record PrincipalExemption(IReadOnlyList<int> NatureCodes, bool? SoleTrader, bool? FinanceBusiness, bool? LargeStateOwned, string Rule);

/// <summary>How many different numbers the principals' telephones and emergency contacts must come to.</summary>
public sealed record DistinctPhones(int SamePerson, int DifferentPersons);

/// <summary>A letter that is due from so many sites on.</summary>
/// <param name="Material">Id of the letter in the materials data.</param>
/// <param name="Counts"><c>order</c>: the sites of this filing; <c>total</c>: with those filed before.</param>
public sealed record StatementLetter(int? Organization, int? Individual, string Material, string Counts)
{
    public int? For(bool individual) => individual ? Individual : Organization;
}

/// <summary>Which suffixes a province takes.</summary>
/// <param name="Mode"><c>allowList</c>: only those of <paramref name="List"/>; <c>denyList</c>: all but <paramref name="Suffixes"/>.</param>
/// <param name="Subjects"><c>all</c>, <c>organization</c> or <c>individual</c>.</param>
/// <param name="Exceptions">Suffixes taken all the same under conditions; null for none.</param>
public sealed record SuffixLimits(
    string Mode, string Since, string Subjects, string? List = null, IReadOnlyList<string>? Suffixes = null, IReadOnlyList<SuffixExemption>? Exceptions = null);

/// <summary>A suffix taken for filings of these kinds when the site was filed before that day.</summary>
public sealed record SuffixExemption(string Suffix, IReadOnlyList<string> Kinds, DateOnly FiledBefore);

/// <summary>Words a domain may not begin with or contain, all suffixes or one.</summary>
public sealed record PrefixLimit(IReadOnlyList<string> Words, bool ExceptNational, string? Suffix = null);

/// <summary>What holds for every domain.</summary>
public sealed record DomainDefaults(
    string RegistrantIndividual, IReadOnlyList<string> RegistrantOrganization, string Since, bool RegistrarMustBeMiitApproved, bool RealNameRequired, RealNameMinAge RealNameMinAge, bool MustNotExpire, bool RegistrableOnly);

/// <summary>Days from the holder's real-name check to the filing: natural days at the same provider, working days elsewhere.</summary>
public sealed record RealNameMinAge(int SameProviderNaturalDays, int OtherProviderWorkingDays);

/// <summary>The only suffixes a nature may file; a suffix stands for those below it.</summary>
public sealed record InstitutionDomains(int NatureCode, IReadOnlyList<string> Suffixes);

/// <summary>Months a certificate must still be valid at submission.</summary>
public sealed record RemainingMonths(int Person, int Subject);

/// <summary>Months for certificates and letters where nobody says otherwise.</summary>
public sealed record DateRules(int CertificateMinRemainingMonths, int LetterMaxAgeMonths);

/// <summary>Age of letters in months or days from signature to submission; for the named materials, or for all.</summary>
public sealed record LetterMaxAge(IReadOnlyList<string>? Materials = null, int? Months = null, int? Days = null);

/// <summary>Provinces of which one source says that outsiders need a proof of residence.</summary>
public sealed record ResidenceProofList(string Source, IReadOnlyList<string> Provinces);

/// <summary>What a site may be filed as.</summary>
/// <param name="Subject"><c>all</c>, <c>organization</c> or <c>individual</c>.</param>
/// <param name="RemarkRequiredExcept">Contents that need no remark while all others do; empty for no such rule.</param>
public sealed record ServiceContentRule(
    string Subject, IReadOnlyList<int> Forbidden, IReadOnlyList<int> Recommended, IReadOnlyList<int> RemarkRequiredFor, IReadOnlyList<int> RemarkRequiredExcept);

/// <summary>What a site's remark must say.</summary>
/// <param name="MinChars">Characters at least, for individuals.</param>
public sealed record RemarkRules(bool? IndividualStatement, bool? IndividualContentRemark, int? MinChars, string? Notes);

/// <summary>How an address must be written.</summary>
/// <param name="FormerDistricts">Districts that are no more; an address names the present one.</param>
public sealed record AddressRules(
    bool? DoorplateRequired,
    bool? MunicipalDistrictWordForbidden,
    bool? SameCityAsCertificate,
    string? Notes,
    string? ForbiddenCharacters = null,
    IReadOnlyList<FormerDistrict>? FormerDistricts = null);

/// <summary>A district that was renamed or merged, and the one that is there now.</summary>
public sealed record FormerDistrict(string Name, string Now);

/// <summary>How a sole trader (个体工商户) files.</summary>
/// <param name="FileAs"><c>enterprise</c>, <c>enterpriseIfTradeName</c>, <c>enterpriseIfInCreditSystem</c>; null when not told.</param>
public sealed record SoleTraderRule(string? FileAs, bool SealRequired, string? UnnamedRule);

/// <summary>Who must stand as investor: <c>subjectName</c>, <c>legalRepresentative</c>, or <c>superiorUnit</c>, which only a reviewer can judge.</summary>
public sealed record InvestorRule(string MustEqual, IReadOnlyList<int>? Natures);

/// <summary>Whether one may file outside one's own province.</summary>
public sealed record CrossProvince(string Organization, string OrganizationKey, string Individual);

/// <summary>What may become of a filed subject; null where the sources say nothing.</summary>
public sealed record ChangeRules(string? OrganizationToOrganization, string? IndividualToOrganization, string? OrganizationToIndividual, string? IndividualToIndividual, string? Notes);

/// <summary>From so many to so many days.</summary>
public sealed record DayRange(int Min, int Max);

/// <summary>The authority's SMS verification.</summary>
public sealed record SmsRule(bool Required, int Hours, string Since, IReadOnlyList<string> ExemptKinds);
