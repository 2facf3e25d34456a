using System.Net;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Registry;

/// <summary>The real clients against TCP servers that answer nonsense.</summary>
public sealed class StrangeServerTests
{
    private const string Whois = "Domain Name: a.cn\r\nRegistrant: 示例科技有限公司\r\nSponsoring Registrar: 示例\r\nRegistration Time: 2020-01-01 00:00:00\r\nExpiration Time: 2030-01-01 08:00:00\r\nDomain Status: ok\r\n";

    private const string Rdap = """{"objectClassName":"domain","ldhName":"A.COM","status":["active"],"events":[{"eventAction":"registration","eventDate":"2020-01-01T00:00:00Z"},{"eventAction":"expiration","eventDate":"2030-01-01T00:00:00Z"}],"entities":[{"roles":["registrar"],"publicIds":[{"type":"IANA Registrar ID","identifier":"420"}],"vcardArray":["vcard",[["fn",{},"text","Example"]]]},{"roles":["registrant"],"vcardArray":["vcard",[["fn",{},"text","REDACTED FOR PRIVACY"]]]}]}""";

    [Fact]
    public async Task Whois_Record_IsReadInShanghaiTime()
    {
        var facts = await AskAsync("a.cn", Encoding.UTF8.GetBytes(Whois));

        Assert.Equal((RegistryOutcome.Found, "示例", "示例科技有限公司"), (facts.Outcome, facts.Registrar, facts.Holder?.Name));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), facts.ExpiresAt);
        Assert.Equal(RealNameStatus.NotDisclosed, facts.RealName);
    }

    [Theory]
    [InlineData("No matching record.\r\n", RegistryOutcome.NotRegistered)]
    [InlineData("", RegistryOutcome.Unavailable)]
    [InlineData(":\n::\nDomain Name:\n", RegistryOutcome.Unavailable)]
    [InlineData("Domain Name: b.cn\r\nExpiration Time: 2030-01-01 00:00:00\r\n", RegistryOutcome.Unavailable)]
    [InlineData("Queried interval is too short.\r\n", RegistryOutcome.Unavailable)]
    [InlineData("Domain Name: a.cn\nExpiration Time: never\nRegistrant: ***\n", RegistryOutcome.Found)]
    [InlineData("Remark: none\nNo matching record.\n", RegistryOutcome.Unavailable)]
    public async Task Whois_OddText_IsNeverMoreThanItSays(string text, RegistryOutcome expected)
    {
        var facts = await AskAsync("a.cn", Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, facts.Outcome);
        Assert.Null(facts.ExpiresAt);
        Assert.Null(facts.Holder);
    }

    [Theory]
    [InlineData("a.cn")]
    [InlineData("a.com")]
    public async Task LookUp_EndlessAnswer_IsUnavailable(string domain)
    {
        var endless = Encoding.ASCII.GetBytes(domain == "a.cn" ? "Domain Name: a.cn\n" + new string('x', 300_000) : "HTTP/1.1 200 OK\r\n\r\n" + new string(' ', 300_000) + Rdap);

        var facts = await AskAsync(domain, endless);

        Assert.Equal((RegistryOutcome.Unavailable, true), (facts.Outcome, facts.Evidence.Contains("too large", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Rdap_Object_IsReadWithoutWithheldNames()
    {
        var facts = await AskAsync("a.com", Http("200 OK", Rdap));

        Assert.Equal((RegistryOutcome.Found, "Example", "420"), (facts.Outcome, facts.Registrar, facts.RegistrarIanaId));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), facts.ExpiresAt);
        Assert.Null(facts.Holder);
        Assert.Equal(["active"], facts.Statuses);
    }

    [Theory]
    [InlineData("404 Not Found", "", RegistryOutcome.NotRegistered)]
    [InlineData("429 Too Many Requests", "", RegistryOutcome.Unavailable)]
    [InlineData("500 Oops", "{}", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", "", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", "<html>", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", "[]", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", """{"objectClassName":"domain","ldhName":"b.com"}""", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", """{"objectClassName":"domain","ldhName":"\ud800"}""", RegistryOutcome.Unavailable)]
    [InlineData("200 OK", """{"objectClassName":"domain","ldhName":"a.com","events":{},"entities":[1,null,{"roles":"registrar"},{"roles":["registrar"],"vcardArray":["vcard",[[],["fn"],["fn",{},"text",7]]],"publicIds":[null,{}]}],"status":[1],"beian_realName":5}""", RegistryOutcome.Found)]
    [InlineData("302 Found\r\nLocation: ftp://a/", "", RegistryOutcome.Unavailable)]
    [InlineData("302 Found\r\nLocation: /again", "", RegistryOutcome.Unavailable)]
    public async Task Rdap_OddAnswer_IsNeverMoreThanItSays(string status, string body, RegistryOutcome expected)
    {
        var facts = await AskAsync("a.com", Http(status, body));

        Assert.Equal(expected, facts.Outcome);
        Assert.Null(facts.Registrar);
        Assert.Null(facts.ExpiresAt);
    }

    [Fact]
    public async Task LookUp_DamagedAnswers_NeverThrow()
    {
        var random = new Random(7);
        await using var rdap = Server.Start(() => Http("200 OK", Damage(Encoding.UTF8.GetBytes(Rdap), random)));
        await using var whois = Server.Start(() => Damage(Encoding.UTF8.GetBytes(Whois), random));
        await using var app = Start(rdap.Port, whois.Port);

        for (var i = 0; i < 150; i++)
        {
            Assert.NotNull(await app.Get<IRegistry>().LookUpAsync("a.com", CancellationToken.None));
            Assert.NotNull(await app.Get<IRegistry>().LookUpAsync("a.cn", CancellationToken.None));
        }
    }

    [Fact]
    public async Task LookUp_Repeated_AsksAgainOnlyAfterAFailure()
    {
        var asked = 0;
        await using var server = Server.Start(() => Encoding.UTF8.GetBytes(++asked == 1 ? "busy" : Whois));
        await using var app = TestApp.Start(("Registry:Whois", $"127.0.0.1:{server.Port}"));
        var registry = app.Get<IRegistry>();

        var facts = new[] { await registry.LookUpAsync("a.cn", default), await registry.LookUpAsync("a.cn", default), await registry.LookUpAsync("a.cn", default) };

        Assert.Equal([RegistryOutcome.Unavailable, RegistryOutcome.Found, RegistryOutcome.Found], facts.Select(f => f.Outcome));
        Assert.Equal(2, asked);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static async Task<RegistryFacts> AskAsync(string domain, byte[] answer)
    {
        await using var server = Server.Start(() => answer);
        await using var app = Start(server.Port, server.Port);
        return await app.Get<IRegistry>().LookUpAsync(domain, CancellationToken.None);
    }

    private static TestApp Start(int rdapPort, int whoisPort) => TestApp.Start(
        ("Registry:Rdap", $"http://127.0.0.1:{rdapPort}"), ("Registry:Whois", $"127.0.0.1:{whoisPort}"), ("Registry:CacheSeconds", "0"), ("Registry:TimeoutSeconds", "2"));

    private static byte[] Http(string status, string body) => Http(status, Encoding.UTF8.GetBytes(body));

    private static byte[] Http(string status, byte[] body) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

    /// <summary>Answers every connection with the next bytes, after it has read something, and closes it.</summary>
    private sealed class Server : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private Task _serving = Task.CompletedTask;

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public static Server Start(Func<byte[]> answer)
        {
            var server = new Server();
            server._listener.Start();
            server._serving = server.ServeAsync(answer);
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
        }

        private async Task ServeAsync(Func<byte[]> answer)
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    _ = await stream.ReadAsync(new byte[4096]);
                    await stream.WriteAsync(answer());
                }
                catch (IOException)
                {
                    // The client hung up, as it may.
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
