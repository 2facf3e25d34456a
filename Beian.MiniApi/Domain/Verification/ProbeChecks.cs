namespace Beian.MiniApi.Domain.Verification;

/// <summary>
/// Judges what a probe saw from outside. A site that is being filed must not be open yet (D05); the subject's filed sites should be up and show their
/// number, which is a warning only (D06).
/// </summary>
public static class ProbeChecks
{
    /// <summary>The domain being filed and its <c>www.</c> do not answer.</summary>
    public const string Closed = "site.closed";

    /// <summary>A filed site of the subject answers.</summary>
    public const string Reachable = "filed.reachable";

    /// <summary>A filed site of the subject shows its number, linked to the authority.</summary>
    public const string Footer = "filed.footer";

    /// <summary>True for the name of a check that is answered by a probe.</summary>
    public static bool IsOne(string? check) => check is Closed or Reachable or Footer;

    /// <summary>Results of checks that ran without a probe, with what the probe found before: it was not asked again, and what it saw still stands.</summary>
    public static IReadOnlyList<CheckResult> Keep(IReadOnlyList<CheckResult> fresh, IReadOnlyList<CheckResult> before) =>
        fresh.Any(r => IsOne(r.Check)) ? fresh : [.. fresh, .. before.Where(r => IsOne(r.Check))];

    /// <summary>One result. Whoever answers fails it; an address behind which nobody answers is worth a word; a name without an address is as it should be.</summary>
    public static CheckResult JudgeClosed(SiteFacts facts)
    {
        var evidence = string.Join("; ", facts.Hosts.Select(h => h.Evidence));
        HostFacts? First(HostAnswer answer) => facts.Hosts.FirstOrDefault(h => h.Answer == answer);
        if (First(HostAnswer.Answers) is { } open)
        {
            return CheckResult.Failed(Closed, "site.open", evidence, facts.CheckedAt) with { Args = Texts.Args(("host", open.Host)) };
        }

        if (First(HostAnswer.Unknown) is not null)
        {
            return CheckResult.Unknown(Closed, UnknownReason.Unavailable, evidence, facts.CheckedAt);
        }

        if (First(HostAnswer.NotPublic) is { } hidden)
        {
            return NotPublic(Closed, hidden.Host, evidence, facts.CheckedAt);
        }

        return First(HostAnswer.Silent) is { } silent
            ? CheckResult.Warned(Closed, "site.resolves", evidence, facts.CheckedAt) with { Args = Texts.Args(("host", silent.Host)) }
            : CheckResult.Passed(Closed, evidence, facts.CheckedAt);
    }

    /// <summary>Whether the filed site is up, and if a page came, whether it shows its number. Never a failure.</summary>
    /// <param name="domain">The filed domain.</param>
    /// <param name="number">Its filing number.</param>
    /// <param name="facts">What was seen.</param>
    public static IReadOnlyList<CheckResult> JudgeFiled(string domain, string number, HomePageFacts facts)
    {
        if (facts.Footer is { } footer)
        {
            var shown = CheckResult.Passed(Reachable, facts.Evidence, facts.CheckedAt);
            return [shown, OfFooter(footer, domain, number, facts)];
        }

        return facts.Answer switch
        {
            HostAnswer.Unknown => [CheckResult.Unknown(Reachable, UnknownReason.Unavailable, facts.Evidence, facts.CheckedAt)],
            HostAnswer.NotPublic => [NotPublic(Reachable, domain, facts.Evidence, facts.CheckedAt)],
            _ => [CheckResult.Warned(Reachable, "filed.siteDown", facts.Evidence, facts.CheckedAt) with { Args = Texts.Args(("domain", domain)) }],
        };
    }

    private static CheckResult OfFooter(FooterState footer, string domain, string number, HomePageFacts facts)
    {
        var evidence = $"{domain}: number {(footer == FooterState.Linked ? "linked" : footer == FooterState.Unlinked ? "not linked" : "not found")}";
        return footer switch
        {
            FooterState.Linked => CheckResult.Passed(Footer, evidence, facts.CheckedAt),
            FooterState.Unlinked => CheckResult.Warned(Footer, "filed.footerUnlinked", evidence, facts.CheckedAt) with { Args = Texts.Args(("domain", domain), ("number", number)) },
            _ => CheckResult.Warned(Footer, "filed.footerMissing", evidence, facts.CheckedAt) with { Args = Texts.Args(("domain", domain), ("number", number)) },
        };
    }

    /// <summary>Asking again does not help: nobody outside reaches such an address, and we do not try.</summary>
    private static CheckResult NotPublic(string check, string host, string evidence, DateTimeOffset at) =>
        new(check, CheckOutcome.Unknown, "site.notPublic", UnknownReason.NotDisclosed, evidence, at) { Args = Texts.Args(("host", host)) };
}
