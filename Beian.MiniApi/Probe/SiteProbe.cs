using System.Security.Authentication;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Probe;

/// <summary>Looks at sites over real connections.</summary>
public sealed partial class SiteProbe(INameResolver resolver, SelfAddress self, IOptions<SiteProbeOptions> options, TimeProvider time, ILogger<SiteProbe> log) : ISiteProbe, IDisposable
{
    /// <summary>How much of a home page is read, 512 KiB.</summary>
    public const int MaxPageBytes = 512 * 1024;

    /// <summary>More redirects than these are a loop.</summary>
    public const int MaxRedirects = 3;

    /// <summary>Sites looked at together over all filings; the others wait within their own time.</summary>
    private const int MaxTogether = 32;

    private readonly SemaphoreSlim _together = new(MaxTogether);

    public async Task<SiteFacts> LookForAnswersAsync(string asciiDomain, CancellationToken cancellationToken)
    {
        var hosts = await WithinTimeAsync(
            async deadline =>
            {
                var names = Names(deadline);
                return await Task.WhenAll(HostsOf(asciiDomain).Select(h => AskAsync(h, names, deadline)));
            },
            cancellationToken);
        return new SiteFacts(hosts ?? [new HostFacts(asciiDomain, HostAnswer.Unknown, $"{asciiDomain}: not asked in time")], time.GetUtcNow());
    }

    public async Task<HomePageFacts> ReadHomePageAsync(string asciiDomain, string number, CancellationToken cancellationToken)
    {
        var seen = await WithinTimeAsync(
            async deadline =>
            {
                var names = Names(deadline);
                var pages = HostsOf(asciiDomain).SelectMany(h => Starts(h).Reverse()).Select(start => ReadAsync(start, number, names, deadline));
                return (await Task.WhenAll(pages)).MinBy(Rank)!;
            },
            cancellationToken);
        return seen ?? new HomePageFacts(HostAnswer.Unknown, null, $"{asciiDomain}: not asked in time", time.GetUtcNow());
    }

