using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;
using static Beian.MiniApi.Tests.Probe.ProbeRig;

namespace Beian.MiniApi.Tests.Probe;

/// <summary>Whether anybody answers under a domain, against real servers on this machine.</summary>
public sealed class ClosedSiteTests
{
    private const string Here = "127.0.0.0/8";

    [Fact]
    public async Task Look_AtANameWithoutAddress_SeesNone()
    {
        using var rig = new ProbeRig(allowed: Here);

        var facts = await LookAsync(rig);

        Assert.Equal([(Shop, HostAnswer.NoAddress), (Www, HostAnswer.NoAddress)], facts.Hosts.Select(h => (h.Host, h.Answer)));
        Assert.Equal(CheckOutcome.Passed, ProbeChecks.JudgeClosed(facts).Outcome);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("302 Found\r\nLocation: http://elsewhere.example/")]
    [InlineData("404 Not Found")]
    [InlineData("500 Oops")]
    public async Task Look_WhateverIsAnswered_IsAnAnswer(string status)
    {
        await using var server = RawServer.Start(RawServer.Http(status));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        var facts = await LookAsync(rig);

        Assert.Equal((HostAnswer.Answers, $"{Shop} (127.0.0.1): http {status[..3]}"), (facts.Hosts[0].Answer, facts.Hosts[0].Evidence));
        Assert.Equal(1, server.Connections);
        Assert.Equal(0, rig.Asked("elsewhere.example"));
    }

    [Fact]
    public async Task Look_AtWwwAlone_FindsIt()
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"));
        using var rig = new ProbeRig(server, allowed: Here).Name(Www, "127.0.0.1");

        var result = ProbeChecks.JudgeClosed(await LookAsync(rig));

