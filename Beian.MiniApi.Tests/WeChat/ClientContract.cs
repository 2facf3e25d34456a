using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What every client of WeChat promises, whoever writes its requests. The byte-exact form of those of the built-in one stands in <see cref="CallWireTests"/>.</summary>
public abstract class ClientContract(string client)
{
    private static readonly WeChatErrcodes Table = WeChatErrcodes.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "wechat-errors.json"));

    /// <summary>Every errcode that is described for the call itself, and some of those that any call may get.</summary>
    [Theory]
    [MemberData(nameof(EveryCall.Names), MemberType = typeof(EveryCall))]
    public async Task Call_RefusedWithAnErrcode_TellsWhatTheTableSays(string name)
    {
        var call = EveryCall.Named(name);
        foreach (var row in Table.Rows.Where(r => r.Retry != WeChatRetry.AfterTokenRefresh && (r.Calls.Contains(call.Path, StringComparer.Ordinal) || r.Code is -1 or 45009 or 48001)))
        {
            var body = $$"""{"errcode":{{row.Code.ToString(CultureInfo.InvariantCulture)}},"errmsg":"{{row.Errmsg}} rid: 68231586-663e56da-1e04e5eb"}""";
            var (value, error) = await MeetAsync(call, WireRecorder.Http(body), client);

            var told = row.ToldOn(call.Path);
            Assert.True(told.IsRefusal ? error?.Code == told.Code : error is null && value is not null, $"{row.Code}: {error?.Code ?? "no refusal"}");
        }
    }

    [Fact]
    public async Task Call_NobodyListening_WasNotSentAndMayBeRepeated()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = "http://127.0.0.1:" + ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        listener.Stop();
        await using var rig = new WeChatRig(address, ("Client", client));

        Assert.Equal("wechat.unavailable", (await EveryCall.AskAsync(WeChatCall.Code2Session, rig.Client)).Error?.Code);
        Assert.Equal("wechat.busy", (await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client)).Error?.Code);
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_IsInDoubtForAMessageAndTimedOutElsewhere()
    {
        await using var wire = new WireRecorder(async (_, request) =>
        {
            if (!WireRecorder.IsTokenCall(request))
            {
                await Task.Delay(TimeSpan.FromSeconds(30));
            }

            return Encoding.UTF8.GetBytes(WireRecorder.Http("""{"access_token":"T","expires_in":7200}"""));
        });
        await using var rig = new WeChatRig(wire.Address, ("Client", client), ("AttemptTimeoutMilliseconds", "400"), ("CallTimeoutMilliseconds", "1000"));

        Assert.Equal(WeChatDeliveryState.Unknown, ((await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client)).Value as WeChatDelivery)?.State);
        Assert.Single(wire.Requests, r => r.Contains(WeChatCall.SubscribeSend.Path, StringComparison.Ordinal));
        Assert.Equal("wechat.timeout", (await EveryCall.AskAsync(WeChatCall.Templates, rig.Client)).Error?.Code);
    }

    [Fact]
    public async Task Call_LeftByItsCaller_Throws()
    {
        await using var wire = new WireRecorder(async (_, request) =>
        {
            await Task.Delay(WireRecorder.IsTokenCall(request) ? 0 : 30_000);
            return Encoding.UTF8.GetBytes(WireRecorder.Http("""{"access_token":"T","expires_in":7200}"""));
        });
        await using var rig = Rig(wire);
        using var leave = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Client.ListTemplatesAsync(leave.Token));
    }

    /// <summary>A redirect would carry AppSecret and token to wherever it points.</summary>
    [Theory]
    [InlineData("code2session")]
    [InlineData("templates")]
    [InlineData("subscribeSend")]
    public async Task Call_Redirected_GoesNowhere(string name)
    {
        await using var elsewhere = WireRecorder.Scripted("{}");
        var answer = $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}/steal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        await using var wire = WireRecorder.Scripted(Encoding.ASCII.GetBytes(answer));
        await using var rig = Rig(wire);

        Assert.Equal("wechat.bug", (await EveryCall.AskAsync(EveryCall.Named(name), rig.Client)).Error?.Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Call_TokenRefused_IsMadeAgainWithAFreshOne()
    {
        await using var wire = new WireRecorder((n, request) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(WireRecorder.Http(
            WireRecorder.IsTokenCall(request) ? $$"""{"access_token":"TOKEN-{{n}}","expires_in":7200}"""
            : request.Contains("TOKEN-0", StringComparison.Ordinal) ? """{"errcode":40001,"errmsg":"invalid credential"}""" : """{"errcode":0}"""))));
        await using var rig = Rig(wire);

        Assert.Equal(WeChatDeliveryState.Sent, ((await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client)).Value as WeChatDelivery)?.State);

        Assert.Equal(4, wire.Requests.Count);
        Assert.Contains("access_token=TOKEN-2", wire.Requests[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_PageUnknown_IsMadeAgainWithoutIt()
    {
        await using var wire = new WireRecorder((n, request) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(WireRecorder.Http(
            WireRecorder.IsTokenCall(request) ? """{"access_token":"T","expires_in":7200}""" : request.Contains("\"page\"", StringComparison.Ordinal) ? """{"errcode":41030}""" : """{"errcode":0}"""))));
        await using var rig = Rig(wire);

        Assert.Equal(new WeChatDelivery(WeChatDeliveryState.Sent, PageDropped: true), (await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client)).Value);
    }

    [Fact]
    public async Task Calls_Made_LogNothingThatWasSent()
    {
        foreach (var call in WeChatCall.All)
        {
            await using var wire = WireRecorder.Scripted(EveryCall.AnswerTo(call));
            await using var rig = Rig(wire);
            await EveryCall.AskAsync(call, rig.Client);

            string[] secrets = [WeChatRig.AppSecret, "TOKEN-", EveryCall.OpenId, EveryCall.SessionKey, "phone-code", "13800000001", EveryCall.Person.Name, EveryCall.Person.Number];
            Assert.All(secrets, secret => Assert.DoesNotContain(rig.Logged, l => l.Contains(secret, StringComparison.Ordinal)));
        }
    }

    private protected WeChatRig Rig(WireRecorder wire) => new(wire.Address, ("Client", client));

    private protected static async Task<(object? Value, DomainError? Error)> MeetAsync(WeChatCall call, string? answer, string client)
    {
        var bytes = answer is null ? null : Encoding.UTF8.GetBytes(answer);
        await using var wire = call == WeChatCall.StableToken ? new WireRecorder((_, _) => Task.FromResult(bytes)) : WireRecorder.Scripted(bytes);
        await using var rig = new WeChatRig(wire.Address, ("Client", client));
        return await EveryCall.AskAsync(call, rig.Client);
    }
}

public sealed class BuiltInClientTests() : ClientContract("builtin");
