using System.Globalization;
using System.Net.Sockets;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Registry;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Cli.Doctor;

/// <summary>Checks of services elsewhere: that they can be reached, nothing more. No secret is sent.</summary>
internal static class OutsideChecks
{
    private const int WhoisPort = 43;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A clock this far off makes tokens and codes fail.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(30);

    public static async IAsyncEnumerable<Finding> WeChatAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var address = host.Services.GetRequiredService<IOptions<WeChatOptions>>().Value.BaseUrl;
        if (address == SelfAddress.Self)
        {
            yield return Finding.Ok("wechat", "is played by the sandbox");
            yield break;
        }

        var (reached, date) = await AskAsync(new Uri(address), cancellationToken);
        if (!reached)
        {
            yield return Finding.Fail("wechat", $"{address} cannot be reached: nobody can log in", "open the way to it in the firewall or proxy, and look at WeChat:BaseUrl");
            yield break;
        }

        yield return Finding.Ok("wechat", $"{address} answers");
        if (date is { } theirs)
        {
            var off = TimeProvider.System.GetUtcNow() - theirs;
            yield return off.Duration() > ClockSlack
                ? Finding.Fail("clock", string.Create(CultureInfo.InvariantCulture, $"is {off.TotalSeconds:F0} s off WeChat's"), "set this machine's clock by a time service (NTP)")
                : Finding.Ok("clock", "agrees with WeChat's");
        }
    }

    public static async IAsyncEnumerable<Finding> RegistryAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Remedy = "open the way to it; until then facts about domains stay unknown and reviewers have to explain them";
        var options = host.Services.GetRequiredService<IOptions<RegistryOptions>>().Value;
        if (options.Rdap == SelfAddress.Self || options.Whois == SelfAddress.Self)
        {
            yield return Finding.Ok("registry", "is played by the sandbox");
            yield break;
        }

        if (options.Rdap != RegistryOptions.Data)
        {
            yield return (await AskAsync(new Uri(options.Rdap), cancellationToken)).Reached
                ? Finding.Ok("registry", $"{options.Rdap} answers")
                : Finding.Warn("registry", $"{options.Rdap} cannot be reached", Remedy);
        }

        // The registry of .cn, which the data files name, stands for all of them: most filings are for it.
        var server = (options.Whois == RegistryOptions.Data ? "whois.cnnic.cn" : options.Whois).Split(':');
        var port = server.Length > 1 ? int.Parse(server[1], CultureInfo.InvariantCulture) : WhoisPort;
        yield return await ConnectsAsync(server[0], port, cancellationToken)
            ? Finding.Ok("registry", $"{server[0]} takes calls on port {port.ToString(CultureInfo.InvariantCulture)}")
            : Finding.Warn("registry", $"{server[0]} cannot be reached on port {port.ToString(CultureInfo.InvariantCulture)}", Remedy);
    }

    public static async IAsyncEnumerable<Finding> ScannerAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = host.Configuration["Scan:ClamAv"];
        if (string.IsNullOrEmpty(place))
        {
            yield return Finding.Ok("scanner", "none is configured");
            yield break;
        }

        var parts = place.Split(':');
        var reached = place[0] == '/' ? await ConnectsAsync(new UnixDomainSocketEndPoint(place), cancellationToken) : parts.Length == 2 && await ConnectsAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), cancellationToken);
        yield return reached
            ? Finding.Ok("scanner", $"clamd listens at {place}")
            : Finding.Fail("scanner", $"nobody listens at {place}: uploads wait and cannot be submitted", "start clamav-daemon, or look at Scan:ClamAv");
    }

    private static async Task<bool> ConnectsAsync(UnixDomainSocketEndPoint place, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(place, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<(bool Reached, DateTimeOffset? Date)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (true, answer.Headers.Date);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (false, null);
        }
    }

    private static async Task<bool> ConnectsAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
