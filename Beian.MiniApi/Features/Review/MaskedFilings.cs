using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

/// <summary>A filing as somebody with that sight sees it.</summary>
internal static class MaskedFilings
{
    public static FilingView Seen(this FilingView view, Masking by, bool isPerson) => by.IsFull
        ? view
        : view with
        {
            Verification = view.Verification with { CertificateNumber = isPerson ? by.Number(view.Verification.CertificateNumber) : view.Verification.CertificateNumber },
            Subject = Seen(view.Subject, by, isPerson),
            Sites = [.. view.Sites.Select(s => s with { Principal = Seen(s.Principal, by), FaceCheck = s.FaceCheck with { Url = null, Token = null } })],
            Materials = [.. view.Materials.Select(m => m.Seen(by))],
        };

    public static MaterialView Seen(this MaterialView view, Masking by) => view with { FileName = by.FileName(view.FileName) };

    private static SubjectView Seen(SubjectView view, Masking by, bool isPerson) => view with
    {
        Name = isPerson ? by.Name(view.Name) : view.Name,
        CertificateAddress = by.Address(view.CertificateAddress),
        MailingAddress = by.Address(view.MailingAddress),
        Investor = by.Name(view.Investor),
        LegalRepresentative = view.LegalRepresentative is { } person ? person with { Name = by.Name(person.Name), CertificateNumber = by.Number(person.CertificateNumber) } : null,
        Principal = Seen(view.Principal, by),
    };

    private static PersonView Seen(PersonView view, Masking by) => view with
    {
        Name = by.Name(view.Name),
        CertificateNumber = by.Number(view.CertificateNumber),
        Mobile = by.Phone(view.Mobile),
        Phone2 = by.Phone(view.Phone2),
        Landline = by.Phone(view.Landline),
        EmergencyPhone = by.Phone(view.EmergencyPhone),
        Email = by.Email(view.Email),
    };
}
