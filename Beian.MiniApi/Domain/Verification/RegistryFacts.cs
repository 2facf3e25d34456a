namespace Beian.MiniApi.Domain.Verification;

/// <summary>How a look-up of registration facts ended.</summary>
public enum RegistryOutcome
{
    Found = 1,
    NotRegistered = 2,

    /// <summary>No answer in time, none that could be read, or nobody to ask.</summary>
    Unavailable = 3,
}

/// <summary>Whether the holder passed the real-name check.</summary>
public enum RealNameStatus
{
    /// <summary>The registry says nothing about it.</summary>
    NotDisclosed = 0,
    Verified = 1,

    /// <summary>The registry says that there was none.</summary>
    Missing = 2,
}

/// <summary>Who a domain is registered to. Personal data: never into logs or evidence.</summary>
/// <param name="Name">Null when withheld.</param>
/// <param name="CertificateType">Code of the certificate type, or null.</param>
/// <param name="CertificateNumber">Null when withheld, which is usual.</param>
public sealed record DomainHolder(string? Name, int? CertificateType, string? CertificateNumber)
{
    /// <summary>Keeps the values out of anything that prints the record.</summary>
    public override string ToString() => "DomainHolder";
}

/// <summary>What a registry says about a domain; everything it does not say is null.</summary>
public sealed record RegistryFacts
{
    /// <summary>The <see cref="Source"/> when no service is known for a suffix: asking again does not help.</summary>
    public const string NoSource = "none";

    public required RegistryOutcome Outcome { get; init; }

    /// <summary>Registrar as the registry writes it.</summary>
    public string? Registrar { get; init; }

    /// <summary>The registrar's number in IANA's list.</summary>
    public string? RegistrarIanaId { get; init; }

    public DateTimeOffset? RegisteredAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public RealNameStatus RealName { get; init; }

    /// <summary>When the holder passed the real-name check; may be null even when it is known that they did.</summary>
    public DateTimeOffset? RealNamedAt { get; init; }

    /// <summary>Status words, at most 20.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public DomainHolder? Holder { get; init; }

    /// <summary><c>rdap</c>, <c>whois</c>, or <c>none</c> when nobody is known who could be asked.</summary>
    public required string Source { get; init; }

    /// <summary>When it was asked, in real time.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Short text for the reviewer, without personal data.</summary>
    public required string Evidence { get; init; }

    public static RegistryFacts Unavailable(string source, string why, DateTimeOffset checkedAt) =>
        new() { Outcome = RegistryOutcome.Unavailable, Source = source, CheckedAt = checkedAt, Evidence = $"{source}: {why}" };

    public static RegistryFacts NotRegistered(string source, DateTimeOffset checkedAt) =>
        new() { Outcome = RegistryOutcome.NotRegistered, Source = source, CheckedAt = checkedAt, Evidence = $"{source}: not registered" };
}
