using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>Calls of partners' addresses: how they are signed, and where they never go.</summary>
public sealed class WebhookTests
{
    private const string Body = """{"id":"n1","event":"approve"}""";
    private const string Host = "hooks.example.cn";

    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public async Task Send_SecretBeingChanged_IsSignedByBoth()
    {
        await using var server = RawServer.Start(RawServer.Http("204 No Content"));
        await using var rig = Open();
        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/hook?x=1", active: true, New, Old);

        Assert.Equal(new ParcelOutcome(ParcelEnd.Taken, null), await rig.SendAsync(ChannelKind.Webhook, Call()));

        var request = server.Requests.Single();
        Assert.StartsWith("POST /hook?x=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + Body, request, StringComparison.Ordinal);
        Assert.Equal("n1:webhook:w1", Header(request, "Webhook-Id"));
        Assert.Equal("n1:webhook:w1", Header(request, "Idempotency-Key"));
        Assert.Equal("application/json; charset=utf-8", Header(request, "Content-Type"));
        var timestamp = Header(request, "Webhook-Timestamp");
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(timestamp, CultureInfo.InvariantCulture), 0, 60);
        string Expected(byte[] secret) => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"n1:webhook:w1.{timestamp}.{Body}")));
        Assert.Equal($"{Expected(New)} {Expected(Old)}", Header(request, "Webhook-Signature"));
    }

    [Theory]
    [InlineData("200 OK", ParcelEnd.Taken, null)]
    [InlineData("301 Moved Permanently", ParcelEnd.Refused, "status301")]
    [InlineData("307 Temporary Redirect", ParcelEnd.Refused, "status307")]
    [InlineData("400 Bad Request", ParcelEnd.NotNow, "status400")]
    [InlineData("404 Not Found", ParcelEnd.NotNow, "status404")]
    [InlineData("410 Gone", ParcelEnd.Refused, "status410")]
    [InlineData("429 Too Many Requests", ParcelEnd.NotNow, "status429")]
    [InlineData("500 Internal Server Error", ParcelEnd.NotNow, "status500")]
    public async Task Send_Answered_EndsAsTheStatusSays(string status, ParcelEnd end, string? reason)
    {
        await using var elsewhere = RawServer.Start(RawServer.Http("200 OK"));
        await using var server = RawServer.Start(RawServer.Http(status, headers: $"Location: http://127.0.0.1:{elsewhere.Port}/\r\nRetry-After: 7\r\n"));
        await using var rig = Open();
        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: true, New);

        Assert.Equal(new ParcelOutcome(end, reason, end == ParcelEnd.NotNow ? TimeSpan.FromSeconds(7) : null), await rig.SendAsync(ChannelKind.Webhook, Call()));
        Assert.Equal((1, 0), (server.Connections, elsewhere.Connections));
    }

    /// <summary>A name that leads inside, a literal address, and an IPv4 address dressed up.</summary>
    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.0.0.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://inside.example.cn:{0}/")]
    [InlineData("http://inside.example.cn.:{0}/")]
    [InlineData("http://dressed.example.cn:{0}/")]
    [InlineData("http://mixed.example.cn:{0}/")]
    [InlineData("http://metadata.example.cn:{0}/")]
    public async Task Send_AddressThatIsNotPublic_IsNeitherRegisteredNorCalled(string url)
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"));
        await using var rig = new ChannelRig("Development");
        rig.Name("inside.example.cn", "127.0.0.1");
        rig.Name("dressed.example.cn", "::ffff:127.0.0.1");
        rig.Name("mixed.example.cn", "93.184.216.34", "127.0.0.1");
        rig.Name("metadata.example.cn", "169.254.169.254");
        var address = string.Format(CultureInfo.InvariantCulture, url, server.Port);
        rig.Webhooks.Set(address, active: true, New);

        Assert.Equal("webhookUrl.notPublic", (await rig.Addresses.CheckAsync(new Uri(address), default))?.Code);
        Assert.Equal(new ParcelOutcome(ParcelEnd.Refused, "notPublic"), await rig.SendAsync(ChannelKind.Webhook, Call()));
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Send_NameThatChangesAfterRegistration_IsNotFollowedInside()
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"));
        await using var rig = new ChannelRig("Development");
        rig.Name(Host, times => [IPAddress.Parse(times == 1 ? "93.184.216.34" : "127.0.0.1")]);
        var address = $"http://{Host}:{server.Port}/";
        rig.Webhooks.Set(address, active: true, New);

        Assert.Null(await rig.Addresses.CheckAsync(new Uri(address), default));
        Assert.Equal("notPublic", (await rig.SendAsync(ChannelKind.Webhook, Call())).Reason);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task Send_NameThatChangesBetweenLookingAndConnecting_IsAskedOnce()
    {
        await using var allowed = RawServer.Start(RawServer.Http("200 OK"), IPAddress.Parse("127.0.0.2"));
        await using var inside = RawServer.Start((stream, _, stop) => RawServer.WriteAsync(stream, RawServer.Http("200 OK"), stop), IPAddress.Loopback, allowed.Port);
        await using var rig = new ChannelRig("Development", ("Webhooks:AllowedNetworks:0", "127.0.0.2/32"));
        rig.Name(Host, times => [IPAddress.Parse(times == 1 ? "127.0.0.2" : "127.0.0.1")]);
        rig.Webhooks.Set($"http://{Host}:{allowed.Port}/", active: true, New);

        Assert.Equal(ParcelEnd.Taken, (await rig.SendAsync(ChannelKind.Webhook, Call())).End);
        Assert.Equal((1, 1, 0), (rig.Asked(Host), allowed.Connections, inside.Connections));
        Assert.Equal($"{Host}:{allowed.Port}", Header(allowed.Requests.Single(), "Host"));
    }

    [Fact]
    public async Task Send_CertificateThatIsNotTrusted_SendsNothing()
    {
        await using var server = RawServer.Start((stream, _, stop) => RawServer.WriteAsync(stream, RawServer.Http("200 OK"), stop), certificate: TestAuthority.SelfSigned("somebody-else.example"));
        await using var rig = Open();
        rig.Webhooks.Set($"https://127.0.0.1:{server.Port}/", active: true, New);

        Assert.Equal(new ParcelOutcome(ParcelEnd.NotNow, "badCertificate"), await rig.SendAsync(ChannelKind.Webhook, Call()));
        Assert.Equal(1, server.Connections);
        Assert.All(server.Requests, r => Assert.Empty(r));
    }

    [Fact]
    public async Task Send_AnswerWithoutAnEnd_IsReadNoFurtherThanNeeded()
    {
        long written = 0;
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", stop);
            var chunk = new byte[64 * 1024];
            while (true)
            {
                await stream.WriteAsync(chunk, stop);
                Interlocked.Add(ref written, chunk.Length);
            }
        });
        await using var rig = Open();
        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: true, New);

        Assert.Equal(ParcelEnd.Taken, (await rig.SendAsync(ChannelKind.Webhook, Call())).End);
        Assert.InRange(Interlocked.Read(ref written), 0, 32 * 1024 * 1024);
    }

    [Theory]
    [InlineData("", ParcelEnd.InDoubt, "answerLost")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Slow: ", ParcelEnd.InDoubt, "answerLost")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1", ParcelEnd.Taken, null)]
    public async Task Send_AnswerThatComesTooSlowly_EndsInTime(string beginning, ParcelEnd end, string? reason)
    {
        await using var server = RawServer.Start(async (stream, _, stop) =>
        {
            await RawServer.WriteAsync(stream, beginning, stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        await using var rig = Open(("Webhooks:Timeout", "00:00:01"));
        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: true, New);
        var watch = Stopwatch.StartNew();

        Assert.Equal(new ParcelOutcome(end, reason), await rig.SendAsync(ChannelKind.Webhook, Call()));
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("nonsense\r\n\r\n", "answerLost")]
    [InlineData(null, "answerLost")]
    public async Task Send_NoHttpBack_IsInDoubt(string? answer, string reason)
    {
        await using var server = RawServer.Start((stream, _, stop) => answer is null ? Task.CompletedTask : RawServer.WriteAsync(stream, answer, stop));
        await using var rig = Open();
        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: true, New);

        Assert.Equal(new ParcelOutcome(ParcelEnd.InDoubt, reason), await rig.SendAsync(ChannelKind.Webhook, Call()));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Send_NobodyThere_IsNotNow()
    {
        await using var rig = Open();
        rig.Webhooks.Set($"http://127.0.0.1:{ChildProgram.FreePort()}/", active: true, New);
        Assert.Equal(new ParcelOutcome(ParcelEnd.NotNow, "noConnection"), await rig.SendAsync(ChannelKind.Webhook, Call()));

        rig.Name("unanswered.example.cn", _ => null);
        foreach (var host in new[] { "nobody.example.cn", "unanswered.example.cn" })
        {
            rig.Webhooks.Set($"http://{host}/", active: true, New);
            Assert.Equal(new ParcelOutcome(ParcelEnd.NotNow, "unknownHost"), await rig.SendAsync(ChannelKind.Webhook, Call()));
        }
    }

    [Fact]
    public async Task Send_WebhookThatIsOffOrGone_IsRefused()
    {
        await using var server = RawServer.Start(RawServer.Http("200 OK"));
        await using var rig = Open();
        Assert.Equal("noWebhook", (await rig.SendAsync(ChannelKind.Webhook, Call())).Reason);

        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: false, New);
        Assert.Equal("noWebhook", (await rig.SendAsync(ChannelKind.Webhook, Call())).Reason);

        rig.Webhooks.Set($"http://127.0.0.1:{server.Port}/", active: true, New);
        Assert.Equal("badKey", (await rig.SendAsync(ChannelKind.Webhook, Call() with { Key = "a\r\nX: 1" })).Reason);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("https://hooks.example.cn/in?token=x", null)]
    [InlineData("https://hooks.example.cn:8443/", null)]
    [InlineData("https://93.184.216.34/", null)]
    [InlineData("http://hooks.example.cn/", "webhookUrl.bad")]
    [InlineData("ftp://hooks.example.cn/", "webhookUrl.bad")]
    [InlineData("file:///etc/passwd", "webhookUrl.bad")]
    [InlineData("https://user:secret@hooks.example.cn/", "webhookUrl.bad")]
    [InlineData("https://hooks.example.cn/#part", "webhookUrl.bad")]
    [InlineData("/relative", "webhookUrl.bad")]
    [InlineData("https://hooks.example.cn:22/", "webhookUrl.port")]
    [InlineData("https://10.1.2.3/", "webhookUrl.notPublic")]
    [InlineData("https://[fd00::1]/", "webhookUrl.notPublic")]
    [InlineData("https://inside.example.cn/", "webhookUrl.notPublic")]
    [InlineData("https://nobody.example.cn/", "webhookUrl.unknownHost")]
    public async Task Check_OutsideDevelopment_TellsWhatIsWrong(string url, string? code)
    {
        await using var rig = new ChannelRig("Production");
        rig.Name(Host, "93.184.216.34");
        rig.Name("inside.example.cn", "10.1.2.3");
        var address = new Uri(url, UriKind.RelativeOrAbsolute);
        rig.Webhooks.Set("https://hooks.example.cn/", active: true, New);

        Assert.Equal(code, (await rig.Addresses.CheckAsync(address, default))?.Code);
    }

    private static Parcel Call() => ChannelRig.AParcel("w1", key: "n1:webhook:w1", payload: Body);

    /// <summary>Calls this machine too.</summary>
    private static ChannelRig Open(params (string Key, string Value)[] settings) => new("Development", [("Webhooks:AllowedNetworks:0", "127.0.0.0/8"), .. settings]);

    private static string Header(string request, string name) => request.Split("\r\n").Single(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
}
