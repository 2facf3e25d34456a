using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
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
    string Number, string? Name, string Domain, string? ResourceId, IReadOnlyList<string> PublicIps, MaskedPersonView Principal, string AccessState, DateTimeOffset ApprovedAt)
{
    /// <summary>The number that must stand at the foot of the home page, as the province wants it.</summary>
    public required string FooterText { get; init; }

    /// <summary>The same as a link to MIIT's filing system, to be pasted into the page.</summary>
    public required string FooterHtml { get; init; }
}

internal static class FiledSubjectViews
{
    /// <param name="subject">The subject.</param>
    /// <param name="rules">The rules in force today.</param>
    /// <param name="now">Business time.</param>
    public static FiledSubjectView Of(FiledSubject subject, RuleBook rules, DateTimeOffset now)
    {
        var set = rules.For(subject.Identity.Region?.Province, ChinaTime.DateOf(now));
        return Of(subject, s => Footer.Of(set, subject.Number, s.Number));
    }

    private static FiledSubjectView Of(FiledSubject subject, Func<FiledSite, Footer> footer) => new(
        subject.Id,
        subject.Number,
        subject.Subject.Name,
        subject.Identity.Region is { } region ? new RegionView(region.Province, region.City, region.District) : null,
        subject.Identity.SubjectNature,
        Masked(subject.Subject.Principal),
        subject.FiledAt,
        [
            .. subject.Sites.Select(s => (Site: s, Footer: footer(s))).Select(x => new FiledSiteView(
                x.Site.Number, x.Site.Name, DomainNames.ToUnicode(x.Site.Domain), x.Site.ResourceId, x.Site.PublicIps, Masked(x.Site.Principal), x.Site.AccessState, x.Site.ApprovedAt)
            {
                FooterText = x.Footer.Text,
                FooterHtml = x.Footer.Html,
            }),
        ]);

    private static MaskedPersonView Masked(Person person)
    {
        var by = Masking.For(Viewer.Register);
        return new MaskedPersonView(by.Name(person.Name), by.Number(person.CertificateNumber), by.Phone(person.Mobile), by.Email(person.Email));
    }
}
