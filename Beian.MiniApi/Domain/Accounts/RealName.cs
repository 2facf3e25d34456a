namespace Beian.MiniApi.Domain.Accounts;

/// <summary>Whether the provider has verified who the customer is.</summary>
public enum RealNameStatus
{
    None = 1,
    Verified = 2,
}

/// <summary>What a customer is.</summary>
public enum RealNameKind
{
    Individual = 1,
    Organisation = 2,
}

/// <summary>What the provider knows about the identity of an account (实名认证). Fed by the provider, never typed by the applicant.</summary>
public sealed record RealName
{
    /// <summary>Longest name, in characters; generous against the longest registered names.</summary>
    public const int MaxName = 200;

    /// <summary>Longest certificate number, in characters.</summary>
    public const int MaxCertificateNumber = 64;

    /// <summary>Nothing verified.</summary>
    public static readonly RealName None = new();

    private RealName()
    {
    }

    public RealNameStatus Status { get; private init; } = RealNameStatus.None;

    /// <summary>Null while nothing is verified.</summary>
    public RealNameKind? Kind { get; private init; }

    /// <summary>Null while nothing is verified.</summary>
    public string? Name { get; private init; }

    /// <summary>Code of the certificate-types data; null when the provider does not tell.</summary>
    public int? CertificateType { get; private init; }

    /// <summary>Null exactly when <see cref="CertificateType"/> is.</summary>
    public string? CertificateNumber { get; private init; }

    /// <summary>When the provider verified it; individuals wait a day from here. Null while nothing is verified.</summary>
    public DateTimeOffset? VerifiedAt { get; private init; }

    /// <summary>Verified facts, or every field that is missing or too long, with pointers into the real-name object.</summary>
    public static Result<RealName> Verified(RealNameKind? kind, string? name, int? certificateType, string? certificateNumber, DateTimeOffset? verifiedAt)
    {
        var trimmedName = Trim(name);
        var trimmedNumber = Trim(certificateNumber);
        var findings = new List<Finding>();
        Demand(findings, kind is not null, "/kind", AccountErrors.Required);
        Demand(findings, trimmedName is not null, "/name", AccountErrors.Required);
        Demand(findings, (trimmedName?.Length ?? 0) <= MaxName, "/name", AccountErrors.TooLong);
        Demand(findings, certificateType is null or > 0, "/certificateType", AccountErrors.BadCertificateType);
        Demand(findings, certificateType is null || trimmedNumber is not null, "/certificateNumber", AccountErrors.Required);
        Demand(findings, trimmedNumber is null || certificateType is not null, "/certificateType", AccountErrors.Required);
        Demand(findings, (trimmedNumber?.Length ?? 0) <= MaxCertificateNumber, "/certificateNumber", AccountErrors.TooLong);
        Demand(findings, verifiedAt is not null, "/verifiedAt", AccountErrors.Required);
        if (findings.Count > 0)
        {
            return AccountErrors.Invalid(findings);
        }

        return new RealName
        {
            Status = RealNameStatus.Verified,
            Kind = kind,
            Name = trimmedName,
            CertificateType = certificateType,
            CertificateNumber = trimmedNumber,
            VerifiedAt = verifiedAt,
        };
    }

    /// <summary>Never the facts themselves: records end up in logs.</summary>
    public override string ToString() => $"RealName {Status}";

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static void Demand(List<Finding> findings, bool met, string pointer, string code)
    {
        if (!met)
        {
            findings.Add(new Finding(pointer, code));
        }
    }
}
