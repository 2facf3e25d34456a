using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What became of a filed subject.</summary>
public enum SubjectChange
{
    /// <summary>The same organisation, by its certificate number, under another name.</summary>
    Rename = 1,

    /// <summary>An organisation in the place of another.</summary>
    OtherOrganisation = 2,

    /// <summary>An organisation in the place of a person.</summary>
    ToOrganisation = 3,

    /// <summary>A person in the place of an organisation.</summary>
    ToIndividual = 4,

    /// <summary>A person in the place of another.</summary>
    OtherIndividual = 5,
}

/// <summary>Whether a province takes a change of the subject.</summary>
public enum ChangeVerdict
{
    /// <summary>The sources say nothing: the authority has to be asked.</summary>
    Unknown = 0,
    Accepted = 1,

    /// <summary>With the paper named, or under a condition that a person has to look at.</summary>
    Conditional = 2,

    /// <summary>The filing is cancelled and made anew.</summary>
    Refused = 3,
}

/// <summary>A province's answer to one change.</summary>
/// <param name="Change">Which one.</param>
/// <param name="Verdict">Whether it is taken.</param>
/// <param name="Words">Code of the sentence that says so.</param>
/// <param name="Rule">The rule that answers; null where none does.</param>
/// <param name="Material">The paper it takes; null for none.</param>
public sealed record ChangeAnswer(SubjectChange Change, ChangeVerdict Verdict, string Words, RuleRef? Rule, string? Material = null);

/// <summary>What a province accepts of a subject that is no longer as it was filed.</summary>
public static class ChangePolicy
{
    private const string RenameLetter = "businessNameChangeLetter";

    /// <summary>The answers that concern such a subject, the likeliest change first.</summary>
    /// <param name="rules">The rules of the province where it is filed.</param>
    /// <param name="individual">Whether the filed subject is a person.</param>
    public static IReadOnlyList<ChangeAnswer> Of(RuleSet rules, bool individual) => individual
        ? [Of(rules, SubjectChange.OtherIndividual), Of(rules, SubjectChange.ToOrganisation)]
        : [Of(rules, SubjectChange.Rename), Of(rules, SubjectChange.OtherOrganisation), Of(rules, SubjectChange.ToIndividual)];

    /// <summary>The answer to one change.</summary>
    public static ChangeAnswer Of(RuleSet rules, SubjectChange change)
    {
        if (change == SubjectChange.Rename)
        {
            return rules.On("renameLetterRequired") is { } letter
                ? new ChangeAnswer(change, ChangeVerdict.Conditional, "name.change.renameWithLetter", letter.Ref, RenameLetter)
                : new ChangeAnswer(change, ChangeVerdict.Accepted, "name.change.rename", null);
        }

        var rule = rules.Find<ChangeRules>("changeRules");
        var (verdict, words, material) = change switch
        {
            SubjectChange.OtherOrganisation => OtherOrganisation(rule?.Value.OrganizationToOrganization),
            SubjectChange.ToOrganisation => ToOrganisation(rule?.Value.IndividualToOrganization),
            SubjectChange.ToIndividual => ToIndividual(rule?.Value.OrganizationToIndividual),
            _ => OtherIndividual(rule?.Value.IndividualToIndividual),
        };
        return new ChangeAnswer(change, verdict, words, rule?.Ref, material);
    }

    private static (ChangeVerdict, string, string?) OtherOrganisation(string? answer) => answer switch
    {
        "allowed" => (ChangeVerdict.Accepted, "name.change.otherOrganisation", null),
        "renameOnly" => (ChangeVerdict.Refused, "name.change.renameOnly", null),
        "withIndustrialProof" => (ChangeVerdict.Conditional, "name.change.withIndustrialProof", "industrialRelationProof"),
        "sameLegalPerson" => (ChangeVerdict.Conditional, "name.change.sameLegalPerson", null),
        "notAllowed" => (ChangeVerdict.Refused, "name.change.noOtherOrganisation", null),
        _ => (ChangeVerdict.Unknown, "name.change.otherOrganisationUnknown", null),
    };

    private static (ChangeVerdict, string, string?) ToOrganisation(string? answer) => answer switch
    {
        "allowed" => (ChangeVerdict.Accepted, "name.change.toOrganisation", null),
        "ifLegalPerson" => (ChangeVerdict.Conditional, "name.change.ifLegalPerson", null),
        "ifLegalPersonAndDomainOwnedByOrganization" => (ChangeVerdict.Conditional, "name.change.ifLegalPersonWithDomain", null),
        "withDomainCertificate" => (ChangeVerdict.Conditional, "name.change.withDomainCertificate", "domainCertificate"),
        "notAllowed" => (ChangeVerdict.Refused, "name.change.notToOrganisation", null),
        _ => (ChangeVerdict.Unknown, "name.change.toOrganisationUnknown", null),
    };

    private static (ChangeVerdict, string, string?) ToIndividual(string? answer) => answer switch
    {
        "soleTraderToLegalPersonOnly" => (ChangeVerdict.Conditional, "name.change.soleTraderToPerson", null),
        "notAllowed" => (ChangeVerdict.Refused, "name.change.notToIndividual", null),
        _ => (ChangeVerdict.Unknown, "name.change.toIndividualUnknown", null),
    };

    private static (ChangeVerdict, string, string?) OtherIndividual(string? answer) => answer == "notAllowed"
        ? (ChangeVerdict.Refused, "name.change.noOtherIndividual", null)
        : (ChangeVerdict.Unknown, "name.change.otherIndividualUnknown", null);
}
