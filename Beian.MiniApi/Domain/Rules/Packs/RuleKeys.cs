using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>
/// Every sort of demand a rule can make, with the type of its value. A new row of a known key needs no code; a new key needs its type here and the code
/// that judges by it.
/// </summary>
public static class RuleKeys
{
    /// <summary>The key that may stand several times in a pack, each row with an id of its own.</summary>
    public const string Demand = "demand";

    public static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        // Individuals
        ["individualAllowed"] = typeof(bool?),
        ["individualNonLocalAllowed"] = typeof(bool?),
        ["individualResidenceProofRequired"] = typeof(bool?),
        ["acceptedResidenceProofs"] = typeof(IReadOnlyList<string>),
        ["individualForeignerAllowed"] = typeof(bool?),
        ["individual"] = typeof(IndividualLimits),

        // People
        ["minAge"] = typeof(BySubject<int?>),
        ["minorRule"] = typeof(MinorRule),
        ["maxAge"] = typeof(MaxAge),
        ["principalRule"] = typeof(PrincipalRule),
        ["principalMustBeLegalPerson"] = typeof(bool?),
        ["authorizationLetterWhenPrincipalNotLegalPerson"] = typeof(bool?),
        ["siteManagerAuthorizationLetterRequired"] = typeof(bool?),
        ["siteManagerMustEqualPrincipalWhenNotLegalPerson"] = typeof(bool?),
        ["siteManagerExclusive"] = typeof(bool?),
        [FaceCheckRules.PictureKey] = typeof(bool?),

        // Telephones
        ["secondContactRequired"] = typeof(BySubject<bool?>),
        ["landlineRequired"] = typeof(BySubject<bool?>),
        ["emergencyContactRequired"] = typeof(BySubject<bool?>),
        ["emergencyContactMustDiffer"] = typeof(BySubject<bool?>),
        ["minDistinctPhones"] = typeof(DistinctPhones),
        ["phoneLocality"] = typeof(BySubject<string>),
        ["phoneUniqueAcrossSubjects"] = typeof(bool?),
        ["idNumberUniqueAcrossSubjects"] = typeof(bool?),
        ["principalAndSiteManagerMustNotShare"] = typeof(IReadOnlyList<string>),

        // Numbers of sites
        ["maxSitesPerSubmission"] = typeof(BySubject<int?>),
        ["providerOrderLimit"] = typeof(BySubject<int?>),
        ["maxDomainsPerSite"] = typeof(int?),
        ["domainsPerSite"] = typeof(int?),
        ["domainsPerSiteSince"] = typeof(string),
        ["maxTotalSites"] = typeof(BySubject<int?>),
        ["maxServicesPerIndividual"] = typeof(int?),
        ["constructionPlanFromSiteCount"] = typeof(BySubject<int?>),
        ["statementLetterFromSiteCount"] = typeof(StatementLetter),
        ["singleDomainPerOrderWhenFiledOver"] = typeof(BySubject<int?>),
        ["openOrdersPerSubject"] = typeof(int?),
        ["subjectsPerAccount"] = typeof(int?),

        // Domains
        ["domainSuffixLimits"] = typeof(SuffixLimits),
        ["domainPrefixLimits"] = typeof(IReadOnlyList<PrefixLimit>),
        ["domainRegistrantMustMatch"] = typeof(BySubject<string>),
        ["domainMinRemainingMonths"] = typeof(int?),
        ["domainCertificateRequired"] = typeof(BySubject<bool?>),
        ["foreignRegistrarAllowed"] = typeof(bool?),
        ["domain"] = typeof(DomainDefaults),
        ["institutionDomains"] = typeof(IReadOnlyList<InstitutionDomains>),
        ["unfiledDomainMustBeClosed"] = typeof(bool?),
        ["filedSitesMustBeOpen"] = typeof(bool?),
        ["footerNumberRequired"] = typeof(bool?),
        ["footerLink"] = typeof(string),
        ["footerNumber"] = typeof(string),

        // Certificates and papers
        ["certificateMinRemainingMonths"] = typeof(RemainingMonths),
        ["dateRules"] = typeof(DateRules),
        ["letterMaxAge"] = typeof(IReadOnlyList<LetterMaxAge>),
        ["commitmentLetterRequired"] = typeof(BySubject<bool?>),
        ["commitmentLetters"] = typeof(IReadOnlyList<string>),
        ["partyBuildingConfirmation"] = typeof(BySubject<bool?>),
        ["offCampusTrainingCommitment"] = typeof(string),
        ["financeCommitment"] = typeof(string),
        ["copyWithSealAccepted"] = typeof(bool?),
        ["governmentOpeningApprovalRequired"] = typeof(bool?),
        ["renameLetterRequired"] = typeof(bool?),
        ["residenceProofLists"] = typeof(IReadOnlyList<ResidenceProofList>),

        // Words and addresses
        ["serviceContentRules"] = typeof(IReadOnlyList<ServiceContentRule>),
        ["remarkRules"] = typeof(RemarkRules),
        ["addressRules"] = typeof(AddressRules),
        ["soleTrader"] = typeof(SoleTraderRule),
        ["investor"] = typeof(InvestorRule),
        ["crossProvince"] = typeof(CrossProvince),
        ["preApprovalNotes"] = typeof(IReadOnlyList<string>),
        ["siteNameNotes"] = typeof(IReadOnlyList<string>),
        ["notes"] = typeof(IReadOnlyList<string>),
        ["foreignOrganization"] = typeof(string),
        ["branchOffices"] = typeof(string),

        // The way of a filing
        ["emptyShellDirectAddAllowed"] = typeof(bool?),
        ["changeRules"] = typeof(ChangeRules),
        ["reviewWorkingDays"] = typeof(DayRange),
        ["providerReviewWorkingDays"] = typeof(DayRange),
        ["reviewLimitWorkingDays"] = typeof(int?),
        ["smsVerificationRequired"] = typeof(bool?),
        ["smsVerificationHours"] = typeof(int?),
        ["smsVerification"] = typeof(SmsRule),
        [Demand] = typeof(Demand),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
