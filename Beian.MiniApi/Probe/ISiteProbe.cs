using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Probe;

/// <summary>
/// The door to sites on the internet, which strangers name. Every question answers within the configured time and never throws for what happens outside:
/// what cannot be found out is unknown. A name is looked up once and exactly the addresses found are connected to, public ones only.
/// </summary>
public interface ISiteProbe
{
    /// <summary>Whether anything answers under a domain or the same with <c>www.</c>, by HTTP or HTTPS; whatever answers counts, errors and bad certificates too.</summary>
    /// <param name="asciiDomain">Registrable domain in A-label form.</param>
    /// <param name="cancellationToken">Ends it early: what is not known by then is unknown.</param>
    Task<SiteFacts> LookForAnswersAsync(string asciiDomain, CancellationToken cancellationToken);

    /// <summary>Whether the home page of a filed site is shown and carries its filing number, linked to the authority.</summary>
    /// <param name="asciiDomain">The filed domain in A-label form.</param>
    /// <param name="number">Its filing number (网站备案号).</param>
    /// <param name="cancellationToken">Ends it early: what is not known by then is unknown.</param>
    Task<HomePageFacts> ReadHomePageAsync(string asciiDomain, string number, CancellationToken cancellationToken);
}
