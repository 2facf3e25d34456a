using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Probe;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Checks;

/// <summary>What is seen of sites from outside: the one being filed must not be open yet, the subject's filed ones should be up. Never throws for what happens outside.</summary>
public sealed class ReachabilityChecks(ISiteProbe probe, ISubjectStore subjects, IOptions<SiteProbeOptions> options)
{
    /// <summary>Whether a domain that is being filed answers already.</summary>
    /// <param name="asciiDomain">Registrable domain in A-label form.</param>
    /// <param name="cancellationToken">Ends it early, as unknown.</param>
    public async Task<CheckResult> ClosedAsync(string asciiDomain, CancellationToken cancellationToken) =>
        ProbeChecks.JudgeClosed(await probe.LookForAnswersAsync(asciiDomain, cancellationToken));

    /// <summary>Whether the filed sites of the subject to which one is added are up and show their numbers; empty for a first filing.</summary>
    public async Task<IReadOnlyList<CheckResult>> FiledAsync(Filing filing, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        if (s.SubjectId is null || await subjects.FindAsync(s.SubjectId, s.AccountId, cancellationToken) is not { } subject)
        {
            return [];
        }

        var newest = subject.Sites.OrderByDescending(x => x.ApprovedAt).Take(options.Value.MaxFiledSites);
        var results = await Task.WhenAll(newest.Select(async site =>
            ProbeChecks.JudgeFiled(site.Domain, site.Number, await probe.ReadHomePageAsync(site.Domain, site.Number, cancellationToken))));
        return [.. results.SelectMany(r => r)];
    }
}
