using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;
using static Beian.MiniApi.Tests.Probe.ProbeRig;

namespace Beian.MiniApi.Tests.Probe;

/// <summary>The home pages of filed sites, from real servers on this machine.</summary>
public sealed class HomePageTests
{
    private const string Here = "127.0.0.1/32";
    private const string Footer = $"""<footer><a href="https://beian.miit.gov.cn/" target="_blank">{Number}</a></footer>""";

    [Theory]
    [InlineData(Footer, "filed.footer passed")]
    [InlineData($"<p>{Number}</p>", "filed.footerUnlinked")]
    [InlineData("<p>nothing</p>", "filed.footerMissing")]
    public async Task Read_APage_LooksForItsNumber(string body, string expected)
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK", body));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        var results = ProbeChecks.JudgeFiled(Shop, Number, await ReadAsync(rig));

        Assert.Equal([(ProbeChecks.Reachable, CheckOutcome.Passed), (ProbeChecks.Footer, CheckOutcome.Passed)], results.Select(r => (r.Check, r.Outcome)));
        Assert.Equal(expected, results[1].Code ?? "filed.footer passed");
        Assert.DoesNotContain(results, r => r.Evidence!.Contains("nothing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("500 Oops")]
    public async Task Read_AnErrorPage_IsAWarning(string status)
    {
        await using var server = RawServer.Start(RawServer.Http(status, Footer));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        var result = Assert.Single(ProbeChecks.JudgeFiled(Shop, Number, await ReadAsync(rig)));

        Assert.Equal((CheckOutcome.Passed, "filed.siteDown"), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task Read_ASiteWithoutAddressOrServer_IsAWarning()
    {
        using var nowhere = new ProbeRig(allowed: Here);
        using var silent = new ProbeRig(allowed: Here).Name(Shop, "127.0.0.1");

        foreach (var rig in new[] { nowhere, silent })
        {
            Assert.Equal("filed.siteDown", Assert.Single(ProbeChecks.JudgeFiled(Shop, Number, await ReadAsync(rig))).Code);
        }
    }

    [Fact]
    public async Task Read_APageInGbk_FindsItsNumber()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n", stop);
            await stream.WriteAsync(gbk.GetBytes($"<html><head><meta charset=\"gbk\"></head>{Footer}"), stop);
        });
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        Assert.Equal(FooterState.Linked, (await ReadAsync(rig)).Footer);
    }

    [Theory]
    [InlineData(500 * 1024, FooterState.Linked)]
    [InlineData(513 * 1024, FooterState.Missing)]
    public async Task Read_APageWithoutEnd_JudgesItsBeginning(int before, FooterState expected)
    {
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new string(' ', before) + Footer, stop);
            while (!stop.IsCancellationRequested)
            {
                await RawServer.WriteAsync(stream, new string('x', 65536), stop);
            }
        });
        using var rig = new ProbeRig(server, seconds: 20, allowed: Here).Name(Shop, "127.0.0.1");
        var watch = Stopwatch.StartNew();

        Assert.Equal(expected, (await ReadAsync(rig)).Footer);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Read_APageThatDrips_JudgesWhatCameInTime()
    {
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + Footer, stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        using var rig = new ProbeRig(server, seconds: 1, allowed: Here).Name(Shop, "127.0.0.1");

        Assert.Equal(FooterState.Linked, (await ReadAsync(rig)).Footer);
    }

    [Fact]
    public async Task Read_ThroughRedirects_FollowsThreeWithoutCookiesOrCredentials()
    {
        await using var server = RawServer.Start((stream, request, stop) =>
        {
            var step = request.StartsWith("GET / ", StringComparison.Ordinal) ? 0 : request["GET /".Length] - '0';
            var answer = step < 3 ? RawServer.Http("302 Found", headers: $"Set-Cookie: a=b\r\nLocation: http://user:secret@{Www}/{step + 1}\r\n") : RawServer.Http("200 OK", Footer);
            return RawServer.WriteAsync(stream, answer, stop);
        });
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1").Name(Www, "127.0.0.1");

        Assert.Equal(FooterState.Linked, (await ReadAsync(rig)).Footer);
        Assert.All(server.Requests, r => Assert.True(!r.Contains("Cookie", StringComparison.Ordinal) && !r.Contains("Authorization", StringComparison.Ordinal)));
        Assert.Equal((1, 1), (rig.Asked(Shop), rig.Asked(Www)));
    }

    [Fact]
    public async Task Read_ThroughALoop_GivesUp()
    {
        await using var server = RawServer.Start(RawServer.Http("301 Moved", headers: "Location: /again\r\n"));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        var facts = await ReadAsync(rig);

        Assert.Equal((HostAnswer.Answers, null), (facts.Answer, facts.Footer));
        Assert.Equal(4, server.Connections);
    }

    [Theory]
    [InlineData("http://inside.example/")]
    [InlineData("http://127.0.0.2/")]
    [InlineData("http://[::ffff:127.0.0.2]/")]
    [InlineData("http://2130706434/")]
    [InlineData("//inside.example/")]
    [InlineData("http://unknown-inside.example/")]
    public async Task Read_ARedirectToAnAddressThatIsNotPublic_IsNotFollowed(string target)
    {
        await using var inside = RawServer.Start(RawServer.Http("200 OK", Footer), IPAddress.Parse("127.0.0.2"));
        await using var server = RawServer.Start(
            (s, _, stop) => RawServer.WriteAsync(s, RawServer.Http("302 Found", headers: $"Location: {target}\r\n"), stop), IPAddress.Loopback, inside.Port);
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1").Name("inside.example", "127.0.0.2");

        var facts = await ReadAsync(rig);

        Assert.Equal((HostAnswer.NotPublic, $"{Shop}: redirects to an address that is not probed"), (facts.Answer, facts.Evidence));
        Assert.Equal(0, inside.Connections);
    }

    [Theory]
    [InlineData("ftp://shop.example.cn/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://shop.example.cn:{port}/")]
    [InlineData("http://")]
    public async Task Read_ARedirectToAnotherSchemeOrPort_IsNotFollowed(string target)
    {
        await using var other = RawServer.Start(RawServer.Http("200 OK", Footer));
        var location = target.Replace("{port}", other.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await using var server = RawServer.Start(RawServer.Http("302 Found", headers: $"Location: {location}\r\n"));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        var facts = await ReadAsync(rig);

        Assert.Equal((null, 0), (facts.Footer, other.Connections));
    }

    private static Task<HomePageFacts> ReadAsync(ProbeRig rig) => rig.Probe.ReadHomePageAsync(Shop, Number, CancellationToken.None);
}
