using System.Text;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Authority;

/// <param name="Accepted">Subjects stored: all of them.</param>
public sealed record SubjectImportView(int Accepted);

/// <summary>Brings in subjects that were filed before this system existed. All lines or none; a subject number that is known is brought up to date.</summary>
internal static class ImportSubjects
{
    public static async Task<Answer> HandleAsync(
        HttpRequest request,
        ISubjectStore subjects,
        IAccountStore accounts,
        FilingChecks checks,
        ContactChecks contacts,
        ReferenceBook book,
        Idempotency idempotency,
        BusinessClock clock,
        CancellationToken cancellationToken)
    {
        if (!(await ImportBody.ReadAsync(request, "application/x-ndjson", cancellationToken)).TryGet(out var body, out var unreadable))
        {
            return unreadable.ToAnswer();
        }

        if (idempotency.Repeats(body.Digest) is { } first)
        {
            return first;
        }

        var read = new List<FiledSubject>();
        var lines = new List<int>();
        var errors = new List<Finding>();
        var number = 0;
        foreach (var line in body.Text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (facts, error) = StrictJson.Read<SubjectLine>(Encoding.UTF8.GetBytes(line));
            var found = error is null ? await SubjectErrors.OfAsync(facts!, book, accounts, cancellationToken) : error.Errors.Count > 0 ? error.Errors : [new Finding(string.Empty, error.Code)];
            errors.AddRange(found.Select(f => f with { Pointer = $"/{number}{f.Pointer}" }));
            if (found.Count == 0)
            {
                var subject = ToSubject(facts!, await subjects.FindByNumberAsync(facts!.Numbers!.Subject!, cancellationToken), checks, book, clock.GetUtcNow());
                read.Add(subject with { Contacts = contacts.Of(subject) });
                lines.Add(number);
            }
        }

        if (errors.Count > 0)
        {
            return ImportErrors.Rejected(errors.Select(e => e.Pointer.Split('/')[1]).Distinct().Count(), [.. errors.Take(ImportErrors.MaxNamed)]).ToAnswer();
        }

        if (read.Count is 0 or > ImportBody.MaxRows)
        {
            return (read.Count == 0 ? ImportErrors.Empty() : ImportErrors.TooManyRows(ImportBody.MaxRows)).ToAnswer();
        }

        var answer = Answer.Ok(new SubjectImportView(read.Count));
        return await subjects.ImportAsync(read, idempotency.Record(answer), cancellationToken) is { } conflict
            ? ImportErrors.Rejected(1, [new Finding($"/{lines[conflict]}", "import.subjectConflict")]).ToAnswer()
            : answer;
    }

    private static FiledSubject ToSubject(SubjectLine line, FiledSubject? known, FilingChecks checks, ReferenceBook book, DateTimeOffset now)
    {
        var facts = line.Subject!;
        var principal = line.Principal!.ToPerson();
        FiledSite[] sites =
        [
            .. (line.Sites ?? []).Select(s => new FiledSite(
                s.Number!, s.Name, DomainNames.Read(s.Domain, book).Domain!.Ascii, s.ResourceId, s.PublicIps ?? [], s.Principal?.ToPerson() ?? principal, null, known?.FiledAt ?? now, "accessed")),
        ];

        // What filings of this system brought since is not in the provider's old list, and stays.
        var filedHere = known?.Sites.Where(k => k.FilingId is not null && !Array.Exists(sites, s => s.Number == k.Number || s.Domain == k.Domain)) ?? [];
        return new FiledSubject
        {
            Id = known?.Id ?? Guid.CreateVersion7().ToString("N"),
            Revision = known?.Revision ?? 0,
            AccountId = line.Account!,
            Number = line.Numbers!.Subject!,
            SubjectKey = checks.SubjectKeyOf(facts.CertificateNumber!),
            Identity = new Domain.Filings.Verification
            {
                Region = new Region(facts.Province, facts.City, facts.District),
                SubjectNature = facts.SubjectNature,
                CertificateType = facts.CertificateType,
                CertificateNumber = facts.CertificateNumber,
            },
            Subject = new Subject
            {
                Name = facts.Name,
                CertificateAddress = facts.CertificateAddress,
                MailingAddress = facts.MailingAddress,
                Investor = facts.Investor,
                LegalRepresentative = facts.LegalRepresentative is null ? null : new LegalRepresentative(facts.LegalRepresentative, null, null),
                Remark = facts.Remark,
                Principal = principal,
            },
            Sites = [.. sites, .. filedHere],
            Source = "import",
            FiledAt = known?.FiledAt ?? now,
        };
    }
}
