namespace Beian.MiniApi.Domain.Letters;

/// <summary>What is done to a printed letter by hand, in the words of the materials data.</summary>
public static class LetterSigning
{
    public const string LegalRepresentative = "legalPersonSignature";
    public const string Principal = "principalSignature";
    public const string SitePrincipal = "siteManagerSignature";
    public const string Guardian = "guardianSignature";

    /// <summary>The organisation's round seal.</summary>
    public const string Seal = "seal";

    public const string Fingerprint = "fingerprint";

    /// <summary>Number of the signer's certificate, written by the signer.</summary>
    public const string IdNumber = "idNumber";

    /// <summary>The signer's office in the organisation.</summary>
    public const string Position = "position";

    /// <summary>A sentence that is copied by hand.</summary>
    public const string Clause = "handwrittenClause";

    /// <summary>The domain beside the signature; we know it, so it is printed.</summary>
    public const string Domain = "domain";

    public const string Date = "date";

    private static readonly string[] Known =
        [LegalRepresentative, Principal, SitePrincipal, Guardian, Seal, Fingerprint, IdNumber, Position, Clause, Domain, Date];

    /// <summary>Whether a page can leave room for it.</summary>
    public static bool IsKnown(string word) => Array.IndexOf(Known, word) >= 0;

    /// <summary>A person has neither a seal nor somebody to represent them: they sign and press their finger on it instead.</summary>
    /// <param name="words">As the data names them.</param>
    /// <param name="individual">Whether the subject is a person.</param>
    public static IReadOnlyList<string> For(IReadOnlyList<string> words, bool individual)
    {
        if (!individual)
        {
            return words;
        }

        var own = words.SelectMany(w => w switch
        {
            Seal => [Principal, Fingerprint],
            LegalRepresentative => [Principal],
            _ => new[] { w },
        });
        return [.. own.Distinct()];
    }
}
