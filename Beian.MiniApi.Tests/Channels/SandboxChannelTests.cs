using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>The program as a newcomer starts it sends by the played SMS provider, SMTP server and partner, which can be made to fail.</summary>
public sealed class SandboxChannelTests : IAsyncLifetime
{
    private readonly ChannelRig.FewWebhooks _webhooks = new();
    private readonly TestApp _app;

    public SandboxChannelTests() => _app = TestApp.Start("Development", null, services => services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(_webhooks)));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Sms_AsInstalled_GoesToThePlayedTencentCloud()
    {
        var parcel = ChannelRig.AParcel(ChannelRig.Mobile, key: "a:sms:b");

        var outcome = await SendAsync(ChannelKind.Sms, parcel);
        await SendAsync(ChannelKind.Sms, parcel with { Attempt = 2 });

        Assert.Equal((ParcelEnd.Taken, null), (outcome.End, outcome.Reason));
        Assert.StartsWith("2026:", outcome.Receipt, StringComparison.Ordinal);
        var inbox = await GetAsync("/sandbox/sms");
        Assert.Equal((2, 1), (inbox.GetProperty("total").GetInt32(), inbox.GetProperty("keys").GetInt32()));
        var last = inbox.GetProperty("items")[1];
        Assert.Equal(("a:sms:b", "tencent", "+86" + ChannelRig.Mobile, 2), (Text(last, "key"), Text(last, "provider"), Text(last, "to"), last.GetProperty("times").GetInt32()));
        Assert.Equal(["待提交管局", "初审已通过，将提交管局"], last.GetProperty("values").EnumerateArray().Select(v => v.GetString()));

        Assert.Equal(0, (await DeleteAsync("/sandbox/sms")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("19900009001", ParcelEnd.NotNow, "frequency")]
    [InlineData("19900009002", ParcelEnd.Refused, "quota")]
    [InlineData("19900009003", ParcelEnd.Refused, "blacklisted")]
    [InlineData("19900009004", ParcelEnd.NotNow, "account")]
    [InlineData("19900009005", ParcelEnd.Refused, "settings")]
    [InlineData("19900009006", ParcelEnd.InDoubt, "answerLost")]
    [InlineData("+85290000000", ParcelEnd.Refused, "badNumber")]
    public async Task Sms_NumberThatIsChosenToFail_Fails(string number, ParcelEnd end, string reason)
    {
        var outcome = await SendAsync(ChannelKind.Sms, ChannelRig.AParcel(number));

        Assert.Equal((end, reason), (outcome.End, outcome.Reason));
        Assert.Equal(0, (await GetAsync("/sandbox/sms")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Mail_AsInstalled_GoesToThePlayedServer()
    {
        var outcome = await SendAsync(ChannelKind.Mail, ChannelRig.AParcel(ChannelRig.Address, key: "a:mail:b") with { Subject = "初审已通过，请等待管局审核，如有问题请随时与我们联系", Text = "第一行\n.第二行" });

        Assert.Equal(new ParcelOutcome(ParcelEnd.Taken, null), outcome);
        var mail = (await GetAsync("/sandbox/mail?key=a:mail:b")).GetProperty("items")[0];
        Assert.Equal(("beian@sandbox.example", "初审已通过，请等待管局审核，如有问题请随时与我们联系", "第一行\r\n.第二行"), (Text(mail, "from"), Text(mail, "subject"), Text(mail, "text")));
        Assert.Equal([ChannelRig.Address], mail.GetProperty("to").EnumerateArray().Select(t => t.GetString()));

        Assert.Equal((ParcelEnd.Refused, "status550"), Of(await SendAsync(ChannelKind.Mail, ChannelRig.AParcel("nobody@example.com"))));
        Assert.Equal((ParcelEnd.NotNow, "status452"), Of(await SendAsync(ChannelKind.Mail, ChannelRig.AParcel("full@example.com"))));
        Assert.Equal(1, (await GetAsync("/sandbox/mail")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await DeleteAsync("/sandbox/mail")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Webhook_AsInstalled_IsVerifiedByThePlayedPartner()
    {
        byte[] secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] other = new byte[32];
        _webhooks.Set(new Uri(_app.Address, "/sandbox/webhooks").ToString(), active: true, secret, other);
        var parcel = ChannelRig.AParcel("w1", key: "a:webhook:w1", payload: """{"event":"approve"}""");

        Assert.Equal(ParcelEnd.Taken, (await SendAsync(ChannelKind.Webhook, parcel)).End);
        foreach (var known in new[] { secret, other })
        {
            await _app.Client.PutAsJsonAsync("/sandbox/webhooks", new { secrets = new[] { Convert.ToBase64String(known) } });
            Assert.Equal(ParcelEnd.Taken, (await SendAsync(ChannelKind.Webhook, parcel)).End);
        }

        await _app.Client.PutAsJsonAsync("/sandbox/webhooks", new { secrets = new[] { Convert.ToBase64String([7, 7, 7]) } });
        Assert.Equal((ParcelEnd.NotNow, "status401"), Of(await SendAsync(ChannelKind.Webhook, parcel)));

        var calls = (await GetAsync("/sandbox/webhooks?key=a:webhook:w1")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal([null, true, true, false], calls.Select(c => c.GetProperty("verified").ValueKind == JsonValueKind.Null ? (bool?)null : c.GetProperty("verified").GetBoolean()));
        Assert.Equal([1, 2, 3, 4], calls.Select(c => c.GetProperty("times").GetInt32()));
        Assert.All(calls, c => Assert.Equal("approve", c.GetProperty("body").GetProperty("event").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _app.Client.PutAsJsonAsync("/sandbox/webhooks", new { secrets = new[] { "no base64!" } })).StatusCode);
    }

    [Theory]
    [InlineData("tencent/SendSms", "http5xx", ParcelEnd.NotNow, 0)]
    [InlineData("tencent/SendSms", "malformedJson", ParcelEnd.InDoubt, 1)]
    [InlineData("tencent/SendSms", "dropped", ParcelEnd.InDoubt, 1)]
    [InlineData("mail", "http5xx", ParcelEnd.NotNow, 0)]
    [InlineData("mail", "malformedJson", ParcelEnd.InDoubt, 1)]
    [InlineData("mail", "dropped", ParcelEnd.InDoubt, 1)]
    [InlineData("mail", "slow", ParcelEnd.Taken, 1)]
    [InlineData("webhooks", "http5xx", ParcelEnd.NotNow, 0)]
    [InlineData("webhooks", "dropped", ParcelEnd.InDoubt, 1)]
    [InlineData("webhooks", "slow", ParcelEnd.Taken, 1)]
    public async Task Fault_SwitchedOn_IsMetOnce(string endpoint, string kind, ParcelEnd end, int arrived)
    {
        _webhooks.Set(new Uri(_app.Address, "/sandbox/webhooks").ToString(), active: true, new byte[32]);
        await _app.FaultAsync(new { endpoint, kind, times = 1, delayMilliseconds = 200 });
        var (channel, parcel, inbox) = endpoint switch
        {
            "mail" => (ChannelKind.Mail, ChannelRig.AParcel(ChannelRig.Address), "/sandbox/mail"),
            "webhooks" => (ChannelKind.Webhook, ChannelRig.AParcel("w1", payload: "{}"), "/sandbox/webhooks"),
            _ => (ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile), "/sandbox/sms"),
        };

        Assert.Equal(end, (await SendAsync(channel, parcel)).End);
        Assert.Equal(arrived, (await GetAsync(inbox)).GetProperty("total").GetInt32());
        Assert.Equal(ParcelEnd.Taken, (await SendAsync(channel, parcel)).End);
    }

    [Fact]
    public async Task Gateway_PostedTo_ChecksItsSecretAndKeepsTheMessage()
    {
        async Task<HttpStatusCode> PostAsync(string secret, string to, string key = "k1")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/sms") { Content = JsonContent.Create(new { key = "k1", to, @event = "approve", text = "您好", values = new { } }) };
            request.Headers.TryAddWithoutValidation("Authorization", secret);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            return (await _app.Client.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("Bearer other", "+8619900000000"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("Bearer sandbox-gateway", "+8619900000000", "other"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostAsync("Bearer sandbox-gateway", "19900000000"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync("Bearer sandbox-gateway", "+8619900009001"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("Bearer sandbox-gateway", "+8619900000000"));
        Assert.Equal("您好", Text((await GetAsync("/sandbox/sms")).GetProperty("items")[0], "text"));
    }

    [Fact]
    public async Task Guide_TellsOfTheInboxes()
    {
        var guide = await _app.Client.GetStringAsync("/sandbox");

        Assert.All(new[] { "/sandbox/sms", "/sandbox/mail", "/sandbox/webhooks" }, path => Assert.Contains(path, guide, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Smtp_SpokenBadly_IsAnsweredAndEnds()
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _app.Get<Beian.MiniApi.Channels.Mail.SelfMail>().Port);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        async Task<string> SayAsync(string line)
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));
            return (await reader.ReadLineAsync())![..3];
        }

        Assert.Equal("220", (await reader.ReadLineAsync())![..3]);
        Assert.Equal(
            ["250", "503", "503", "501", "250", "501", "250", "250", "503", "502", "221"],
            [
                await SayAsync("HELO x"), await SayAsync("DATA"), await SayAsync("RCPT TO:<a@example.com>"), await SayAsync("MAIL FROM:"), await SayAsync("MAIL FROM:<a@example.com>"), await SayAsync("RCPT TO:<>"),
                await SayAsync("RCPT TO:<b@example.com>"), await SayAsync("RSET"), await SayAsync("DATA"), await SayAsync("VRFY b"), await SayAsync("QUIT"),
            ]);
        Assert.Null(await reader.ReadLineAsync());
    }

    private static (ParcelEnd End, string? Reason) Of(ParcelOutcome outcome) => (outcome.End, outcome.Reason);

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private Task<ParcelOutcome> SendAsync(ChannelKind kind, Parcel parcel) => _app.Services.GetServices<IChannel>().Single(c => c.Kind == kind).SendAsync(parcel, default);

    private Task<JsonElement> GetAsync(string path) => _app.Client.GetFromJsonAsync<JsonElement>(path);

    private async Task<JsonElement> DeleteAsync(string path) => await (await _app.Client.DeleteAsync(path)).Content.ReadFromJsonAsync<JsonElement>();
}
