using System.Diagnostics.Metrics;
using System.Text;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What the answers of each call come to, the hostile ones included.</summary>
public sealed class CallAnswerTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Theory]
    [MemberData(nameof(EveryCall.Names), MemberType = typeof(EveryCall))]
    public async Task Call_HostileAnswer_IsARefusalAndNothingElse(string name)
    {
        string[] bodies =
        [
            "<html>", "", "\"\"", "{\"errcode\":0,\"op", "[]", "null", "{\"errcode\":{}}", "{\"errcode\":1e99}", "{\"errcode\":0.5}", "{\"errcode\":\"0x1\"}", string.Concat(Enumerable.Repeat("[", 5_000)), "{\"a\":" + new string('9', 1_200_000) + "}", "\u0000",
        ];
        var call = EveryCall.Named(name);
        foreach (var body in bodies)
        {
            var answer = Encoding.UTF8.GetBytes(WireRecorder.Http(body, "text/html"));
            await using var wire = call == WeChatCall.StableToken ? new WireRecorder((_, _) => Task.FromResult<byte[]?>(answer)) : WireRecorder.Scripted(answer);
            await using var rig = new WeChatRig(wire.Address, ("CallTimeoutMilliseconds", "60"), ("AttemptTimeoutMilliseconds", "5000"), ("PictureCallTimeoutMilliseconds", "60"));
            var (value, error) = await EveryCall.AskAsync(call, rig.Client);

            Assert.True(value is WeChatDelivery { State: WeChatDeliveryState.Unknown } || error?.Code is "wechat.busy" or "wechat.unavailable" or "wechat.timeout", $"{body[..Math.Min(20, body.Length)]} came to {error?.Code}");
        }
    }

    /// <summary>Members of the wrong type, or absent.</summary>
    [Theory]
    [InlineData("resetSession", """{"openid":"oAAAAAAAAAAAAAAAAAAAAAAAAAAA","session_key":"k"}""")]
    [InlineData("phoneNumber", """{"phone_info":"13800000001"}""")]
    [InlineData("phoneNumber", """{"phone_info":{"phoneNumber":13800000001,"purePhoneNumber":"1","countryCode":"86"}}""")]
    [InlineData("templates", """{"data":{}}""")]
    [InlineData("templates", """{"data":[{"priTmplId":"T","content":"","type":9}]}""")]
    [InlineData("idCard", """{"name":"林示例"}""")]
    [InlineData("idCard", """{"type":"Side"}""")]
    [InlineData("textCheck", """{"result":{"suggest":"maybe","label":100}}""")]
    [InlineData("textCheck", """{"result":[]}""")]
    [InlineData("mediaCheck", "{}")]
    [InlineData("unlimitedCode", "{}")]
    [InlineData("urlLink", """{"url_link":"javascript:alert(1)"}""")]
    [InlineData("faceStart", """{"verify_id":"V","expires_in":-1}""")]
    [InlineData("faceQuery", """{"verify_ret":"ten thousand"}""")]
    public async Task Call_AnswerWithoutWhatItPromises_IsUnreadable(string name, string body)
    {
        await using var wire = WireRecorder.Scripted(body);
        await using var rig = new WeChatRig(wire.Address);

        Assert.Equal("wechat.busy", (await EveryCall.AskAsync(EveryCall.Named(name), rig.Client)).Error?.Code);
    }

    /// <summary>A gateway that gave up waiting had passed the message on; one that could not reach WeChat had not.</summary>
    [Theory]
    [InlineData("504 Gateway Timeout", true)]
    [InlineData("502 Bad Gateway", false)]
    [InlineData("503 Service Unavailable", false)]
    public async Task SendSubscribeMessage_GatewayFault_IsInDoubtOnlyWhereItMayHaveBeenTaken(string status, bool inDoubt)
    {
        await using var wire = WireRecorder.Scripted("<html></html>", "text/html", status);
        await using var rig = new WeChatRig(wire.Address);

        var (value, error) = await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client);

        Assert.Equal((inDoubt, !inDoubt), (value is WeChatDelivery { State: WeChatDeliveryState.Unknown }, error?.Code == "wechat.busy"));
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Calls_AnsweredWithTheirSamples_HaveTheirValues()
    {
        Assert.IsType<WeChatAck>(await ValueAsync(WeChatCall.CheckSession));
        Assert.Equal(new WeChatSession(EveryCall.OpenId, EveryCall.SessionKey, null), await ValueAsync(WeChatCall.Code2Session));
        Assert.Equal(new WeChatSession(EveryCall.OpenId, "new", null), await ValueAsync(WeChatCall.ResetSession));
        Assert.Equal(new WeChatDelivery(WeChatDeliveryState.Sent, PageDropped: false), await ValueAsync(WeChatCall.SubscribeSend));
        Assert.Equal(new WeChatMediaJob("60f96f1d-3845297a-1976a3ae"), await ValueAsync(WeChatCall.MediaCheck));
        Assert.Equal(new WeChatLink(new Uri("https://wxaurl.cn/abc")), await ValueAsync(WeChatCall.UrlLink));
        Assert.Equal(new WeChatFaceTicket("V1", TimeSpan.FromHours(1)), await ValueAsync(WeChatCall.FaceStart));
        Assert.Equal((10_000, WeChatFaceClass.Passed), (await ValueAsync(WeChatCall.FaceQuery)) is WeChatFaceResult r ? (r.VerifyRet, r.Class) : default);
    }

    [Fact]
    public async Task GetPhoneNumber_CountryCodeAsNumber_IsTheNumber()
    {
        Assert.Equal(new WeChatPhone("13800000001", "13800000001", "86"), await ValueAsync(WeChatCall.PhoneNumber));
        Assert.DoesNotContain("138", (await ValueAsync(WeChatCall.PhoneNumber)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetPhoneNumber_WatermarkOfAnotherAppid_IsRefused() =>
        Assert.Equal("wechat.config", await CodeAsync(WeChatCall.PhoneNumber, EveryCall.AnswerTo(WeChatCall.PhoneNumber).Replace(WeChatRig.AppId, "wxffffffffffffffff", StringComparison.Ordinal)));

    [Fact]
    public async Task ListTemplates_Sample_HasKeysAndChoices()
    {
        var template = Assert.Single(((WeChatTemplates)await ValueAsync(WeChatCall.Templates)).Items);

        Assert.Equal(("T1", "备案进度通知", WeChatTemplateKind.OneTime), (template.Id, template.Title, template.Kind));
        Assert.Equal(["thing1", "enum_string2"], template.Keys);
        Assert.Equal(["审核", "完成"], template.Choices["enum_string2"]);
    }

    [Fact]
    public async Task ReadIdCard_Front_HasItsFields() => Assert.Equal(
        new WeChatIdCard(WeChatCardSide.Front, "林示例", "110101199003070003", "北京市", "女", "汉", null, null, false), await ValueAsync(WeChatCall.IdCard));

    [Theory]
    [InlineData("20070105-20270105", "2007-01-05", "2027-01-05", false)]
    [InlineData("20070105-长期", "2007-01-05", null, true)]
    [InlineData("2007.01.05-20271305", null, null, false)]
    [InlineData("", null, null, false)]
    public async Task ReadIdCard_Back_HasItsDates(string printed, string? from, string? to, bool isLongTerm)
    {
        var card = (WeChatIdCard)await ValueAsync(WeChatCall.IdCard, $$"""{"errcode":0,"type":"Back","valid_date":"{{printed}}"}""");

        Assert.Equal((WeChatCardSide.Back, from, to, isLongTerm), (card.Side, card.ValidFrom?.ToString("O"), card.ValidTo?.ToString("O"), card.IsLongTerm));
    }

    [Fact]
    public async Task ReadBusinessLicence_SomeFields_LeavesTheOthersNull()
    {
        var licence = (WeChatLicence)await ValueAsync(WeChatCall.Licence);

        Assert.Equal(("91110105MA0000007L", "星河示例科技（北京）有限公司", null), (licence.Number, licence.Name, licence.LegalRepresentative));
    }

    [Fact]
    public async Task CheckText_Sample_IsAVerdict() =>
        Assert.Equal(new WeChatVerdict(WeChatSuggestion.Risky, 20001, "60ae120f-371d5872-7941a05b"), await ValueAsync(WeChatCall.TextCheck));

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/json; encoding=utf-8")]
    public async Task GetUnlimitedCode_PictureOrError_IsToldByItsBytes(string contentType)
    {
        await using var picture = WireRecorder.Scripted([.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {Png.Length}\r\nConnection: close\r\n\r\n"), .. Png]);
        await using var rig = new WeChatRig(picture.Address);
        var code = (WeChatCodeImage)(await EveryCall.AskAsync(WeChatCall.UnlimitedCode, rig.Client)).Value!;

        Assert.Equal("image/png", code.ContentType);
        Assert.Equal(Png, code.Bytes);
        Assert.Equal("wechat.bug", await CodeAsync(WeChatCall.UnlimitedCode, """{"errcode":40097,"errmsg":"invalid args"}"""));
    }

    [Fact]
    public async Task Calls_OfEveryEndpoint_LogNothingThatWasSentOrCame()
    {
        string[] secrets =
        [
            WeChatRig.AppSecret, "TOKEN-", EveryCall.OpenId, EveryCall.SessionKey, "phone-code", "13800000001", "示例𠮷站", "林示例", "110101199003070003", EveryCall.Person.Name,
            EveryCall.Person.Number, "一段", "V1", "wxaurl",
        ];
        foreach (var call in WeChatCall.All)
        {
            foreach (var body in (string[])[EveryCall.AnswerTo(call), """{"errcode":987654,"errmsg":"TOKEN-0 13800000001"}""", "<html>"])
            {
                await using var wire = WireRecorder.Scripted(body);
                await using var rig = new WeChatRig(wire.Address, ("CallTimeoutMilliseconds", "300"), ("PictureCallTimeoutMilliseconds", "300"));
                var (value, error) = await EveryCall.AskAsync(call, rig.Client);

                var said = string.Join('\n', rig.Logged) + (value is WeChatVerdict or WeChatDelivery or WeChatTemplates ? string.Empty : value) + error;
                Assert.All(secrets, s => Assert.DoesNotContain(s, said, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Calls_AreCountedByEndpointAndErrcode()
    {
        await using var wire = WireRecorder.Scripted("""{"errcode":101001}""");
        await using var rig = new WeChatRig(wire.Address);
        var counted = new List<string>();
        using var listener = new MeterListener();
        var meters = rig.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == WeChatMetrics.MeterName && instrument.Meter.Scope == meters)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => counted.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}");
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => Note(i, tags));
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => Note(i, tags));
        listener.Start();

        await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client);

        Assert.Equal(
            [
                "beian.wechat.attempt.duration cgi-bin/stable_token 0", "beian.wechat.attempt.duration cv/ocr/idcard 101001", "beian.wechat.attempts cgi-bin/stable_token 0",
                "beian.wechat.attempts cv/ocr/idcard 101001", "beian.wechat.token.refreshes False",
            ],
            counted.Order(StringComparer.Ordinal));
    }

    private static async Task<object> ValueAsync(WeChatCall call, string? body = null)
    {
        await using var wire = WireRecorder.Scripted(body ?? EveryCall.AnswerTo(call));
        await using var rig = new WeChatRig(wire.Address);
        return (await EveryCall.AskAsync(call, rig.Client)).Value!;
    }

    private static async Task<string?> CodeAsync(WeChatCall call, string body)
    {
        await using var wire = WireRecorder.Scripted(body);
        await using var rig = new WeChatRig(wire.Address);
        return (await EveryCall.AskAsync(call, rig.Client)).Error?.Code;
    }
}
