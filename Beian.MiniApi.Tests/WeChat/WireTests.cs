using System.Text;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What goes over the wire, byte for byte.</summary>
public sealed class WireTests
{
    private const string Session = """{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""";
    private const string Token = """{"access_token":"ACCESS_TOKEN","expires_in":7200}""";

    [Fact]
    public async Task Code2Session_AnyCode_SendsTheDocumentedParametersInTheQuery()
    {
        await using var wire = new WireRecorder(WireRecorder.Http(Session, "text/plain"));
        await using var rig = new WeChatRig(wire.Address);

        await rig.Client.Code2SessionAsync("0a+b/c&d=%", default);

        var lines = Assert.Single(wire.Requests).Split("\r\n");
        Assert.Equal($"GET /sns/jscode2session?appid={WeChatRig.AppId}&secret={WeChatRig.AppSecret}&js_code=0a%2Bb%2Fc%26d%3D%25&grant_type=authorization_code HTTP/1.1", lines[0]);
        Assert.Equal(["Host: " + wire.Address["http://".Length..], string.Empty, string.Empty], lines[1..]);
    }

    [Fact]
    public async Task GetAccessToken_WithChineseSettings_SendsBareUtf8WithItsLength()
    {
        await using var wire = new WireRecorder(WireRecorder.Http(Token));
        await using var rig = new WeChatRig(wire.Address + "/", ("AppSecret", "密钥+𠮷"));

        await rig.Client.GetAccessTokenAsync(default);

        var request = Assert.Single(wire.Requests);
        var body = $$"""{"grant_type":"client_credential","appid":"{{WeChatRig.AppId}}","secret":"密钥+𠮷","force_refresh":false}""";
        Assert.StartsWith("POST /cgi-bin/stable_token HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, request, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", request, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Serialize_ControlCharactersAndBackslashes_StaysJson()
    {
        var json = Encoding.UTF8.GetString(WeChatJson.Serialize(new { Text = "a\u0001\\u4e2d\"\n\u2028😀" }));

        Assert.Equal("{\"text\":\"a\\u0001\\\\u4e2d\\\"\\n\u2028😀\"}", json);
    }

    [Fact]
    public async Task Code2Session_AnsweredWithARedirect_DoesNotCarryTheSecretThere()
    {
        await using var elsewhere = new WireRecorder(WireRecorder.Http(Session));
        await using var wire = new WireRecorder($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var rig = new WeChatRig(wire.Address);

        var refused = await rig.Client.Code2SessionAsync("code", default);

        Assert.Equal("wechat.bug", refused.Error?.Code);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Calls_OfEveryOutcome_LogNoSecret()
    {
        const string code = "one-login-code-of-this-test";
        string?[] answers =
        [
            WireRecorder.Http($$"""{"errcode":40125,"errmsg":"invalid appsecret {{WeChatRig.AppSecret}} {{code}}, rid: 6129ee10-272863a4-64d75414"}"""),
            WireRecorder.Http("{"), WireRecorder.Http(string.Empty, status: "502 Bad Gateway"), null, WireRecorder.Http(Session), WireRecorder.Http(Token),
        ];
        await using var wire = new WireRecorder(answers);
        await using var rig = new WeChatRig(wire.Address);
        for (var i = 0; i < 5; i++)
        {
            var answer = await rig.Client.Code2SessionAsync(code, default);
            Assert.DoesNotContain("tiihtNczf5v6AKRyjwEUhQ==", $"{(answer.Error is null ? answer.Value : null)}", StringComparison.Ordinal);
        }

        var token = await rig.Client.GetAccessTokenAsync(default);

        Assert.Equal(nameof(WeChatToken), token.Value.ToString());
        Assert.Contains(rig.Logged, l => l.Contains("OperatorAlert", StringComparison.Ordinal) && l.Contains("40125", StringComparison.Ordinal) && l.Contains("6129ee10-272863a4-64d75414", StringComparison.Ordinal));
        string[] secrets = [WeChatRig.AppSecret, code, "tiihtNczf5v6AKRyjwEUhQ==", "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "ACCESS_TOKEN"];
        Assert.DoesNotContain(rig.Logged, l => l.Contains("HTTP request", StringComparison.Ordinal));
        Assert.All(rig.Logged, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.Ordinal)));
    }
}
