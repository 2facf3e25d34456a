using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>Subscription messages of the played WeChat, sent by our own client.</summary>
public sealed class SandboxMessageTests(SandboxWeChatCallTests.Running running) : IClassFixture<SandboxWeChatCallTests.Running>
{
    private const string Template = "sandboxTemplateProgress00000000000000000000";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["thing1"] = "示例科技官网",
        ["phrase2"] = "管局审核",
        ["time3"] = "2026年11月21日 10:30",
        ["character_string4"] = "ICP20261121000042",
        ["thing5"] = "预计1至20个工作日",
    };

    private readonly TestApp _app = running.App;

    private IWeChatClient Client => _app.Get<IWeChatClient>();

    [Fact]
    public async Task Message_WithoutAndWithAPermission_IsSentOnceForEach()
    {
        var openId = SandboxLogins.OpenId("wxapp", "reader");
        var message = new WeChatSubscribeMessage(openId, Template, "pages/filing/index", Values);
        Assert.Equal(WeChatDeliveryState.NoPermission, (await Client.SendSubscribeMessageAsync(message, default)).Value.State);

        await AnswerAsync("reader", accept: true);
        await AnswerAsync("reader", accept: true);
        Assert.Equal(WeChatDeliveryState.Sent, (await Client.SendSubscribeMessageAsync(message, default)).Value.State);
        Assert.True((await Client.SendSubscribeMessageAsync(message with { Page = "pages/missing/x" }, default)).Value.PageDropped);
        Assert.Equal(WeChatDeliveryState.NoPermission, (await Client.SendSubscribeMessageAsync(message, default)).Value.State);

        await AnswerAsync("reader", accept: true);
        await AnswerAsync("reader", accept: false);
        Assert.Equal(WeChatDeliveryState.NoPermission, (await Client.SendSubscribeMessageAsync(message, default)).Value.State);
        var sent = (await _app.Client.GetFromJsonAsync<JsonElement>("/sandbox/subscriptions")).GetProperty("items").EnumerateArray().Where(i => i.GetProperty("openId").GetString() == openId).ToList();
        Assert.Equal(["pages/filing/index", null], sent.Select(i => i.GetProperty("page").GetString()));
        Assert.Equal("管局审核", sent[0].GetProperty("data").GetProperty("phrase2").GetString());
    }

    [Theory]
    [InlineData("thing1", "", "wechat.templateValue")]
    [InlineData("thing1", "一二三四五六七八九十一二三四五六七八九十一", "wechat.templateValue")]
    [InlineData("thing1", "两\n行", "wechat.templateValue")]
    [InlineData("phrase2", "六个字的短语", "wechat.templateValue")]
    [InlineData("phrase2", "abc", "wechat.templateValue")]
    [InlineData("time3", "25:00", "wechat.templateValue")]
    [InlineData("character_string4", "有中文", "wechat.templateValue")]
    public async Task Message_ValueAgainstItsRule_IsRefused(string key, string value, string expected)
    {
        var data = new Dictionary<string, string>(Values) { [key] = value };

        Assert.Equal(expected, (await Client.SendSubscribeMessageAsync(new WeChatSubscribeMessage(SandboxLogins.OpenId("wxapp", "strict"), Template, null, data), default)).Error?.Code);
    }

    [Fact]
    public async Task Message_OfAnUnknownTemplateOrUser_IsRefused()
    {
        var message = new WeChatSubscribeMessage(SandboxLogins.OpenId("wxapp", "x"), new string('T', 43), null, Values);

        Assert.Equal("wechat.template", (await Client.SendSubscribeMessageAsync(message, default)).Error?.Code);
        Assert.Equal("wechat.openidMismatch", (await Client.SendSubscribeMessageAsync(message with { OpenId = "nobody" }, default)).Error?.Code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _app.Client.PostAsJsonAsync("/sandbox/subscriptions", new { user = "x", templateId = "T", accept = true })).StatusCode);
    }

    [Fact]
    public async Task Messages_TwoAtOnceToOneUser_OneIsTooMany()
    {
        var token = (await Client.GetAccessTokenAsync(default)).Value.Value;
        var body = JsonSerializer.Serialize(new { touser = SandboxLogins.OpenId("wxapp", "crowd"), template_id = Template, data = new { } });

        var errcodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await _app.Client.PostAsync("/sandbox/wechat/cgi-bin/message/subscribe/send?access_token=" + token, content);
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errcode").GetInt32();
        }));

        Assert.Contains(43108, errcodes);
        Assert.Contains(47003, errcodes);
    }

    [Fact]
    public async Task Templates_AreThoseOfTheGuide()
    {
        var templates = (await Client.ListTemplatesAsync(default)).Value.Items;

        Assert.Equal(3, templates.Count);
        Assert.All(templates, t => Assert.Equal(43, t.Id.Length));
        Assert.Equal(Values.Keys, templates.Single(t => t.Id == Template).Keys);
    }

    private async Task AnswerAsync(string user, bool accept) =>
        Assert.Equal(HttpStatusCode.OK, (await _app.Client.PostAsJsonAsync("/sandbox/subscriptions", new { user, templateId = Template, accept })).StatusCode);
}
