using Beian.MiniApi.Platform.Uploads;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>WeChat as played by this server, under <c>/sandbox/wechat</c>.</summary>
public static class SandboxWeChatSetup
{
    /// <summary>Where it is played.</summary>
    public const string Prefix = "/sandbox/wechat";

    public static WebApplicationBuilder AddSandboxWeChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SandboxWeChatOptions>().BindConfiguration(SandboxWeChatOptions.AppSection).BindConfiguration(SandboxWeChatOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SandboxCredentials>();
        services.AddSingleton<SandboxLogins>();
        services.AddSingleton<SandboxTokenWorlds>();
        services.AddSingleton<SandboxUsers>();
        services.AddSingleton<SandboxQuotas>();
        services.AddSingleton<SandboxDesk>();
        services.AddSingleton<SandboxPushes>();
        services.AddSingleton<SandboxPhones>();
        services.AddSingleton<SandboxMessages>();
        services.AddSingleton<SandboxOcr>();
        services.AddSingleton<SandboxModeration>();
        services.AddSingleton<SandboxLinks>();
        services.AddSingleton<SandboxFaceVerification>();
        builder.AddSandboxPush();
        return builder;
    }

    /// <summary>Does nothing where there is no sandbox.</summary>
    public static IEndpointRouteBuilder MapSandboxWeChat(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox(Prefix) is { } wechat)
        {
            // Every method is routed: that a method is wrong is answered in WeChat's own way.
            wechat.Map("/sns/jscode2session", SandboxWeChatCalls.Code2Session);
            wechat.Map("/cgi-bin/token", SandboxWeChatCalls.Token);
            wechat.Map("/cgi-bin/stable_token", SandboxWeChatCalls.StableToken);
            wechat.MapTokenCalls();
        }

        routes.MapSandboxControls();
        routes.MapSandboxPush();
        return routes;
    }

    private static void MapTokenCalls(this RouteGroupBuilder wechat)
    {
        wechat.Map("/wxa/checksession", (HttpContext http, SandboxDesk desk, SandboxUsers users) => desk.GetAsync(http, r => users.JudgeSignature(r) ?? SandboxWeChatReply.Done()));
        wechat.Map("/wxa/resetusersessionkey", (HttpContext http, SandboxDesk desk, SandboxUsers users) => desk.GetAsync(http, r => users.JudgeSignature(r) ?? users.Reset(r.Query("openid")!)));
        wechat.Map("/wxaapi/newtmpl/gettemplate", (HttpContext http, SandboxDesk desk) => desk.GetAsync(http, _ => SandboxMessages.Templates()));
        wechat.Map("/cgi-bin/message/subscribe/send", (HttpContext http, SandboxDesk desk, SandboxMessages messages) => desk.PostAsync(http, messages.SendAsync));
        Post<SandboxPhones>(wechat, "/wxa/business/getuserphonenumber", (phones, r) => phones.Redeem(r));
        Post<SandboxModeration>(wechat, "/wxa/msg_sec_check", (moderation, r) => moderation.Text(r));
        Post<SandboxModeration>(wechat, "/wxa/media_check_async", (moderation, r) => moderation.Media(r));
        Post<SandboxLinks>(wechat, "/wxa/getwxacodeunlimit", (_, r) => SandboxLinks.Code(r));
        Post<SandboxLinks>(wechat, "/wxa/generate_urllink", (links, r) => links.UrlLink(r));
        Post<SandboxFaceVerification>(wechat, "/cityservice/face/identify/getverifyid", (faces, r) => faces.Start(r));
        Post<SandboxFaceVerification>(wechat, "/cityservice/face/identify/queryverifyinfo", (faces, r) => faces.Query(r));
        wechat.Map("/cv/ocr/idcard", (HttpContext http, SandboxDesk desk, SandboxOcr ocr) => desk.UploadAsync(http, ocr.IdCard)).WithBodyLimit(SandboxDesk.MaxBodyBytes);
        wechat.Map("/cv/ocr/bizlicense", (HttpContext http, SandboxDesk desk, SandboxOcr ocr) => desk.UploadAsync(http, ocr.Licence)).WithBodyLimit(SandboxDesk.MaxBodyBytes);
    }

    /// <summary>A call whose body is JSON, answered by <typeparamref name="T"/>.</summary>
    private static void Post<T>(RouteGroupBuilder wechat, string path, Func<T, SandboxRequest, SandboxWeChatReply> act)
        where T : notnull => wechat.Map(path, (HttpContext http, SandboxDesk desk) =>
        {
            var part = http.RequestServices.GetRequiredService<T>();
            return desk.PostAsync(http, r => ValueTask.FromResult(act(part, r)));
        });
}

/// <summary>The two independent kinds of token.</summary>
internal sealed class SandboxTokenWorlds(TimeProvider time)
{
    /// <summary>Those of <c>stable_token</c>.</summary>
    public SandboxTokens Stable { get; } = new(time);

    /// <summary>Those of <c>token</c>.</summary>
    public SandboxTokens Plain { get; } = new(time);
}