    /// <summary>Runs within the site's time, the wait for a free place included; null when there was no place, or something unforeseen broke.</summary>
    private async Task<T?> WithinTimeAsync<T>(Func<CancellationToken, Task<T>> look, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(options.Value.TimeoutSeconds));
        try
        {
            await _together.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            return await look(deadline.Token);
        }
#pragma warning disable CA1031 // Whatever comes from outside ends as "unknown": the applicant goes on, and it is asked again later.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Broke(log, e.GetType().Name);
            return null;
        }
        finally
        {
            _together.Release();
        }
    }

    private NameBook Names(CancellationToken deadline) => new(resolver, options.Value.Networks(), deadline);

    public void Dispose() => _together.Dispose();

    private static string[] HostsOf(string asciiDomain) => [asciiDomain, "www." + asciiDomain];

    private IEnumerable<Uri> Starts(string host) => options.Value.OwnPort
        ? [new UriBuilder("http", host, self.Base().Port).Uri]
        : [new UriBuilder("http", host, options.Value.HttpPort).Uri, new UriBuilder("https", host, options.Value.HttpsPort).Uri];

    private async Task<HostFacts> AskAsync(string host, NameBook names, CancellationToken deadline)
    {
        var named = await names.FindAsync(host);
        if (named.Addresses.Count == 0)
        {
            return new HostFacts(host, named.Answer, $"{host}: {named.Why}");
        }

        var answers = (await Task.WhenAll(Starts(host).Select(start => AskAsync(start, named, deadline)))).OfType<string>().ToArray();
        return answers.Length > 0
            ? new HostFacts(host, HostAnswer.Answers, $"{host} ({named.Addresses[0]}): {string.Join(", ", answers)}")
            : new HostFacts(host, HostAnswer.Silent, $"{host} ({named.Addresses[0]}): no answer");
    }

    /// <summary>Scheme and status of what answers, or null when nothing does.</summary>
    private static async Task<string?> AskAsync(Uri start, Named named, CancellationToken deadline)
    {
        try
        {
            using var answer = await PinnedHttp.GetAsync(start, named.Addresses, deadline);
            return $"{start.Scheme} {answer.Status}";
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return $"{start.Scheme} answer with too many headers";
        }
        catch (Exception e) when (IsNoAnswer(e))
        {
            return null;
        }
    }

    /// <summary>One way to the home page, redirects followed by hand: each target is looked up and judged like the first.</summary>
    private async Task<HomePageFacts> ReadAsync(Uri start, string number, NameBook names, CancellationToken deadline)
    {
        var address = start;
        for (var hops = 0; hops <= MaxRedirects; hops++)
        {
            var named = await names.FindAsync(address.IdnHost);
            if (named.Addresses.Count == 0)
            {
                // Of a redirect's target no more is told: what our resolver knows about names inside is nobody's business.
                return hops == 0
                    ? Facts(named.Answer, null, $"{address.IdnHost}: {named.Why}")
                    : Facts(HostAnswer.NotPublic, null, $"{start.IdnHost}: redirects to an address that is not probed");
            }

            try
            {
                using var answer = await PinnedHttp.GetAsync(address, named.Addresses, deadline);
                if (!answer.IsRedirect)
                {
                    return answer.Status < 400
                        ? Facts(HostAnswer.Answers, await FooterAsync(answer, number, deadline), $"{address.IdnHost}: {address.Scheme} {answer.Status}")
                        : Facts(HostAnswer.Answers, null, $"{address.IdnHost}: {address.Scheme} {answer.Status}");
                }

                if (answer.Location is null || Follow(address, answer.Location) is not { } next)
                {
                    return Facts(HostAnswer.Answers, null, $"{address.IdnHost}: {address.Scheme} {answer.Status} to where we do not follow");
                }

                address = next;
            }
            catch (Exception e) when (IsNoAnswer(e))
            {
                return Facts(HostAnswer.Silent, null, $"{address.IdnHost}: {address.Scheme} no answer");
            }
        }

        return Facts(HostAnswer.Answers, null, $"{start.IdnHost}: too many redirects");
    }

    private static async Task<FooterState> FooterAsync(PinnedAnswer answer, string number, CancellationToken deadline)
    {
        var body = await answer.ReadAsync(MaxPageBytes, deadline);
        return FooterReading.Read(PageText.Of(body.Span, answer.Charset), number);
    }

    /// <summary>The target, on one of the configured ports and without credentials; null when it is none that we ask.</summary>
    private Uri? Follow(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out var to) || to.Scheme is not ("http" or "https") || to.IdnHost.Length == 0)
        {
            return null;
        }

        var own = options.Value.OwnPort ? self.Base().Port : (int?)null;
        var port = own ?? (to.Scheme == "http" ? options.Value.HttpPort : options.Value.HttpsPort);
        return to.IsDefaultPort || to.Port == port ? new UriBuilder(own is null ? to.Scheme : "http", to.IdnHost, port, to.AbsolutePath, to.Query).Uri : null;
    }

    private HomePageFacts Facts(HostAnswer answer, FooterState? footer, string evidence) => new(answer, footer, evidence, time.GetUtcNow());

    /// <summary>The best way in counts: a page with its number, a page, an error, then whatever explains why there is none.</summary>
    private static int Rank(HomePageFacts facts) => facts switch
    {
        { Footer: { } footer } => (int)footer,
        { Answer: HostAnswer.Answers } => 10,
        { Answer: HostAnswer.NotPublic } => 11,
        { Answer: HostAnswer.Unknown } => 12,
        { Answer: HostAnswer.Silent } => 13,
        _ => 14,
    };

    private static bool IsNoAnswer(Exception e) => e is HttpRequestException or IOException or OperationCanceledException or AuthenticationException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "A site could not be looked at: {Reason}")]
    private static partial void Broke(ILogger log, string reason);
}
