using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>What the checks outside the form come to in a case: the domain is read, its suffix and registration are judged, the site is looked at.</summary>
internal sealed class CaseEvidence(CaseInput input, CaseWorld world, CaseForm form)
{
    /// <summary>What stands in the field of the domain.</summary>
    public string Domain { get; } = input.Texts("domains") is { } several ? string.Join(' ', several) : input.Text("domain") ?? (form.Nature == 2 ? "example.gov.cn" : "example.cn");

    public VerificationOutcome Judge()
    {
        _ = input.Number("sites");
        var identity = IdentityChecks.Judge(form.Verification, world.Book, [], world.Now);
        var checks = OfDomain();
        CheckResult[] seen = [.. Seen()];
        return new VerificationOutcome(
            [.. identity, .. seen.Where(r => r.Check != ProbeChecks.Closed)],
            checks with { Results = [.. checks.Results, .. seen.Where(r => r.Check == ProbeChecks.Closed)] },
            "subject-key");
    }

    private DomainChecks OfDomain()
    {
        var reading = DomainNames.Read(Domain, world.Book);
        if (reading.Domain is not { } domain)
        {
            // A suffix that is no longer approved has a row all the same, which provinces speak about.
            var row = world.Book.FindSuffix(Domain[(Domain.IndexOf('.', StringComparison.Ordinal) + 1)..]);
            var refused = DomainNames.Refused(reading, world.DomainRules, world.Now);
            return row is null || Domain.StartsWith(row.Ascii, StringComparison.Ordinal)
                ? new DomainChecks { Results = [refused] }
                : Held(Domain, reading.Findings, [.. IsAccess ? [] : new[] { refused }, Suffix(new DomainName(Domain, Domain, row))]);
        }

        return Held(domain.Ascii, reading.Findings, [Suffix(domain), .. Registered()]);
    }

    /// <summary>What is filed already and only served from here was approved when it was filed.</summary>
    private bool IsAccess => input.Text("kind") == "AddAccess";

    private static DomainChecks Held(string domain, IReadOnlyList<Finding> notes, IReadOnlyList<CheckResult> results) =>
        AForm.Passed(domain) with { Notes = [.. notes.Where(n => n.Severity != Severity.Error)], Results = results };

    private CheckResult Suffix(DomainName domain)
    {
        DateOnly? filed = input.Text("filedBefore") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(-1) : null;
        var kind = input.Text("kind") ?? "FirstFiling";
        return SuffixChecks.Judge(domain, new DomainQuestion(form.Nature, input.Text("province"), kind, filed), world.Book, world.DomainRules, world.Now);
    }

    private IReadOnlyList<CheckResult> Registered()
    {
        var expires = input.Text("domainExpires") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : world.Today.AddYears(2);
        _ = input.Flag("sameProvider");
        _ = input.Text("registrantType");
        var facts = new RegistryFacts
        {
            Outcome = RegistryOutcome.Found,
            Registrar = CaseWorld.Registrar,
            ExpiresAt = new DateTimeOffset(expires, new TimeOnly(12, 0), TimeSpan.FromHours(8)),
            RealName = input.Flag("realNameVerified") == false ? RealNameStatus.Missing : RealNameStatus.Verified,
            RealNamedAt = world.Now.AddDays(-input.Number("realNameVerifiedDaysAgo") ?? -365),
            Holder = new DomainHolder(input.Text("registrantName") ?? form.Subject.Name, null, null),
            Source = "rdap",
            CheckedAt = world.Now,
            Evidence = "rdap: made up",
        };
        var subject = new RegistrySubject(form.Nature, form.Subject.Name, form.Verification.CertificateNumber, form.Subject.LegalRepresentative?.Name)
        {
            Province = input.Text("province"),
            Kind = form.IsAdded ? "AddServiceLocal" : "FirstFiling",
        };
        return RegistryChecks.Judge(facts, subject, world.Book, world.DomainRules, world.Now);
    }

    /// <summary>A name that resolves leads to a site that answers.</summary>
    private IEnumerable<CheckResult> Seen()
    {
        if (input.Flag("dnsResolves") is not { } resolves)
        {
            return [];
        }

        var answer = resolves ? HostAnswer.Answers : HostAnswer.NoAddress;
        return input.Flag("domainFiled") == true
            ? ProbeChecks.JudgeFiled(Domain, AFiling.SubjectNumber + "-1", new HomePageFacts(answer, resolves ? FooterState.Linked : null, "made up", world.Now))
            : [ProbeChecks.JudgeClosed(new SiteFacts([new HostFacts(Domain, answer, "made up")], world.Now))];
    }
}
