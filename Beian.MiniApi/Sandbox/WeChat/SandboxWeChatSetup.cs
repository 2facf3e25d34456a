using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>WeChat as played by this server, under <c>/sandbox/wechat</c>.</summary>
public static class SandboxWeChatSetup
{
    public static WebApplicationBuilder AddSandboxWeChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SandboxWeChatOptions>().BindConfiguration(SandboxWeChatOptions.AppSection).BindConfiguration(SandboxWeChatOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SandboxCredentials>();
        services.AddSingleton<SandboxLogins>();
        services.AddSingleton<SandboxTokenWorlds>();
        builder.AddSandboxPush();
        return builder;
    }

    /// <summary>Does nothing where there is no sandbox.</summary>
    public static IEndpointRouteBuilder MapSandboxWeChat(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/wechat") is { } wechat)
        {
            // Every method is routed: that a method is wrong is answered in WeChat's own way.
            wechat.Map("/sns/jscode2session", SandboxWeChatCalls.Code2Session);
            wechat.Map("/cgi-bin/token", SandboxWeChatCalls.Token);
            wechat.Map("/cgi-bin/stable_token", SandboxWeChatCalls.StableToken);
        }

        routes.MapSandboxPush();
        return routes;
    }
}

/// <summary>The two independent kinds of token.</summary>
internal sealed class SandboxTokenWorlds(TimeProvider time)
{
    /// <summary>Those of <c>stable_token</c>.</summary>
    public SandboxTokens Stable { get; } = new(time);

    /// <summary>Those of <c>token</c>.</summary>
    public SandboxTokens Plain { get; } = new(time);
}
