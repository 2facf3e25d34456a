namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>A demand in the open form: when all conditions hold, a paper is due or a field must read so.</summary>
/// <param name="When">Conditions; all that are given must hold, and none at all always holds.</param>
/// <param name="Material">Id of the paper that is due, or null.</param>
/// <param name="Field">What a field must read like, or null. Exactly one of the two is given.</param>
/// <param name="Text">What people read; given exactly with <paramref name="Field"/>.</param>
public sealed record Demand(DemandCondition When, string? Material = null, FieldDemand? Field = null, DemandText? Text = null);

/// <param name="Subject"><c>organization</c> or <c>individual</c>.</param>
/// <param name="Natures">Codes of the subject natures.</param>
/// <param name="Kinds">Kinds of filing as the data names them, such as <c>FirstFiling</c>.</param>
/// <param name="SoleTrader">Whether the subject is a 个体工商户.</param>
/// <param name="Words">Words that stand somewhere.</param>
/// <param name="TotalSitesFrom">Sites filed before and in this filing together, at least.</param>
/// <param name="NewSitesFrom">Sites of this filing, at least.</param>
/// <param name="ServiceContents">Any of these contents.</param>
/// <param name="PreApprovals">Any of these declared.</param>
/// <param name="Person">Something about one of the people.</param>
public sealed record DemandCondition(
    string? Subject = null,
    IReadOnlyList<int>? Natures = null,
    IReadOnlyList<string>? Kinds = null,
    bool? SoleTrader = null,
    WordCondition? Words = null,
    BySubject<int?>? TotalSitesFrom = null,
    int? NewSitesFrom = null,
    IReadOnlyList<int>? ServiceContents = null,
    IReadOnlyList<string>? PreApprovals = null,
    PersonCondition? Person = null);

/// <param name="Any">Words, any of which is enough.</param>
/// <param name="In">Where: <c>subjectName</c>, <c>businessScope</c>, <c>serviceName</c>, <c>remark</c>.</param>
public sealed record WordCondition(IReadOnlyList<string> Any, IReadOnlyList<string> In);

/// <param name="Who"><c>principal</c>, <c>sitePrincipal</c> or <c>legalRepresentative</c>.</param>
/// <param name="AgeFrom">Years, inclusive.</param>
/// <param name="AgeBelow">Years, exclusive.</param>
/// <param name="IdOutsideProvince">Whether the identity card is from another province.</param>
/// <param name="IsLegalRepresentative">Whether they are the legal representative.</param>
/// <param name="CertificateTypes">Any of these types.</param>
public sealed record PersonCondition(
    string Who, int? AgeFrom = null, int? AgeBelow = null, bool? IdOutsideProvince = null, bool? IsLegalRepresentative = null, IReadOnlyList<int>? CertificateTypes = null);

/// <summary>What a field must read like.</summary>
/// <param name="Pointer">One of <see cref="FieldDemands.Pointers"/>; <c>*</c> stands for every site.</param>
/// <param name="Required">Must not be empty.</param>
/// <param name="MinChars">Characters at least, when there is a value.</param>
/// <param name="MaxChars">Characters at most.</param>
/// <param name="ContainsAny">One of these must stand in it; an empty field does not contain any.</param>
/// <param name="ContainsNone">None of these may.</param>
public sealed record FieldDemand(
    string Pointer, bool Required = false, int? MinChars = null, int? MaxChars = null, IReadOnlyList<string>? ContainsAny = null, IReadOnlyList<string>? ContainsNone = null);

/// <summary>What people read, in both languages.</summary>
public sealed record DemandText(DemandWords Zh, DemandWords En);

/// <param name="Detail">What is wrong, and by whose rule.</param>
/// <param name="Remedy">What to do.</param>
public sealed record DemandWords(string Detail, string Remedy);
