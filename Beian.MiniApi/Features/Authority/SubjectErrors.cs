using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Authority;

/// <summary>Everything that is wrong with one line, with pointers into it.</summary>
internal static class SubjectErrors
{
    public static async Task<IReadOnlyList<Finding>> OfAsync(SubjectLine line, ReferenceBook book, IAccountStore accounts, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        void Demand(bool holds, string pointer, string code)
        {
            if (!holds)
            {
                findings.Add(new Finding(pointer, code));
            }
        }

        var account = line.Account is { } id && Account.IsId(id) ? await accounts.FindAsync(id, cancellationToken) : null;
        Demand(account is not null, "/account", "import.accountUnknown");
        var subject = line.Subject;
        Demand(!string.IsNullOrWhiteSpace(subject?.Name), "/subject/name", "subject.name.missing");
        Demand(book.IsRegion(subject?.Province, subject?.City, subject?.District), "/subject/province", "region.unknown");
        Demand(book.FindNature(subject?.SubjectNature) is not null, "/subject/subjectNature", "subject.nature.unknown");
        var type = book.FindCertificateType(subject?.CertificateType);
        Demand(type is not null && subject?.SubjectNature is { } nature && type.Serves(nature), "/subject/certificateType", "certificate.type.notForNature");
        Demand(!string.IsNullOrWhiteSpace(subject?.CertificateNumber), "/subject/certificateNumber", "verification.certificateNumber.missing");
        Demand(!string.IsNullOrWhiteSpace(line.Principal?.Name), "/principal/name", "person.name.missing");
        Demand(line.Numbers?.Subject is { } number && book.Tables.FilingNumbers.IsSubject(number), "/numbers/subject", "review.numberFormat");
        Sites(line, book, findings);
        return findings;
    }

    private static void Sites(SubjectLine line, ReferenceBook book, List<Finding> findings)
    {
        for (var i = 0; i < (line.Sites?.Count ?? 0); i++)
        {
            var site = line.Sites![i];
            var reading = DomainNames.Read(site.Domain, book, $"/sites/{i}/domain");
            if (reading.Domain is null)
            {
                findings.Add(reading.Findings[0]);
            }

            if (site.Number is null || !book.Tables.FilingNumbers.IsSite(site.Number) || !site.Number.StartsWith(line.Numbers?.Subject ?? "?", StringComparison.Ordinal))
            {
                findings.Add(new Finding($"/sites/{i}/number", "review.numberFormat"));
            }
        }
    }
}
