using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Subjects;

/// <summary>A filed subject with its numbers.</summary>
/// <param name="Number">主体备案号.</param>
/// <param name="Principal">主体负责人, masked.</param>
public sealed record FiledSubjectView(
    string Id, string Number, string? Name, RegionView? Region, int? SubjectNature, MaskedPersonView Principal, DateTimeOffset FiledAt, IReadOnlyList<FiledSiteView> Sites);

/// <summary>A principal as far as it helps to recognise them.</summary>
public sealed record MaskedPersonView(string? Name, string? CertificateNumber, string? Mobile, string? Email);

/// <param name="Number">网站备案号.</param>
/// <param name="Domain">Readable form.</param>
/// <param name="AccessState"><c>accessed</c> while it is served from here.</param>
public sealed record FiledSiteView(
    string Number, string? Name, string Domain, string? ResourceId, IReadOnlyList<string> PublicIps, MaskedPersonView Principal, string AccessState, DateTimeOffset ApprovedAt);

internal static class FiledSubjectViews
{
    public static FiledSubjectView Of(FiledSubject subject) => new(
        subject.Id,
        subject.Number,
        subject.Subject.Name,
        subject.Identity.Region is { } region ? new RegionView(region.Province, region.City, region.District) : null,
        subject.Identity.SubjectNature,
        Masked(subject.Subject.Principal),
        subject.FiledAt,
        [
            .. subject.Sites.Select(s => new FiledSiteView(
                s.Number, s.Name, DomainNames.ToUnicode(s.Domain), s.ResourceId, s.PublicIps, Masked(s.Principal), s.AccessState, s.ApprovedAt)),
        ]);

    private static MaskedPersonView Masked(Person person)
    {
        var by = Masking.For(Viewer.Register);
        return new MaskedPersonView(by.Name(person.Name), by.Number(person.CertificateNumber), by.Phone(person.Mobile), by.Email(person.Email));
    }
}
