using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>
/// Hard lengths of typed fields, in characters; over them nothing is stored. They are those a public front end of another access provider uses; no
/// newer published maxima were found.
/// </summary>
public static class FieldLengths
{
    public const int Name = 128;
    public const int PersonName = 64;
    public const int Address = 128;
    public const int Investor = 128;
    public const int Remark = 200;

    /// <summary>Scopes of large companies run long.</summary>
    public const int BusinessScope = 2000;
    public const int CertificateNumber = 64;
    public const int Phone = 32;
    public const int Email = 64;
    public const int Date = 32;
    public const int Division = 16;

    /// <summary>Whole addresses may be pasted into a domain field.</summary>
    public const int Domain = 2048;
    public const int Url = 2048;
    public const int AuthCode = 128;
    public const int Id = 128;
    public const int Kind = 64;
    public const int Note = 2000;
    public const int Codes = 40;
}

/// <summary>负责人, as typed; what is absent is empty.</summary>
public record PersonRequest
{
    public string? Name { get; init; }

    /// <summary>Code of the certificate types.</summary>
    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    /// <summary>First day of validity, <c>YYYY-MM-DD</c>.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last day of validity, <c>YYYY-MM-DD</c>, or <c>longTerm</c>.</summary>
    public string? ValidTo { get; init; }

    public string? Mobile { get; init; }

    public string? Phone2 { get; init; }

    /// <summary>Such as <c>010-12345678</c>.</summary>
    public string? Landline { get; init; }

    public string? EmergencyPhone { get; init; }

    public string? Email { get; init; }

    public void Measure(Lengths lengths) => lengths
        .Text(Name, FieldLengths.PersonName, "/name")
        .Text(CertificateNumber, FieldLengths.CertificateNumber, "/certificateNumber")
        .Text(ValidFrom, FieldLengths.Date, "/validFrom")
        .Text(ValidTo, FieldLengths.Date, "/validTo")
        .Text(Mobile, FieldLengths.Phone, "/mobile")
        .Text(Phone2, FieldLengths.Phone, "/phone2")
        .Text(Landline, FieldLengths.Phone, "/landline")
        .Text(EmergencyPhone, FieldLengths.Phone, "/emergencyPhone")
        .Text(Email, FieldLengths.Email, "/email");

    /// <summary>As typed, but for full-width characters in numbers.</summary>
    public Person ToPerson() => new()
    {
        Name = Name,
        CertificateType = CertificateType,
        CertificateNumber = HalfWidth.Fold(CertificateNumber),
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Mobile = HalfWidth.Fold(Mobile),
        Phone2 = HalfWidth.Fold(Phone2),
        Landline = HalfWidth.Fold(Landline),
        EmergencyPhone = HalfWidth.Fold(EmergencyPhone),
        Email = Email,
    };
}

/// <summary>What a site is filed on: one of the account's resources, or an auth code.</summary>
public sealed record ResourceRequest
{
    /// <summary><c>resource</c> or <c>authCode</c>.</summary>
    public string? Kind { get; init; }

    public string? AuthCode { get; init; }

    public string? ResourceId { get; init; }

    public static void Measure(ResourceRequest? request, Lengths lengths) => lengths
        .Text(request?.Kind, FieldLengths.Kind, "/resource/kind")
        .Text(request?.AuthCode, FieldLengths.AuthCode, "/resource/authCode")
        .Text(request?.ResourceId, FieldLengths.Id, "/resource/resourceId");

    public ResourceChoice ToChoice() => new() { Kind = Kind, AuthCode = AuthCode, ResourceId = ResourceId };
}
