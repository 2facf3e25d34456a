using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Authority;

/// <summary>One line: a filed subject with its principal, numbers and sites.</summary>
public sealed record SubjectLine
{
    /// <summary>The account it belongs to; must exist.</summary>
    public string? Account { get; init; }

    public SubjectFacts? Subject { get; init; }

    public PersonRequest? Principal { get; init; }

    public SubjectNumbers? Numbers { get; init; }

    public IReadOnlyList<SiteFacts>? Sites { get; init; }
}

/// <summary>The subject as filed.</summary>
public sealed record SubjectFacts
{
    public string? Province { get; init; }

    public string? City { get; init; }

    public string? District { get; init; }

    public int? SubjectNature { get; init; }

    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    public string? Name { get; init; }

    public string? CertificateAddress { get; init; }

    public string? MailingAddress { get; init; }

    public string? Investor { get; init; }

    public string? LegalRepresentative { get; init; }

    public string? Remark { get; init; }
}

/// <param name="Subject">主体备案号.</param>
public sealed record SubjectNumbers(string? Subject);

/// <summary>A site as filed.</summary>
public sealed record SiteFacts
{
    public string? Number { get; init; }

    public string? Name { get; init; }

    public string? Domain { get; init; }

    public string? ResourceId { get; init; }

    public IReadOnlyList<string>? PublicIps { get; init; }

    /// <summary>Null when it is the subject's principal.</summary>
    public PersonRequest? Principal { get; init; }
}
