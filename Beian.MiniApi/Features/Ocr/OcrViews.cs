using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>A remark about a picture that was kept all the same.</summary>
public sealed record OcrWarningView(string Code, string Message);

/// <summary>What was read from an identity card, under the names of the fields of a person; what was not is null.</summary>
public sealed record IdCardView
{
    public required RecognitionView Recognition { get; init; }

    /// <summary><c>front</c> for the portrait, <c>back</c> for the emblem.</summary>
    public required string? Side { get; init; }

    public required string? Name { get; init; }

    /// <summary>Code of 居民身份证 once a card was recognised.</summary>
    public required int? CertificateType { get; init; }

    public required string? CertificateNumber { get; init; }

    /// <summary>First day of validity, <c>YYYY-MM-DD</c>.</summary>
    public required string? ValidFrom { get; init; }

    /// <summary>Last day of validity, <c>YYYY-MM-DD</c> or <c>longTerm</c>.</summary>
    public required string? ValidTo { get; init; }

    /// <summary>住址 as printed.</summary>
    public required string? Address { get; init; }

    public required IReadOnlyList<OcrWarningView> Warnings { get; init; }

    /// <summary>The picture as it was kept; null without <c>filingId</c>.</summary>
    public required MaterialView? Material { get; init; }

    public override string ToString() => nameof(IdCardView);
}

/// <summary>The name of a legal representative; a licence says no more of them.</summary>
public sealed record OcrRepresentativeView(string Name)
{
    public override string ToString() => nameof(OcrRepresentativeView);
}

/// <summary>What was read from a business licence, under the names of the fields of a subject; what was not is null.</summary>
public sealed record LicenceView
{
    public required RecognitionView Recognition { get; init; }

    public required string? Name { get; init; }

    /// <summary>Code of 营业执照 once a licence was recognised.</summary>
    public required int? CertificateType { get; init; }

    /// <summary>Unified social credit code or registration number.</summary>
    public required string? CertificateNumber { get; init; }

    public required OcrRepresentativeView? LegalRepresentative { get; init; }

    public required string? CertificateAddress { get; init; }

    /// <summary>First day of the term of operation, <c>YYYY-MM-DD</c>.</summary>
    public required string? CertificateValidFrom { get; init; }

    /// <summary>Last day of the term of operation, <c>YYYY-MM-DD</c> or <c>longTerm</c>.</summary>
    public required string? CertificateValidTo { get; init; }

    public required string? BusinessScope { get; init; }

    /// <summary>成立日期, <c>YYYY-MM-DD</c>.</summary>
    public required string? EstablishedOn { get; init; }

    public required IReadOnlyList<OcrWarningView> Warnings { get; init; }

    /// <summary>The picture as it was kept; null without <c>filingId</c>.</summary>
    public required MaterialView? Material { get; init; }

    public override string ToString() => nameof(LicenceView);
}

/// <summary>Turns readings into what the caller sees.</summary>
public sealed class OcrViews(FilingViews views)
{
    /// <summary>Code of 居民身份证 in the certificate-types data.</summary>
    private const int ResidentIdCard = 2;

    /// <summary>Code of 营业执照 in the certificate-types data.</summary>
    private const int BusinessLicence = 1;

    /// <param name="reading">What was read.</param>
    /// <param name="part">The part that was asked for, or null.</param>
    /// <param name="kept">The picture as kept, or null.</param>
    public IdCardView IdCard(Reading reading, string? part, Material? kept) => new()
    {
        Recognition = views.Of(reading),
        Side = reading.Side,
        Name = reading.Name,
        CertificateType = reading.Status == ReadingStatus.Recognised ? ResidentIdCard : null,
        CertificateNumber = reading.Number,
        ValidFrom = reading.ValidFrom,
        ValidTo = reading.ValidTo,
        Address = reading.Address,
        Warnings = Warnings(reading, part),
        Material = kept is null ? null : views.Of(kept),
    };

    /// <inheritdoc cref="IdCard"/>
    public LicenceView Licence(Reading reading, string? part, Material? kept) => new()
    {
        Recognition = views.Of(reading),
        Name = reading.Name,
        CertificateType = reading.Status == ReadingStatus.Recognised ? BusinessLicence : null,
        CertificateNumber = reading.Number,
        LegalRepresentative = reading.LegalRepresentative is { } name ? new OcrRepresentativeView(name) : null,
        CertificateAddress = reading.Address,
        CertificateValidFrom = reading.ValidFrom,
        CertificateValidTo = reading.ValidTo,
        BusinessScope = reading.BusinessScope,
        EstablishedOn = reading.EstablishedOn,
        Warnings = Warnings(reading, part),
        Material = kept is null ? null : views.Of(kept),
    };

    private IReadOnlyList<OcrWarningView> Warnings(Reading reading, string? part) =>
        reading.Side is { } side && part is Reading.Front or Reading.Back && part != side
            ? [new OcrWarningView("ocr.sideDiffers", views.Words("ocr.sideDiffers", Domain.Texts.NoArgs).Detail)]
            : [];
}
