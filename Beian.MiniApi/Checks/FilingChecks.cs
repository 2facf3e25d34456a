using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Checks;

/// <summary>What a run of checks came to.</summary>
/// <param name="SubjectResults">Region, number, conflicts of the subject.</param>
/// <param name="BySite">Domain and resource of each site that holds them, by site id.</param>
public sealed record CheckRun(IReadOnlyList<CheckResult> SubjectResults, IReadOnlyDictionary<string, DomainChecks> BySite)
{
    /// <summary>Outcome of a verification that had failed and ran again; null when it had not failed, or could not run.</summary>
    public VerificationOutcome? Verification { get; init; }

    /// <summary>Checks of further sites that had failed and ran again, by site id.</summary>
    public IReadOnlyDictionary<string, DomainChecks> Redone { get; init; } = new Dictionary<string, DomainChecks>();

    /// <summary>The principals' contacts with other subjects; null when there was no verified subject to compare.</summary>
    public ContactOutcome? Contacts { get; init; }

    /// <summary>True when nothing failed.</summary>
    public bool Passed => SubjectResults.Concat(Contacts?.Results ?? []).Concat(BySite.Values.SelectMany(c => c.Results)).All(r => r.Outcome != CheckOutcome.Failed);
}

/// <summary>
/// Checks a filing against what lies outside its form: the data, other filings, the registry, the resources. Changes nothing; what cannot be asked in
/// time is unknown and stops nobody.
/// </summary>
public sealed class FilingChecks(
    ReferenceBook book,
    SiteChecks sites,
    IHoldReader holds,
    ISubjectStore subjects,
    IAccountStore accounts,
    ContactChecks contacts,
    BlindIndex blind,
    InUseAnswers inUse,
    IOptions<PolicyOptions> options,
    BusinessClock clock)
{
    /// <summary>Purpose of the keyed digest over certificate numbers of subjects.</summary>
    public const string SubjectPurpose = "subject";

    /// <summary>The digest by which a subject is found again.</summary>
    public string SubjectKeyOf(string certificateNumber) => blind.Of(SubjectPurpose, CertificateNumbers.Normalise(certificateNumber));

    /// <summary>Runs the checks of a verification whose fields are all there.</summary>
    /// <returns>The outcome, or the refusal of an account that guesses codes.</returns>
    public async Task<Result<VerificationOutcome>> VerifyAsync(Filing filing, Verification typed, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var identity = s.SubjectId is null ? typed : s.Verification;
        var key = s.SubjectId is not null && s.SubjectKey is not null ? s.SubjectKey : SubjectKeyOf(identity.CertificateNumber!);
        var holder = await HolderAsync(filing, identity, cancellationToken);
        var verified = s.Sites.FirstOrDefault(x => x.FromVerification);
        var ask = new SiteQuestion(filing, verified?.Id, typed.Domain, typed.Resource!, holder);
        var domain = sites.CheckAsync(ask, cancellationToken);
        var subjectResults = s.SubjectId is null ? await SubjectAsync(filing, identity, key, cancellationToken) : [];
        return (await domain).TryGet(out var checks, out var refusal) ? new VerificationOutcome(subjectResults, checks, key) : refusal;
    }

    /// <summary>Runs the checks of one further site.</summary>
    public async Task<Result<DomainChecks>> CheckSiteAsync(Filing filing, Site typed, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var holder = await HolderAsync(filing, s.Verification, cancellationToken);
        return await sites.CheckAsync(new SiteQuestion(filing, typed.Id, typed.Domain, typed.Resource!, holder), cancellationToken);
    }

    /// <summary>Runs everything again for what the filing already holds: at submission, before approval and before the authority.</summary>
    public async Task<CheckRun> RecheckAsync(Filing filing, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var subjectResults = s.SubjectId is null && s.SubjectKey is { } key && s.Verification.Status == VerificationStatus.Verified
            ? await SubjectAsync(filing, s.Verification, key, cancellationToken)
            : s.Verification.SubjectResults;
        var holder = await HolderAsync(filing, s.Verification, cancellationToken);
        var checkedSites = s.Sites.Where(x => x.Checks.Binding is not null).ToArray();
        var results = await Task.WhenAll(checkedSites.Select(x => sites.RecheckAsync(filing, x, holder, cancellationToken)));
        return new CheckRun(subjectResults, checkedSites.Zip(results).ToDictionary(p => p.First.Id, p => p.Second, StringComparer.Ordinal))
        {
            Contacts = s.SubjectKey is not null && s.Verification.Status == VerificationStatus.Verified ? await contacts.CheckAsync(filing, s.SubjectKey, cancellationToken) : null,
        };
    }

    /// <summary>As <see cref="RecheckAsync"/>, and what had failed before runs again: the applicant may have mended it outside.</summary>
    public async Task<CheckRun> RedoAsync(Filing filing, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var held = RecheckAsync(filing, cancellationToken);
        var verification = s.Verification is { Status: VerificationStatus.Failed, IsComplete: true }
            && (await VerifyAsync(filing, s.Verification, cancellationToken)).TryGet(out var outcome, out _) ? outcome : null;
        var redone = new Dictionary<string, DomainChecks>(StringComparer.Ordinal);
        foreach (var site in s.Sites.Where(x => !x.FromVerification && !x.Checks.IsHeld && !string.IsNullOrWhiteSpace(x.Domain) && x.Resource?.IsComplete() == true))
        {
            if ((await CheckSiteAsync(filing, site, cancellationToken)).TryGet(out var checks, out _))
            {
                redone[site.Id] = checks;
            }
        }

        var run = await held;
        return run with
        {
            SubjectResults = verification?.SubjectResults ?? run.SubjectResults,
            Contacts = verification is { Passed: true } ? await contacts.CheckAsync(filing, verification.SubjectKey, cancellationToken) : run.Contacts,
            Verification = verification,
            Redone = redone,
        };
    }

    private async Task<IReadOnlyList<CheckResult>> SubjectAsync(Filing filing, Verification v, string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var results = new List<CheckResult> { Region(v, now), Nature(v, now), CertificateType(v, now) };
        var type = book.FindCertificateType(v.CertificateType);
        var wrong = type is null ? null : CertificateNumbers.Check(type, v.CertificateNumber!, ChinaTime.DateOf(now));
        results.Add(wrong is null
            ? CheckResult.Passed(CheckNames.CertificateNumber, null, now)
            : CheckResult.Failed(CheckNames.CertificateNumber, wrong, null, now));
        results.Add(await SubjectConflictAsync(filing, key, now, cancellationToken));
        return results;
    }

    private CheckResult Region(Verification v, DateTimeOffset now)
    {
        if (!book.IsRegion(v.Region!.Province, v.Region.City, v.Region.District))
        {
            return CheckResult.Failed(CheckNames.Region, "region.unknown", null, now);
        }

        return options.Value.Provinces.Count > 0 && !options.Value.Provinces.Contains(v.Region.Province!)
            ? CheckResult.Failed(CheckNames.Region, "region.notSupported", null, now)
            : CheckResult.Passed(CheckNames.Region, null, now);
    }

    private CheckResult Nature(Verification v, DateTimeOffset now) => book.FindNature(v.SubjectNature) is null
        ? CheckResult.Failed(CheckNames.Nature, "subject.nature.unknown", null, now)
        : CheckResult.Passed(CheckNames.Nature, null, now);

    private CheckResult CertificateType(Verification v, DateTimeOffset now)
    {
        if (book.FindCertificateType(v.CertificateType) is not { } type)
        {
            return CheckResult.Failed(CheckNames.CertificateType, "certificate.type.unknown", null, now);
        }

        return type.Serves(v.SubjectNature!.Value)
            ? CheckResult.Passed(CheckNames.CertificateType, null, now)
            : CheckResult.Failed(CheckNames.CertificateType, "certificate.type.notForNature", null, now);
    }

    private async Task<CheckResult> SubjectConflictAsync(Filing filing, string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = filing.Snapshot.AccountId;
        if (await subjects.FindByKeyAsync(key, cancellationToken) is { } filed)
        {
            return filed.AccountId == account
                ? CheckResult.Failed(CheckNames.SubjectConflict, "subject.alreadyFiledHere", null, now)
                : await inUse.TellAsync(account, CheckNames.SubjectConflict, "subject.filedElsewhere", now, cancellationToken);
        }

        if (await subjects.FindByAccountAsync(account, cancellationToken) is not null)
        {
            return CheckResult.Failed(CheckNames.SubjectConflict, "subject.anotherFiledHere", null, now);
        }

        var hold = "subject:" + key;
        var held = await holds.FindAsync([hold], cancellationToken);
        return held.TryGetValue(hold, out var other) && other.FilingId != filing.Id
            ? await inUse.TellAsync(account, CheckNames.SubjectConflict, "subject.openFilingElsewhere", now, cancellationToken)
            : CheckResult.Passed(CheckNames.SubjectConflict, null, now);
    }

    /// <summary>Whom the domain must belong to. Before the subject is typed, the account's verified name stands for it.</summary>
    private async Task<RegistrySubject> HolderAsync(Filing filing, Verification v, CancellationToken cancellationToken)
    {
        var subject = filing.Snapshot.Subject;
        var name = subject.Name;
        if (string.IsNullOrWhiteSpace(name) && options.Value.RealNameMustMatch)
        {
            name = (await accounts.FindAsync(filing.Snapshot.AccountId, cancellationToken))?.RealName.Name;
        }

        return new RegistrySubject(v.SubjectNature ?? 0, string.IsNullOrWhiteSpace(name) ? null : name, v.CertificateNumber, subject.LegalRepresentative?.Name)
        {
            Province = v.Region?.Province,
            Kind = filing.Snapshot.SubjectId is not null ? "AddServiceLocal" : "FirstFiling",
        };
    }
}
