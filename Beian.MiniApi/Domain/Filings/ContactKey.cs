using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>Kinds of contacts that tie a person to a subject; each is also the purpose of its keyed digest.</summary>
public static class ContactKinds
{
    public const string Phone = "phone";
    public const string Email = "email";

    /// <summary>Number of the person's certificate.</summary>
    public const string PersonNumber = "personNumber";
}

/// <summary>One phone, address or number of a principal, as it is found again without being stored in the clear.</summary>
/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="Digest">Keyed digest of the normalised value.</param>
/// <param name="Person">Keyed digest of the number of whose contact it is; null when that number is not known.</param>
public sealed record ContactKey(string Kind, string Digest, string? Person);

/// <summary>What was found of a filing's contacts elsewhere.</summary>
/// <param name="Version">Version of the filing that was asked about: for another form the results say nothing.</param>
/// <param name="Results">Each with the field it is about.</param>
public sealed record ContactOutcome(int Version, IReadOnlyList<CheckResult> Results);