        Assert.Equal((CheckOutcome.Failed, "site.open", Www), (result.Outcome, result.Code, result.Args["host"]));
    }

    [Fact]
    public async Task Look_BehindABadCertificate_IsAnAnswer()
    {
        await using var server = RawServer.Start((s, _, stop) => RawServer.WriteAsync(s, RawServer.Http("200 OK"), stop), certificate: TestAuthority.SelfSigned("somebody-else.example"));
        using var rig = new ProbeRig(https: server, allowed: Here).Name(Shop, "127.0.0.1");

        var facts = await LookAsync(rig);

        Assert.Equal($"{Shop} (127.0.0.1): https 200", facts.Hosts[0].Evidence);
    }

    [Fact]
    public async Task Look_WithHeadersWithoutEnd_IsAnAnswer()
    {
        await using var server = RawServer.Start("HTTP/1.1 200 OK\r\nX: " + new string('x', 200_000));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");

        Assert.Equal(HostAnswer.Answers, (await LookAsync(rig)).Hosts[0].Answer);
    }

    [Fact]
    public async Task Look_WhereNobodyListens_IsSilentAndAWarning()
    {
        using var rig = new ProbeRig(allowed: Here).Name(Shop, "127.0.0.1");

        var facts = await LookAsync(rig);

        Assert.Equal(HostAnswer.Silent, facts.Hosts[0].Answer);
        Assert.Equal((CheckOutcome.Passed, "site.resolves"), (ProbeChecks.JudgeClosed(facts).Outcome, ProbeChecks.JudgeClosed(facts).Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Look_AtAServerThatSaysNothingOrDrips_EndsInTime(int dripMilliseconds)
    {
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, dripMilliseconds == 0 ? string.Empty : "HTTP/1.1 200 OK\r\n", stop);
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(Math.Max(dripMilliseconds, 50), stop);
                await RawServer.WriteAsync(stream, dripMilliseconds == 0 ? string.Empty : "X: y\r\n", stop);
            }
        });
        using var rig = new ProbeRig(server, seconds: 1, allowed: Here).Name(Shop, "127.0.0.1");
        var watch = Stopwatch.StartNew();

        var facts = await LookAsync(rig);

        Assert.Equal(HostAnswer.Silent, facts.Hosts[0].Answer);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 4);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public async Task Look_AtAnAddressThatIsNotPublic_ConnectsToNothing(string address)
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"), IPAddress.Any);
        using var rig = new ProbeRig(server).Name(Shop, address);

        var facts = await LookAsync(rig);

        Assert.Equal((HostAnswer.NotPublic, $"{Shop}: not probed: private address"), (facts.Hosts[0].Answer, facts.Hosts[0].Evidence));
        Assert.Equal(0, server.Connections);
        var result = ProbeChecks.JudgeClosed(facts);
        Assert.Equal((CheckOutcome.Unknown, "site.notPublic"), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task Look_AtAMappedAddressOfAnAllowedNetwork_Connects()
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "::ffff:127.0.0.1");

        Assert.Equal(HostAnswer.Answers, (await LookAsync(rig)).Hosts[0].Answer);
    }

    [Fact]
    public async Task Look_AtAPrivateAddressBesideAnAllowedOne_ConnectsToThatAlone()
    {
        await using var inside = RawServer.Start(RawServer.Http("200 OK"), IPAddress.Parse("127.0.0.2"));
        await using var server = RawServer.Start((s, _, stop) => RawServer.WriteAsync(s, RawServer.Http("204 No Content"), stop), IPAddress.Loopback, inside.Port);
        using var rig = new ProbeRig(server, allowed: "127.0.0.1/32").Name(Shop, "127.0.0.2", "127.0.0.1");

        Assert.Contains("http 204", (await LookAsync(rig)).Hosts[0].Evidence, StringComparison.Ordinal);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task Look_OverIPv6_Connects()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        await using var server = RawServer.Start(RawServer.Http("200 OK"), IPAddress.IPv6Loopback);
        using var rig = new ProbeRig(server, allowed: "::1/128").Name(Shop, "::1");

        Assert.Equal(HostAnswer.Answers, (await LookAsync(rig)).Hosts[0].Answer);
    }

    [Fact]
    public async Task Look_WhenTheResolverChangesItsMind_AsksItOnce()
    {
        await using var inside = RawServer.Start(RawServer.Http("200 OK"), IPAddress.Parse("127.0.0.2"));
        await using var server = RawServer.Start((s, _, stop) => RawServer.WriteAsync(s, RawServer.Http("200 OK"), stop), IPAddress.Loopback, inside.Port);
        using var rig = new ProbeRig(server, inside, allowed: "127.0.0.1/32").Name(Shop, times => [IPAddress.Parse(times == 1 ? "127.0.0.1" : "127.0.0.2")]);

        var facts = await LookAsync(rig);

        Assert.Equal((HostAnswer.Answers, 1, 0), (facts.Hosts[0].Answer, rig.Asked(Shop), inside.Connections));
    }

    [Fact]
    public async Task Look_WithoutAResolver_IsUnknown()
    {
        using var silent = new ProbeRig(allowed: Here).Name(Shop, _ => null);
        using var broken = new ProbeRig(allowed: Here).Name(Shop, _ => throw new InvalidOperationException("made up"));

        foreach (var rig in new[] { silent, broken })
        {
            var result = ProbeChecks.JudgeClosed(await LookAsync(rig));

            Assert.Equal((CheckOutcome.Unknown, UnknownReason.Unavailable), (result.Outcome, result.Reason));
        }
    }

    [Fact]
    public async Task Look_AsksLikeAStranger()
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK", headers: "Set-Cookie: a=b\r\n"));
        using var rig = new ProbeRig(server, allowed: Here).Name(Shop, "127.0.0.1");
        using var activity = new Activity("made up").Start();

        await LookAsync(rig);

        var lines = Assert.Single(server.Requests).Split("\r\n");
        Assert.Equal("GET / HTTP/1.1", lines[0]);
        Assert.Equal(["Accept", "Host", "User-Agent"], lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    private static Task<SiteFacts> LookAsync(ProbeRig rig) => rig.Probe.LookForAnswersAsync(Shop, CancellationToken.None);
}
