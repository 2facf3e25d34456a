using System.Globalization;
using System.Text;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What each call sends, line by line and byte by byte.</summary>
public sealed class CallWireTests
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>HMAC over nothing with the session key as text.</summary>
    private const string Signature = "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128";

    [Theory]
    [InlineData("checkSession", "GET /wxa/checksession?access_token=TOKEN-0&openid=" + EveryCall.OpenId + "&signature=" + Signature + "&sig_method=hmac_sha256")]
    [InlineData("resetSession", "GET /wxa/resetusersessionkey?access_token=TOKEN-0&openid=" + EveryCall.OpenId + "&signature=" + Signature + "&sig_method=hmac_sha256")]
    [InlineData("templates", "GET /wxaapi/newtmpl/gettemplate?access_token=TOKEN-0")]
    public async Task Call_WithoutABody_SendsItsParametersInTheQueryAndNothingElse(string name, string line)
    {
        await using var wire = WireRecorder.Scripted(EveryCall.AnswerTo(EveryCall.Named(name)));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Null((await EveryCall.AskAsync(EveryCall.Named(name), rig.Client)).Error);

        Assert.Equal($"{line} HTTP/1.1\r\nHost: {Host(wire)}\r\n\r\n", wire.Requests[1]);
    }

    [Theory]
    [InlineData("phoneNumber", "/wxa/business/getuserphonenumber", """{"code":"phone-code","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""")]
    [InlineData("subscribeSend", "/cgi-bin/message/subscribe/send", """{"touser":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","template_id":"TEMPLATE","page":"pages/filing/index?id=1","data":{"thing1":{"value":"示例𠮷站"},"phrase2":{"value":"管局审核"}},"miniprogram_state":"formal","lang":"zh_CN"}""")]
    [InlineData("textCheck", "/wxa/msg_sec_check", """{"content":"一段“文字”","version":2,"scene":1,"openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","title":"题"}""")]
    [InlineData("mediaCheck", "/wxa/media_check_async", """{"media_url":"https://example.cn/a.png?x=1&y=2","media_type":2,"version":2,"scene":3,"openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""")]
    [InlineData("unlimitedCode", "/wxa/getwxacodeunlimit", """{"scene":"t=abc","page":"pages/link/index","check_path":true,"env_version":"release","width":430}""")]
    [InlineData("urlLink", "/wxa/generate_urllink", """{"path":"pages/filing/index","query":"id=1","expire_type":1,"expire_interval":7,"env_version":"release"}""")]
    [InlineData("faceStart", "/cityservice/face/identify/getverifyid", """{"out_seq_no":"serial-1","cert_info":{"cert_type":"IDENTITY_CARD","cert_name":"欧阳·测试","cert_no":"11010119900307002X"},"openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""")]
    [InlineData("faceQuery", "/cityservice/face/identify/queryverifyinfo", """{"verify_id":"V1","out_seq_no":"serial-1","cert_hash":"HASH","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""")]
    public async Task Call_WithJson_SendsItBareWithItsLengthAndTheTokenInTheQueryAlone(string name, string path, string body)
    {
        await using var wire = WireRecorder.Scripted(EveryCall.AnswerTo(EveryCall.Named(name)));
        await using var rig = new WeChatRig(wire.Address);

        await EveryCall.AskAsync(EveryCall.Named(name), rig.Client);

        var sent = body.Replace("HASH", WeChatSignatures.OfCertificate("IDENTITY_CARD", EveryCall.Person.Name, EveryCall.Person.Number), StringComparison.Ordinal);
        var length = Encoding.UTF8.GetByteCount(sent).ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"POST {path}?access_token=TOKEN-0 HTTP/1.1\r\nHost: {Host(wire)}\r\nContent-Type: {Json}\r\nContent-Length: {length}\r\n\r\n{sent}", wire.Requests[1]);
    }

    [Theory]
    [InlineData("idCard", "/cv/ocr/idcard", "____1.jpg")]
    [InlineData("licence", "/cv/ocr/bizlicense", "picture")]
    public async Task Call_WithAPicture_SendsTheFormThatWeChatTakes(string name, string path, string fileName)
    {
        await using var wire = WireRecorder.Scripted(EveryCall.AnswerTo(EveryCall.Named(name)));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Null((await EveryCall.AskAsync(EveryCall.Named(name), rig.Client)).Error);

        var sent = wire.Bytes[1];
        var headEnd = sent.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = Encoding.ASCII.GetString(sent[..headEnd]).Split("\r\n");
        Assert.Equal($"POST {path}?access_token=TOKEN-0&type=photo HTTP/1.1", head[0]);
        Assert.Equal("Host: " + Host(wire), head[1]);
        Assert.Matches("^Content-Type: multipart/form-data; boundary=[A-Za-z0-9]{10,70}$", head[2]);
        Assert.Equal($"Content-Length: {sent.Length - headEnd - 4}", head[3]);
        Assert.Equal(4, head.Length);

        var boundary = head[2].Split('=')[1];
        byte[] form =
        [
            .. Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"img\"; filename=\"{fileName}\"\r\nContent-Type: image/jpeg\r\n\r\n"),
            .. EveryCall.Jpeg,
            .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n"),
        ];
        Assert.Equal(form, sent[(headEnd + 4)..]);
    }

    [Theory]
    [InlineData(WeChatEdition.Trial, "\"miniprogram_state\":\"trial\"", "\"env_version\":\"trial\"")]
    [InlineData(WeChatEdition.Develop, "\"miniprogram_state\":\"developer\"", "\"env_version\":\"develop\"")]
    public async Task Calls_OfAnotherEdition_NameItInTheWordsOfEachEndpoint(WeChatEdition edition, string message, string code)
    {
        await using var wire = WireRecorder.Scripted("""{"errcode":0}""");
        await using var rig = new WeChatRig(wire.Address);

        await rig.Client.SendSubscribeMessageAsync(new WeChatSubscribeMessage(EveryCall.OpenId, "T", null, new Dictionary<string, string>()) { Edition = edition }, default);
        await rig.Client.GetUnlimitedCodeAsync(new WeChatCodeRequest("a", null) { Edition = edition, CheckPath = false, Width = 1_280 }, default);

        Assert.Contains(message, wire.Requests[1], StringComparison.Ordinal);
        Assert.DoesNotContain("\"page\"", wire.Requests[1], StringComparison.Ordinal);
        Assert.Contains($"\"check_path\":false,{code},\"width\":1280", wire.Requests[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_RefusedHere_SendNothing()
    {
        await using var wire = WireRecorder.Scripted("{}");
        await using var rig = new WeChatRig(wire.Address);
        var client = rig.Client;

        Assert.Equal("ocr.imageInvalid", (await client.ReadIdCardAsync(new WeChatPicture(new byte[WeChatPicture.MaxBytes]), default)).Error?.Code);
        Assert.Equal("ocr.imageInvalid", (await client.ReadBusinessLicenceAsync(new WeChatPicture(Array.Empty<byte>()), default)).Error?.Code);
        Assert.Equal("wechat.contentTooLong", (await client.CheckTextAsync(new WeChatText(new string('字', 2_501), EveryCall.OpenId, WeChatScene.Comment), default)).Error?.Code);
        Assert.Equal("wechat.codeInvalid", (await client.GetPhoneNumberAsync(" ", EveryCall.OpenId, default)).Error?.Code);
        Assert.Equal("wechat.codeInvalid", (await client.GetPhoneNumberAsync(new string('a', 257), null, default)).Error?.Code);
        Assert.Empty(wire.Requests);
    }

    private static string Host(WireRecorder wire) => wire.Address["http://".Length..];
}
