using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Subjects;

/// <summary>法定代表人.</summary>
public sealed record LegalRepresentativeRequest
{
    public string? Name { get; init; }

    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }
}

/// <summary>主体信息, as typed; its principal has a route of its own.</summary>
public sealed record PutSubjectRequest
{
    public string? Name { get; init; }

    /// <summary>证件住所, as on the certificate.</summary>
    public string? CertificateAddress { get; init; }

    /// <summary>通信地址, down to the door.</summary>
    public string? MailingAddress { get; init; }

    /// <summary>投资人或主管单位.</summary>
    public string? Investor { get; init; }

    public LegalRepresentativeRequest? LegalRepresentative { get; init; }

    /// <summary>Last day of the certificate, <c>YYYY-MM-DD</c> or <c>longTerm</c>; may be left out.</summary>
    public string? CertificateValidTo { get; init; }

    /// <summary>经营范围 as on the licence; may be left out.</summary>
    public string? BusinessScope { get; init; }

    public string? Remark { get; init; }
}

internal static class PutSubject
{
    public static Task<Answer> HandleAsync(
        string filingId, Body<PutSubjectRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var typed = body.Value;
        var lengths = new Lengths()
            .Text(typed.Name, FieldLengths.Name, "/name")
            .Text(typed.CertificateAddress, FieldLengths.Address, "/certificateAddress")
            .Text(typed.MailingAddress, FieldLengths.Address, "/mailingAddress")
            .Text(typed.Investor, FieldLengths.Investor, "/investor")
            .Text(typed.LegalRepresentative?.Name, FieldLengths.PersonName, "/legalRepresentative/name")
            .Text(typed.LegalRepresentative?.CertificateNumber, FieldLengths.CertificateNumber, "/legalRepresentative/certificateNumber")
            .Text(typed.CertificateValidTo, FieldLengths.Date, "/certificateValidTo")
            .Text(typed.BusinessScope, FieldLengths.BusinessScope, "/businessScope")
            .Text(typed.Remark, FieldLengths.Remark, "/remark");
        if (lengths.Refusal is { } refusal)
        {
            return Task.FromResult(refusal.ToAnswer());
        }

        var subject = new Subject
        {
            Name = typed.Name,
            CertificateAddress = typed.CertificateAddress,
            MailingAddress = typed.MailingAddress,
            Investor = typed.Investor,
            LegalRepresentative = typed.LegalRepresentative is { } legal ? new LegalRepresentative(legal.Name, legal.CertificateType, HalfWidth.Fold(legal.CertificateNumber)) : null,
            CertificateValidTo = typed.CertificateValidTo,
            BusinessScope = typed.BusinessScope,
            Remark = typed.Remark,
        };
        return desk.ChangeAsync(
            filingId, user, ifMatch, view => view.Filing.PutSubject(subject, view.Open, user.Actor, view.Now), cancellationToken, f => FilingViews.Of(f.Snapshot.Subject));
    }
}
