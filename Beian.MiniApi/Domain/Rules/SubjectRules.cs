using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>主体信息 and 负责人: presence and form.</summary>
internal static class SubjectRules
{
    public static void Judge(Filing filing, RuleContext context, FindingList findings)
    {
        const string step = "subject";
        var subject = filing.Snapshot.Subject;
        findings.Present(subject.Name, "/subject/name", "subject.name.missing", step);
        findings.Present(subject.CertificateAddress, "/subject/certificateAddress", "subject.certificateAddress.missing", step);
        findings.Present(subject.MailingAddress, "/subject/mailingAddress", "subject.mailingAddress.missing", step);
        if (filing.IsIndividual == false)
        {
            findings.Present(subject.Investor, "/subject/investor", "subject.investor.missing", step);
            Representative(subject, context, findings, step);
        }

        Person(subject.Principal, "/subject/principal", "subjectPrincipal", null, context, findings);
    }

    /// <summary>One principal; the same demands for the subject's and a site's.</summary>
    internal static void Person(Person person, string at, string step, string? siteId, RuleContext context, FindingList findings)
    {
        findings.Present(person.Name, at + "/name", "person.name.missing", step, siteId);
        Certificate(person.CertificateType, person.CertificateNumber, at, step, siteId, context, findings);
        Validity(person, at, step, siteId, context, findings);
        if (findings.Present(person.Mobile, at + "/mobile", "person.mobile.missing", step, siteId) && !PhoneNumbers.IsMobile(person.Mobile!))
        {
            findings.Due(new Finding(at + "/mobile", "person.mobile.format") { Step = step, SiteId = siteId });
        }

        Phone(person.Phone2, at + "/phone2", "person.phone2.format", step, siteId, findings);
        Phone(person.EmergencyPhone, at + "/emergencyPhone", "person.emergencyPhone.format", step, siteId, findings);
        if (!string.IsNullOrWhiteSpace(person.Landline) && !PhoneNumbers.IsLandline(person.Landline))
        {
            findings.Due(new Finding(at + "/landline", "person.landline.format") { Step = step, SiteId = siteId });
        }

        if (findings.Present(person.Email, at + "/email", "person.email.missing", step, siteId) && !PhoneNumbers.IsEmail(person.Email!))
        {
            findings.Due(new Finding(at + "/email", "person.email.format") { Step = step, SiteId = siteId });
        }
    }

    private static void Representative(Subject subject, RuleContext context, FindingList findings, string step)
    {
        const string at = "/subject/legalRepresentative";
        var legal = subject.LegalRepresentative;
        findings.Present(legal?.Name, at + "/name", "subject.legalRepresentative.missing", step);

        // The number is asked for only when somebody else is principal.
        var other = !string.IsNullOrWhiteSpace(legal?.Name) && !string.IsNullOrWhiteSpace(subject.Principal.Name) && legal.Name.Trim() != subject.Principal.Name.Trim();
        if (other || !string.IsNullOrWhiteSpace(legal?.CertificateNumber))
        {
            Certificate(legal?.CertificateType, legal?.CertificateNumber, at, step, null, context, findings);
        }
    }

    private static void Certificate(int? type, string? number, string at, string step, string? siteId, RuleContext context, FindingList findings)
    {
        var row = context.Book.FindCertificateType(type);
        if (findings.Present(type?.ToString(CultureInfo.InvariantCulture), at + "/certificateType", "person.certificateType.missing", step, siteId) && row is not { ForPerson: true })
        {
            findings.Due(new Finding(at + "/certificateType", "person.certificateType.notForPersons") { Step = step, SiteId = siteId });
        }

        if (findings.Present(number, at + "/certificateNumber", "person.certificateNumber.missing", step, siteId) && row is { ForPerson: true }
            && CertificateNumbers.Check(row, number!.Trim(), context.Today) is { } code)
        {
            findings.Due(new Finding(at + "/certificateNumber", code) { Step = step, SiteId = siteId });
        }
    }

    private static void Validity(Person person, string at, string step, string? siteId, RuleContext context, FindingList findings)
    {
        DateOnly? from = null;
        if (findings.Present(person.ValidFrom, at + "/validFrom", "person.validFrom.missing", step, siteId))
        {
            from = Date(person.ValidFrom!);
            if (from is null || from > context.Today)
            {
                findings.Due(new Finding(at + "/validFrom", "person.validFrom.format") { Step = step, SiteId = siteId });
            }
        }

        if (!findings.Present(person.ValidTo, at + "/validTo", "person.validTo.missing", step, siteId) || person.ValidTo == "longTerm")
        {
            return;
        }

        var to = Date(person.ValidTo!);
        if (to is null || to <= from)
        {
            findings.Due(new Finding(at + "/validTo", "person.validTo.format") { Step = step, SiteId = siteId });
        }
        else if (to < context.Today)
        {
            findings.Due(new Finding(at + "/validTo", "person.validTo.expired") { Step = step, SiteId = siteId });
        }
    }

    private static void Phone(string? phone, string pointer, string code, string step, string? siteId, FindingList findings)
    {
        if (!string.IsNullOrWhiteSpace(phone) && !PhoneNumbers.IsMobile(phone) && !PhoneNumbers.IsLandline(phone))
        {
            findings.Due(new Finding(pointer, code) { Step = step, SiteId = siteId });
        }
    }

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
