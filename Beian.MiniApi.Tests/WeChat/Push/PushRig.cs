using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>The program with message push switched on, and what WeChat would send to it.</summary>
internal sealed class PushRig : IAsyncDisposable
{
    public const string AppId = "wx0123456789abcdef";
    public const string Token = "icpFilingPush2026";
    public const string Key = "k7Qm2ZtXcV9bN4sRfH1jLpWyGdEuAoTiMnBvCxZq0aU";
    public const string OpenId = "oIcpF0TestUser0000000000001A";
    public const string Template = "9Aw5ZV1j9xdWTFEkqCpZ7mIBbSC34khK55OtzUPl0rU";

    private static int _nonces = 1_000_000;

    private readonly MeterBook _counts;

    private PushRig(TestApp app) => (App, _counts) = (app, new MeterBook(app, PushMetrics.MeterName));

    public TestApp App { get; }

    /// <summary>Everything counted so far, such as <c>refused stale 1</c>.</summary>
    public IReadOnlyList<string> Counted => _counts.Counted;

    public string Index => App.Get<BlindIndex>().Of(BlindIndex.OpenId, OpenId);

    public static PushRig Start(params (string Key, string Value)[] settings) => Start(null, _ => { }, settings);

    /// <param name="folder">An existing data folder to go on with; null for a new one.</param>
    /// <param name="services">Handlers of the test.</param>
    /// <param name="settings">Over those of <c>WeChat:Push</c>, without that prefix; <c>AppId</c> is the app's.</param>
    public static PushRig Start(string? folder, Action<IServiceCollection> services, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] defaults = [("AppId", AppId), ("Token", Token), ("EncodingAesKey", Key)];
        return new PushRig(TestApp.Start(
            "Development",
            folder,
            services,
            [.. settings.UnionBy(defaults, s => s.Key).Select(s => (s.Key == "AppId" ? "WeChat:AppId" : "WeChat:Push:" + s.Key, s.Value))]));
    }

    public static string Now(TimeSpan ahead = default) => (DateTimeOffset.UtcNow + ahead).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string NewNonce() => Interlocked.Increment(ref _nonces).ToString(CultureInfo.InvariantCulture);

    /// <summary>An acceptance of one template, as JSON.</summary>
    public static string Accepted(long createTime, string status = "accept") => JsonSerializer.Serialize(new
    {
        ToUserName = "gh_0123456789ab",
        FromUserName = OpenId,
        CreateTime = createTime,
        MsgType = "event",
        Event = "subscribe_msg_popup_event",
        List = new { TemplateId = Template, SubscribeStatusString = status, PopupScene = "0" },
    });

    /// <summary>A verdict, as JSON.</summary>
    public static string Verdict(string traceId, long createTime = 1790000000) => JsonSerializer.Serialize(new
    {
        ToUserName = "gh_0123456789ab",
        FromUserName = OpenId,
        CreateTime = createTime,
        MsgType = "event",
        Event = "wxa_media_check",
        appid = AppId,
        trace_id = traceId,
        version = 2,
        errcode = 0,
        errmsg = "ok",
        result = new { suggest = "risky", label = 20002 },
    });

    /// <summary>Query and body of a secure push.</summary>
    public static (string Query, string Body) Secure(string message, string? timestamp = null, string token = Token, string key = Key, string appId = AppId, bool isXml = false)
    {
        timestamp ??= Now();
        var nonce = NewNonce();
        var encrypted = SandboxPushCrypto.Encrypt(key, appId, message);
        var query = $"signature={SandboxPushCrypto.Sign(token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={OpenId}&encrypt_type=aes"
            + $"&msg_signature={SandboxPushCrypto.Sign(token, timestamp, nonce, encrypted)}";
        var body = isXml
            ? $"<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
            : $$"""{"ToUserName":"gh_0123456789ab","Encrypt":"{{encrypted}}"}""";
        return (query, body);
    }

    /// <summary>Query of a plain push.</summary>
    public static string PlainQuery(string? timestamp = null, string token = Token)
    {
        timestamp ??= Now();
        var nonce = NewNonce();
        return $"signature={SandboxPushCrypto.Sign(token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={OpenId}";
    }

    public Task<HttpResponseMessage> PostAsync((string Query, string Body) push) => PostAsync(push.Query, push.Body);

    public async Task<HttpResponseMessage> PostAsync(string query, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/xml");
        return await App.Client.PostAsync("/wechat/callback?" + query, content);
    }

    /// <summary>Holds an answer to what WeChat wants.</summary>
    public static async Task TakenAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.OK, "success"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Holds an answer to the one refusal, and the counter to its reason.</summary>
    public async Task RefusedAsync(HttpResponseMessage answer, string reason)
    {
        Assert.Equal((HttpStatusCode.Forbidden, string.Empty), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Null(answer.Content.Headers.ContentType);
        Assert.Equal($"refused {reason} 1", Counted.Last(c => c.StartsWith("refused", StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        _counts.Dispose();
        await App.DisposeAsync();
    }
}
