using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>A nationwide rule about sharing a contact, from the phone rules.</summary>
/// <param name="AppliesTo"><c>all</c>, <c>organization</c> or <c>individual</c>.</param>
/// <param name="Provinces">Division codes; null for all of them.</param>
/// <param name="Severity">How heavy it weighs where it holds.</param>
public sealed record SharingRule(string AppliesTo, IReadOnlyList<string>? Provinces, Severity Severity)
{
    /// <summary>Whether sharing is an error for that kind of subject there.</summary>
    public bool Blocks(string? province, bool individual) =>
        Severity == Severity.Error
        && (AppliesTo == "all" || AppliesTo == (individual ? "individual" : "organization"))
        && (Provinces is null || (province is not null && Provinces.Contains(province)));
}

/// <summary>What it means in one province that a contact is found with another subject: a rule or true blocks, null or false warns.</summary>
/// <param name="PhoneOfAnother">The mobile is another person's.</param>
/// <param name="EmailOfAnother">The address is another person's.</param>
/// <param name="PhoneAcrossSubjects">The same person uses the mobile for another subject.</param>
/// <param name="NumberAcrossSubjects">The person is principal of another subject.</param>
public sealed record ContactPolicy(bool PhoneOfAnother, bool EmailOfAnother, RuleRow? PhoneAcrossSubjects, RuleRow? NumberAcrossSubjects)
{
    /// <param name="book">The reference data.</param>
    /// <param name="rules">The rules of the province.</param>
    /// <param name="province">Division code; an unknown one has no rules of its own.</param>
    /// <param name="individual">Whether the subject is a person.</param>
    public static ContactPolicy For(ReferenceBook book, RuleSet rules, string? province, bool individual) => new(
        book.Tables.OnePhoneOneSubject.Blocks(province, individual),
        book.Tables.OnePersonOnePhone.Blocks(province, individual),
        rules.On("phoneUniqueAcrossSubjects"),
        rules.On("idNumberUniqueAcrossSubjects") ?? rules.On("siteManagerExclusive"));
}
