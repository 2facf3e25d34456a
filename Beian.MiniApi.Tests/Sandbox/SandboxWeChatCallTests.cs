using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>The played WeChat behind a token, asked by our own client and by raw requests.</summary>
public sealed class SandboxWeChatCallTests(SandboxWeChatCallTests.Running running) : IClassFixture<SandboxWeChatCallTests.Running>
{
    private readonly TestApp _app = running.App;

    private IWeChatClient Client => _app.Get<IWeChatClient>();

    [Theory]
    [InlineData("GET", "wxa/msg_sec_check", null, "{}", 43002)]
    [InlineData("POST", "wxa/checksession", "good", "{}", 43001)]
    [InlineData("POST", "wxa/msg_sec_check", null, "{}", 41001)]
    [InlineData("POST", "wxa/msg_sec_check", "12_nobody", "{}", 40001)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "", 44002)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "{", 47001)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "{\"content\":\"\\u4e2d\"}", 40033)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "{\"content\":\"a\",\"version\":2,\"scene\":9}", 40129)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "{\"content\":\"a\",\"version\":2,\"scene\":1,\"openid\":\"x\"}", 40003)]
    [InlineData("POST", "wxa/msg_sec_check", "good", "{\"content\":\"a\",\"version\":2,\"scene\":1,\"openid\":\"oNobodyNobodyNobodyNobodyNob\"}", 61010)]
    [InlineData("POST", "wxa/media_check_async", "good", "{\"media_url\":\"a\",\"version\":2,\"media_type\":3}", 40004)]
    [InlineData("POST", "wxa/business/getuserphonenumber", "good", "{}", 47001)]
    [InlineData("POST", "wxa/getwxacodeunlimit", "good", "{\"scene\":\"中\"}", 40129)]
    [InlineData("POST", "wxa/getwxacodeunlimit", "good", "{\"scene\":\"123456789012345678901234567890123\"}", 40169)]
    [InlineData("POST", "wxa/getwxacodeunlimit", "good", "{\"scene\":\"a\",\"page\":\"pages/missing/x\"}", 41030)]
    [InlineData("POST", "wxa/getwxacodeunlimit", "good", "{\"scene\":\"a\",\"width\":100}", 40097)]
    [InlineData("POST", "wxa/generate_urllink", "good", "{\"path\":\"/pages/x\"}", 40165)]
    [InlineData("POST", "wxa/generate_urllink", "good", "{\"query\":\"中\"}", 40212)]
    [InlineData("POST", "wxa/generate_urllink", "good", "{\"env_version\":\"beta\"}", 85402)]
    [InlineData("POST", "wxa/generate_urllink", "good", "{\"expire_type\":1,\"expire_interval\":31}", 85401)]
    [InlineData("POST", "cv/ocr/idcard", "good", "no form", 41005)]
    [InlineData("POST", "cityservice/face/identify/getverifyid", "good", "{}", 84010)]
    [InlineData("POST", "cityservice/face/identify/getverifyid", "good", "{\"out_seq_no\":\"a\"}", 84011)]
    [InlineData("POST", "cityservice/face/identify/getverifyid", "good", "{\"out_seq_no\":\"serial-x\"}", 84012)]
    [InlineData("POST", "cityservice/face/identify/queryverifyinfo", "good", "{}", 84021)]
    public async Task Call_SeveralThingsWrong_NamesTheFirst(string method, string path, string? token, string body, int errcode)
    {
        var good = token == "good" ? (await Client.GetAccessTokenAsync(default)).Value.Value : token;
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/sandbox/wechat/{path}{(good is null ? string.Empty : "?access_token=" + good)}");
        request.Content = method == "POST" ? new StringContent(body, Encoding.UTF8, "application/json") : null;

        var answer = await _app.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, errcode), (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errcode").GetInt32()));
    }

    [Fact]
    public async Task Refusal_OfAWxaCall_HasHintAndRid()
    {
        var answer = await _app.Client.GetFromJsonAsync<JsonElement>("/sandbox/wechat/wxa/checksession");

        Assert.Matches(@"^access_token missing hint: \[[0-9a-f-]+\] rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", answer.GetProperty("errmsg").GetString());
    }

    [Fact]
    public async Task Picture_LongerThanTheGatewayTakes_IsHttp413()
    {
        using var content = new ByteArrayContent(new byte[12 * 1024 * 1024]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _app.Client.PostAsync("/sandbox/wechat/cv/ocr/idcard?access_token=x", content)).StatusCode);
    }

    [Fact]
    public async Task SessionKey_CheckedResetAndCheckedAgain_IsTheNewOneAlone()
    {
        var session = await LogInAsync("keys");

        Assert.Null((await Client.CheckSessionKeyAsync(session.OpenId, session.SessionKey, default)).Error);
        Assert.Equal("wechat.sessionExpired", (await Client.CheckSessionKeyAsync(session.OpenId, "AAAAAAAAAAAAAAAAAAAAAA==", default)).Error?.Code);
        var renewed = (await Client.ResetSessionKeyAsync(session.OpenId, session.SessionKey, default)).Value;
        Assert.Equal("wechat.sessionExpired", (await Client.ResetSessionKeyAsync(session.OpenId, session.SessionKey, default)).Error?.Code);
        Assert.Null((await Client.CheckSessionKeyAsync(session.OpenId, renewed.SessionKey, default)).Error);
        Assert.Equal("wechat.sessionExpired", (await Client.CheckSessionKeyAsync(SandboxLogins.OpenId("wxapp", "never"), session.SessionKey, default)).Error?.Code);
    }

    [Fact]
    public async Task PhoneCode_RedeemedTwice_IsGoodOnce()
    {
        Assert.Equal(new WeChatPhone("13800000001", "13800000001", "86"), (await Client.GetPhoneNumberAsync("sandbox-phone-13800000001", null, default)).Value);
        Assert.Equal("wechat.codeInvalid", (await Client.GetPhoneNumberAsync("sandbox-phone-13800000001", null, default)).Error?.Code);
        Assert.Equal(new WeChatPhone("+85212345678", "12345678", "852"), (await Client.GetPhoneNumberAsync("sandbox-phone-0085212345678", null, default)).Value);
    }

    [Theory]
    [InlineData("sandbox-phone-13800000002-of-lin", "wechat.openidMismatch")]
    [InlineData("sandbox-phone-busy", "wechat.rateLimited")]
    [InlineData("sandbox-phone-down", "wechat.busy")]
    [InlineData("sandbox-phone-foreign", "wechat.config")]
    [InlineData("sandbox-phone-123", "wechat.codeInvalid")]
    [InlineData("sandbox-lin", "wechat.codeInvalid")]
    public async Task PhoneCode_OfAFailure_MeetsIt(string code, string expected)
    {
        var other = SandboxLogins.OpenId("wxapp", "other");

        Assert.Equal(expected, (await Client.GetPhoneNumberAsync(code, other, default)).Error?.Code);
        Assert.Null((await Client.GetPhoneNumberAsync($"sandbox-phone-13800000003-of-other-{code}", other, default)).Error);
    }

    [Theory]
    [InlineData("一家好公司", WeChatSuggestion.Pass, 100)]
    [InlineData("在线赌博", WeChatSuggestion.Risky, 20006)]
    [InlineData("待审示例", WeChatSuggestion.Review, 21000)]
    public async Task Text_ByWords_IsJudged(string text, WeChatSuggestion suggestion, int label)
    {
        var session = await LogInAsync("writer");

        var verdict = (await Client.CheckTextAsync(new WeChatText(text, session.OpenId, WeChatScene.Profile), default)).Value;

        Assert.Equal((suggestion, label), (verdict.Suggestion, verdict.Label));
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{8}){2}$", verdict.TraceId);
        Assert.Equal(WeChatSuggestion.Deferred, (await Client.CheckTextAsync(new WeChatText(text, SandboxLogins.OpenId("wxapp", "away"), WeChatScene.Profile), default)).Value.Suggestion);
    }

    [Fact]
    public async Task CodeAndLink_AreMade()
    {
        var code = (await Client.GetUnlimitedCodeAsync(new WeChatCodeRequest("t=abc", "pages/link/index") { Width = 300 }, default)).Value;
        var link = (await Client.GenerateUrlLinkAsync(new WeChatLinkRequest("pages/filing/index", "id=1", 7), default)).Value;

        Assert.Equal("image/png", code.ContentType);
        Assert.Equal((300, 300), (code.Bytes[18] * 256 + code.Bytes[19], code.Bytes[22] * 256 + code.Bytes[23]));
        Assert.Equal("wxaurl.cn", link.Address.Host);
        Assert.Equal("wechat.page", (await Client.GetUnlimitedCodeAsync(new WeChatCodeRequest("a", "pages/missing/x"), default)).Error?.Code);
        Assert.Equal("wechat.bug", (await Client.GenerateUrlLinkAsync(new WeChatLinkRequest(null, null, 31), default)).Error?.Code);
    }

    [Theory]
    [InlineData("林示例", 10000)]
    [InlineData("林拒", 10004)]
    [InlineData("林待", 10300)]
    public async Task Face_ByName_IsRecognisedOrNot(string name, int result)
    {
        var openId = SandboxLogins.OpenId("wxapp", "face");
        var person = new WeChatFacePerson(name, "110101199003070003");
        var serial = Guid.NewGuid().ToString("N");
        var ticket = (await Client.StartFaceVerificationAsync(new WeChatFaceStart(serial, person, openId), default)).Value;
        var query = new WeChatFaceQuery(ticket.VerifyId, serial, person, openId);

        Assert.Equal(result, (await Client.QueryFaceVerificationAsync(query, default)).Value.VerifyRet);
        Assert.Equal("face.tampered", (await Client.QueryFaceVerificationAsync(query with { Person = person with { Number = "11010119900307002X" } }, default)).Error?.Code);
        Assert.Equal("face.tampered", (await Client.QueryFaceVerificationAsync(query with { OpenId = SandboxLogins.OpenId("wxapp", "x") }, default)).Error?.Code);
        Assert.Equal("face.tampered", (await Client.QueryFaceVerificationAsync(query with { Serial = "another" }, default)).Error?.Code);
        Assert.Equal("face.expired", (await Client.QueryFaceVerificationAsync(query with { VerifyId = "unknown" }, default)).Error?.Code);
        Assert.Equal("wechat.busy", (await Client.StartFaceVerificationAsync(new WeChatFaceStart(serial, person, openId), default)).Error?.Code);

        await _app.Client.PutAsJsonAsync($"/sandbox/wechat-face/{ticket.VerifyId}", new { verifyRet = 10026 });
        Assert.Equal(WeChatFaceClass.Manual, (await Client.QueryFaceVerificationAsync(query, default)).Value.Class);
    }

    [Theory]
    [InlineData("张", "110101199003070003", "face.nameInvalid")]
    [InlineData("张三", "123", "face.idInvalid")]
    public async Task Face_MalformedPerson_IsRefused(string name, string number, string expected) => Assert.Equal(
        expected, (await Client.StartFaceVerificationAsync(new WeChatFaceStart(Guid.NewGuid().ToString("N"), new WeChatFacePerson(name, number), SandboxLogins.OpenId("wxapp", "face")), default)).Error?.Code);

    private async Task<WeChatSession> LogInAsync(string name) => (await Client.Code2SessionAsync($"sandbox-{name}-{Guid.NewGuid():N}", default)).Value;

    /// <summary>One program for all of these tests; each uses names of its own.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = TestApp.Start(
            ("WeChat:AppId", "wxapp"), ("WeChat:AppSecret", "s3"), ("WeChat:BaseUrl", "self"), ("WeChat:AttemptTimeoutMilliseconds", "15000"), ("WeChat:CallTimeoutMilliseconds", "30000"));

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
