using System.Text;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Authority;

/// <param name="Accepted">Subjects stored: all of them.</param>
public sealed record SubjectImportView(int Accepted);

/// <summary>One line: a filed subject with its principal, numbers and sites.</summary>
public sealed record SubjectLine
{
    /// <summary>The account it belongs to; must exist.</summary>
    public string? Account { get; init; }

    public SubjectFacts? Subject { get; init; }

    public PersonRequest? Principal { get; init; }

    public SubjectNumbers? Numbers { get; init; }

    public IReadOnlyList<SiteFacts>? Sites { get; init; }
}

/// <summary>The subject as filed.</summary>
public sealed record SubjectFacts
{
    public string? Province { get; init; }

    public string? City { get; init; }

    public string? District { get; init; }

    public int? SubjectNature { get; init; }

    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    public string? Name { get; init; }

    public string? CertificateAddress { get; init; }

    public string? MailingAddress { get; init; }

    public string? Investor { get; init; }

    public string? LegalRepresentative { get; init; }

    public string? Remark { get; init; }
}

/// <param name="Subject">主体备案号.</param>
public sealed record SubjectNumbers(string? Subject);

/// <summary>A site as filed.</summary>
public sealed record SiteFacts
{
    public string? Number { get; init; }

    public string? Name { get; init; }

    public string? Domain { get; init; }

    public string? ResourceId { get; init; }

    public IReadOnlyList<string>? PublicIps { get; init; }

    /// <summary>Null when it is the subject's principal.</summary>
    public PersonRequest? Principal { get; init; }
}

/// <summary>Brings in subjects that were filed before this system existed. All lines or none; a subject number that is known is brought up to date.</summary>
internal static class ImportSubjects
{
    public static async Task<Answer> HandleAsync(
        HttpRequest request,
        ISubjectStore subjects,
        IAccountStore accounts,
        FilingChecks checks,
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
                read.Add(ToSubject(facts!, await subjects.FindByNumberAsync(facts!.Numbers!.Subject!, cancellationToken), checks, book, clock.GetUtcNow()));
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
            Sites =
            [
                .. (line.Sites ?? []).Select(s => new FiledSite(
                    s.Number!, s.Name, DomainNames.Read(s.Domain, book).Domain!.Ascii, s.ResourceId, s.PublicIps ?? [], s.Principal?.ToPerson() ?? principal, null, known?.FiledAt ?? now, "accessed")),
            ],
            Source = "import",
            FiledAt = known?.FiledAt ?? now,
        };
    }
}

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
