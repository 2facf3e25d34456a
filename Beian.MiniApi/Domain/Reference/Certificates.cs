using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>What sort of subject files (主办者性质).</summary>
/// <param name="IsPerson">True for an individual only.</param>
/// <param name="ConfirmedByApis">Whether at least two published interfaces give the same code.</param>
/// <param name="NameEn">The name in English; null where the data has none.</param>
public sealed record SubjectNature(int Code, string Name, string Kind, bool IsPerson, bool GovRelated, bool SelfServiceCommon, bool ConfirmedByApis, string? Notes, string? NameEn = null)
{
    /// <summary>The name in both languages.</summary>
    public LocalText Names => LocalText.Of(Name, NameEn);
}

/// <summary>A check digit method the number checks know.</summary>
public enum Checksum
{
    None = 0,

    /// <summary>Resident identity number.</summary>
    Gb11643 = 1,

    /// <summary>Unified social credit code.</summary>
    Gb32100 = 2,

    /// <summary>Organisation code.</summary>
    Gb11714 = 3,

    /// <summary>Registration number of an old business licence.</summary>
    BusinessRegistration15 = 4,

    /// <summary>As <see cref="Gb11643"/>, but the leading digits name a nationality and not a region.</summary>
    Gb11643Foreign = 5,
}

/// <summary>A way a certificate's number may be written.</summary>
/// <param name="Name">What people call this form, or null for the usual one.</param>
/// <param name="Pattern">Matches the whole number; has a match timeout.</param>
/// <param name="Checksum">The check digit method, or <see cref="Reference.Checksum.None"/>.</param>
public sealed record NumberFormat(string? Name, Regex Pattern, Checksum Checksum);

/// <summary>A kind of certificate; the codes are numbered per kind and nature, so a name stands several times.</summary>
/// <param name="SubjectNatures">Natures it may stand for; a person's certificate names 5.</param>
/// <param name="ForPerson">True when it identifies a person, also a principal.</param>
/// <param name="Format">The usual form of its number; null when no reliable form is published, and then none is enforced.</param>
/// <param name="Alternatives">Further accepted forms, each with its own check digit.</param>
/// <param name="Legacy">No longer issued.</param>
/// <param name="NameEn">The name in English; null where the data has none.</param>
public sealed record CertificateType(
    int Code, string Name, IReadOnlyList<int> SubjectNatures, bool ForPerson, NumberFormat? Format, IReadOnlyList<NumberFormat> Alternatives, bool Legacy, string? Notes, string? NameEn = null)
{
    /// <summary>Stands for the name in a message; see <see cref="ReferenceNames"/>.</summary>
    public string NameCode => ReferenceNames.Code("certificate", Code);

    /// <summary>Whether a subject of that nature may show it.</summary>
    public bool Serves(int subjectNature) => SubjectNatures.Contains(subjectNature);
}

/// <summary>What the first two characters of a unified social credit code tell.</summary>
/// <param name="NatureCodes">Natures it fits; empty when it says nothing.</param>
public sealed record CreditCodePrefix(string Prefix, string Name, IReadOnlyList<int> NatureCodes);
