using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Checks a filing against what lies outside its form: the data, other filings, the registry, the resources. Changes nothing; what cannot be asked in
/// time is unknown and stops nobody.
/// </summary>
public sealed class FilingChecks(
    ReferenceBook book,
    SiteChecks sites,
    ReachabilityChecks reachability,
    ContactChecks contacts,
    TextChecks texts,
    IHoldReader holds,
    ISubjectStore subjects,
    IAccountStore accounts,
    BlindIndex blind,
    InUseAnswers inUse,
    IOptions<PolicyOptions> options,
    BusinessClock clock)
{
    /// <summary>Purpose of the keyed digest over certificate numbers of subjects.</summary>
    public const string SubjectPurpose = "subject";

    private static readonly string[] SubjectChecks = [CheckNames.Region, CheckNames.Nature, CheckNames.CertificateType, CheckNames.CertificateNumber, CheckNames.SubjectConflict];

    /// <summary>The digest by which a subject is found again.</summary>
    public string SubjectKeyOf(string certificateNumber) => blind.Of(SubjectPurpose, CertificateNumbers.Normalise(certificateNumber));

    /// <summary>Runs the checks of a verification whose fields are all there.</summary>
    /// <returns>The outcome, or the refusal of an account that guesses codes.</returns>
    public Task<Result<VerificationOutcome>> VerifyAsync(Filing filing, Verification typed, CancellationToken cancellationToken) =>
        VerifyAsync(filing, typed, new CheckProgress(), cancellationToken);

    /// <summary>Runs the checks of one further site.</summary>
    public Task<Result<DomainChecks>> CheckSiteAsync(Filing filing, Site typed, CancellationToken cancellationToken) =>
        CheckSiteAsync(filing, typed, new CheckProgress(), cancellationToken);

    /// <summary>Runs everything again for what the filing already holds: at submission, before approval and before the authority.</summary>
    /// <param name="filing">The filing.</param>
    /// <param name="probes">Whether sites are looked at from outside, too; what was seen before stays otherwise.</param>
    /// <param name="authorId">The user whose texts are judged; null, and what was said of them before stays, when that user has not just handed them in.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<CheckRun> RecheckAsync(Filing filing, bool probes, string? authorId, CancellationToken cancellationToken) =>
        RecheckAsync(filing, probes, authorId, new CheckProgress(), cancellationToken);

    /// <summary>As <see cref="RecheckAsync(Filing, bool, string, CancellationToken)"/> with probes, and what had failed before runs again: the applicant may have mended it outside.</summary>
    /// <param name="filing">The filing.</param>
    /// <param name="authorId">The user who has it checked.</param>
    /// <param name="progress">Hears what each source says.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<CheckRun> RedoAsync(Filing filing, string authorId, CheckProgress progress, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var held = RecheckAsync(filing, true, authorId, progress, cancellationToken);
        var verification = s.Verification is { Status: VerificationStatus.Failed, IsComplete: true } ? VerifyAgainAsync(filing, progress, cancellationToken) : null;
        var failed = s.Sites.Where(x => !x.FromVerification && !x.Checks.IsHeld && !string.IsNullOrWhiteSpace(x.Domain) && x.Resource?.IsComplete() == true).ToArray();
        var redone = await Task.WhenAll(failed.Select(x => CheckAgainAsync(filing, x, progress, cancellationToken)));
        var outcome = verification is null ? null : await verification;
        var run = await held;
        return run with
        {
            SubjectResults = outcome is null ? run.SubjectResults : ProbeChecks.Keep(outcome.SubjectResults, run.SubjectResults),
            Contacts = outcome is { Passed: true } ? await ContactsAsync(filing, outcome.SubjectKey, progress, cancellationToken) : run.Contacts,
            Verification = outcome,
            Redone = failed.Zip(redone).Where(p => p.Second is not null).ToDictionary(p => p.First.Id, p => p.Second!, StringComparer.Ordinal),
        };
    }

    private async Task<CheckRun> RecheckAsync(Filing filing, bool probes, string? authorId, CheckProgress progress, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var judged = authorId is null ? null : texts.CheckAsync(filing, authorId, progress, cancellationToken);
        var filed = probes && s.SubjectId is not null
            ? progress.FollowAsync(null, [ProbeChecks.Reachable, ProbeChecks.Footer], reachability.FiledAsync(filing, cancellationToken))
            : Task.FromResult<IReadOnlyList<CheckResult>>([]);
        var holder = await HolderAsync(filing, s.Verification, cancellationToken);
        var checkedSites = s.Sites.Where(x => x.Checks.Binding is not null).ToArray();
        var found = s.SubjectKey is not null && s.Verification.Status == VerificationStatus.Verified ? ContactsAsync(filing, s.SubjectKey, progress, cancellationToken) : null;
        var results = Task.WhenAll(checkedSites.Select(x => RecheckAsync(filing, x, holder, probes, progress, cancellationToken)));
        var subjectResults = s.SubjectId is null && s.SubjectKey is { } key && s.Verification.Status == VerificationStatus.Verified
            ? await SubjectAsync(filing, s.Verification, key, progress, cancellationToken)
            : [.. s.Verification.SubjectResults.Where(r => !ProbeChecks.IsOne(r.Check))];
        return new CheckRun(
            ProbeChecks.Keep([.. subjectResults, .. await filed], s.Verification.SubjectResults),
            checkedSites.Zip(await results).ToDictionary(p => p.First.Id, p => p.Second, StringComparer.Ordinal))
        {
            Contacts = found is null ? null : await found,
            Texts = judged is null ? null : await judged,
        };
    }

    /// <summary>The principals' contacts with other subjects.</summary>
    private async Task<ContactOutcome> ContactsAsync(Filing filing, string subjectKey, CheckProgress progress, CancellationToken cancellationToken)
    {
        var outcome = await contacts.CheckAsync(filing, subjectKey, cancellationToken);
        await progress.FollowAsync(null, [CheckNames.ContactReuse], Task.FromResult(outcome.Results));
        return outcome;
    }

    private async Task<DomainChecks> RecheckAsync(Filing filing, Site site, RegistrySubject holder, bool probes, CheckProgress progress, CancellationToken cancellationToken)
    {
        var closed = probes ? progress.FollowAsync(site.Id, ProbeChecks.Closed, reachability.ClosedAsync(site.Checks.Domain!, cancellationToken)) : null;
        var checks = await sites.RecheckAsync(filing, site, holder, progress, cancellationToken);
        return closed is null ? checks.Keeping(site.Checks) : checks with { Results = [.. checks.Results, await closed] };
    }

    private async Task<VerificationOutcome?> VerifyAgainAsync(Filing filing, CheckProgress progress, CancellationToken cancellationToken) =>
        (await VerifyAsync(filing, filing.Snapshot.Verification, progress, cancellationToken)).TryGet(out var outcome, out _)
            ? outcome with { DomainChecks = await WithProbeAsync(outcome.DomainChecks, null, progress, cancellationToken) }
            : null;

    private async Task<DomainChecks?> CheckAgainAsync(Filing filing, Site site, CheckProgress progress, CancellationToken cancellationToken) =>
        (await CheckSiteAsync(filing, site, progress, cancellationToken)).TryGet(out var checks, out _)
            ? await WithProbeAsync(checks, site.Id, progress, cancellationToken)
            : null;

    private async Task<DomainChecks> WithProbeAsync(DomainChecks checks, string? siteId, CheckProgress progress, CancellationToken cancellationToken) => checks.Domain is { } domain
        ? checks with { Results = [.. checks.Results, await progress.FollowAsync(siteId, ProbeChecks.Closed, reachability.ClosedAsync(domain, cancellationToken))] }
        : checks;

    private async Task<Result<VerificationOutcome>> VerifyAsync(Filing filing, Verification typed, CheckProgress progress, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var identity = s.SubjectId is null ? typed : s.Verification;
        var key = s.SubjectId is not null && s.SubjectKey is not null ? s.SubjectKey : SubjectKeyOf(identity.CertificateNumber!);
        var holder = await HolderAsync(filing, identity, cancellationToken);
        var verified = s.Sites.FirstOrDefault(x => x.FromVerification);
        var domain = sites.CheckAsync(new SiteQuestion(filing, verified?.Id, typed.Domain, typed.Resource!, holder, progress), cancellationToken);
        var subjectResults = s.SubjectId is null ? await SubjectAsync(filing, identity, key, progress, cancellationToken) : [];
        return (await domain).TryGet(out var checks, out var refusal) ? new VerificationOutcome(subjectResults, checks, key) : refusal;
    }

    private async Task<Result<DomainChecks>> CheckSiteAsync(Filing filing, Site typed, CheckProgress progress, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var holder = await HolderAsync(filing, s.Verification, cancellationToken);
        return await sites.CheckAsync(new SiteQuestion(filing, typed.Id, typed.Domain, typed.Resource!, holder, progress) { ToldAs = typed.Id }, cancellationToken);
    }

    private Task<IReadOnlyList<CheckResult>> SubjectAsync(Filing filing, Verification v, string key, CheckProgress progress, CancellationToken cancellationToken) =>
        progress.FollowAsync(null, SubjectChecks, SubjectAsync(filing, v, key, cancellationToken));

    private async Task<IReadOnlyList<CheckResult>> SubjectAsync(Filing filing, Verification v, string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<CheckResult> results = [.. IdentityChecks.Judge(v, book, [.. options.Value.Provinces], now)];
        results.Add(await SubjectConflictAsync(filing, key, now, cancellationToken));
        return results;
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
