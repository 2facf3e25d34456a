using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>One call of each endpoint, with made-up input, and an answer that satisfies it.</summary>
internal static class EveryCall
{
    public const string OpenId = "oGZUI0egBJY1zhBYw2KhdUfwVJJE";
    public const string SessionKey = "o0q0otL8aEzpcZL/FT9WsQ==";

    /// <summary>The beginning of a JPEG and bytes that are no text.</summary>
    public static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0x00, 0x0D, 0x0A, 0x2D, 0x2D, 0xFE, 0xFF, 0x80];

    public static readonly WeChatFacePerson Person = new("欧阳·测试", "11010119900307002X");

    private static readonly Dictionary<WeChatCall, (Func<IWeChatClient, Task<(object?, DomainError?)>> Ask, string Answer)> Table = new()
    {
        [WeChatCall.Code2Session] = (c => Of(c.Code2SessionAsync("code", default)), $$"""{"openid":"{{OpenId}}","session_key":"{{SessionKey}}"}"""),
        [WeChatCall.StableToken] = (c => Of(c.GetAccessTokenAsync(default)), """{"access_token":"ACCESS_TOKEN","expires_in":7200}"""),
        [WeChatCall.CheckSession] = (c => Of(c.CheckSessionKeyAsync(OpenId, SessionKey, default)), """{"errcode":0,"errmsg":"ok"}"""),
        [WeChatCall.ResetSession] = (c => Of(c.ResetSessionKeyAsync(OpenId, SessionKey, default)), $$"""{"errcode":0,"errmsg":"ok","openid":"{{OpenId}}","session_key":"new"}"""),
        [WeChatCall.PhoneNumber] = (
            c => Of(c.GetPhoneNumberAsync("phone-code", OpenId, default)),
            $$$$"""{"errcode":0,"phone_info":{"phoneNumber":"13800000001","purePhoneNumber":"13800000001","countryCode":86,"watermark":{"timestamp":1637744274,"appid":"{{{{WeChatRig.AppId}}}}"}}}"""),
        [WeChatCall.SubscribeSend] = (
            c => Of(c.SendSubscribeMessageAsync(new WeChatSubscribeMessage(OpenId, "TEMPLATE", "pages/filing/index?id=1", new Dictionary<string, string> { ["thing1"] = "示例𠮷站", ["phrase2"] = "管局审核" }), default)),
            """{"errcode":0,"errmsg":"ok"}"""),
        [WeChatCall.Templates] = (
            c => Of(c.ListTemplatesAsync(default)),
            """{"errcode":0,"errmsg":"ok","data":[{"priTmplId":"T1","title":"备案进度通知","content":"对象:{{thing1.DATA}}\n状态:{{enum_string2.DATA}}\n","example":"","type":2,"keywordEnumValueList":[{"keywordCode":"enum_string2.DATA","enumValueList":["审核","完成"]}]}]}"""),
        [WeChatCall.IdCard] = (
            c => Of(c.ReadIdCardAsync(new WeChatPicture(Jpeg, "身份证 1.jpg"), default)),
            """{"errcode":"0","errmsg":"ok","type":"Front","name":"林示例","id":"110101199003070003","addr":"北京市","gender":"女","nationality":"汉"}"""),
        [WeChatCall.Licence] = (c => Of(c.ReadBusinessLicenceAsync(new WeChatPicture(Jpeg), default)), """{"errcode":0,"reg_num":"91110105MA0000007L","enterprise_name":"星河示例科技（北京）有限公司"}"""),
        [WeChatCall.TextCheck] = (
            c => Of(c.CheckTextAsync(new WeChatText("一段“文字”", OpenId, WeChatScene.Profile) { Title = "题" }, default)),
            """{"errcode":0,"result":{"suggest":"risky","label":20001},"detail":[],"trace_id":"60ae120f-371d5872-7941a05b"}"""),
        [WeChatCall.MediaCheck] = (
            c => Of(c.CheckMediaAsync(new WeChatMedia(new Uri("https://example.cn/a.png?x=1&y=2"), WeChatMediaKind.Image, OpenId, WeChatScene.Forum), default)),
            """{"errcode":0,"errmsg":"ok","trace_id":"60f96f1d-3845297a-1976a3ae"}"""),
        [WeChatCall.UnlimitedCode] = (c => Of(c.GetUnlimitedCodeAsync(new WeChatCodeRequest("t=abc", "pages/link/index"), default)), """{"errcode":40097,"errmsg":"invalid args"}"""),
        [WeChatCall.UrlLink] = (c => Of(c.GenerateUrlLinkAsync(new WeChatLinkRequest("pages/filing/index", "id=1", 7), default)), """{"errcode":0,"errmsg":"ok","url_link":"https://wxaurl.cn/abc"}"""),
        [WeChatCall.FaceStart] = (c => Of(c.StartFaceVerificationAsync(new WeChatFaceStart("serial-1", Person, OpenId), default)), """{"errcode":0,"errmsg":"ok","verify_id":"V1","expires_in":3600}"""),
        [WeChatCall.FaceQuery] = (c => Of(c.QueryFaceVerificationAsync(new WeChatFaceQuery("V1", "serial-1", Person, OpenId), default)), """{"errcode":0,"errmsg":"ok","verify_ret":10000}"""),
    };

    public static Task<(object? Value, DomainError? Error)> AskAsync(WeChatCall call, IWeChatClient client) => Table[call].Ask(client);

    public static string AnswerTo(WeChatCall call) => Table[call].Answer;

    public static WeChatCall Named(string name) => WeChatCall.All.Single(c => c.Name == name);

    public static TheoryData<string> Names() => [.. WeChatCall.All.Select(c => c.Name)];

    private static async Task<(object?, DomainError?)> Of<T>(Task<Result<T>> asked)
        where T : class
    {
        var answer = await asked;
        return answer.Error is { } error ? (null, error) : (answer.Value, null);
    }
}
