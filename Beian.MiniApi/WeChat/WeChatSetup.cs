using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat.Calls;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>Registers the door to WeChat.</summary>
public static class WeChatSetup
{
    /// <summary>An answer of the endpoints in use is far below this; a longer one is not read to its end.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    public static WebApplicationBuilder AddWeChat(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WeChatOptions>().BindConfiguration(WeChatOptions.Section).ValidateDataAnnotations()
            .Validate<IHostEnvironment>((o, environment) => !o.IsSelf || environment.IsDevelopment(), "WeChat:BaseUrl 'self' is the sandbox, which only Development has.")
            .Validate(o => o.Client != WeChatOptions.Skit || HasSkit, "WeChat:Client 'skit' is not in this build: it is built in with 'dotnet build -p:Stack=cluster'.")
            .ValidateOnStart();
        services.AddOptions<WeChatCodeOptions>().BindConfiguration(WeChatCodeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => WeChatErrcodes.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "wechat-errors.json")));
        services.AddMetrics();
        services.TryAddSingleton<IWeChatTokenCache>(s => s.GetRequiredService<ICoordinationState>().IsAlone
            ? new InProcessWeChatTokenCache()
            : ActivatorUtilities.CreateInstance<SharedWeChatTokenCache>(s));
        services.AddSingleton<WeChatMetrics>();
        services.AddSingleton<WeChatTransport>();
        services.AddSingleton<WeChatGateway>();
        services.AddSingleton<LoginExchanges>();
        services.AddSingleton<WeChatTokens>();
        services.AddHostedService<WeChatTokenKeeper>();
        services.AddSingleton<WeChatCaller>();
        services.AddSingleton<SessionCalls>();
        services.AddSingleton<MessageCalls>();
        services.AddSingleton<OcrCalls>();
        services.AddSingleton<ModerationCalls>();
        services.AddSingleton<CodeCalls>();
        services.AddSingleton<FaceCalls>();
        services.AddSingleton<MiniProgramCodes>();
        AddClients(services);
        services.AddHttpClient(WeChatTransport.ClientName, Limit).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<WeChatOptions>>().Value.BaseUrl));
        builder.AddWeChatPush();
        return builder;
    }

#if SKIT
    private const bool HasSkit = true;

    private static void AddClients(IServiceCollection services)
    {
        services.AddSingleton<WeChatClient>();
        services.AddSingleton<Skit.SkitSender>();
        services.AddSingleton<Skit.SkitWeChatClient>();
        services.AddSingleton<IWeChatClient>(s => s.GetRequiredService<IOptions<WeChatOptions>>().Value.Client == WeChatOptions.Skit
            ? s.GetRequiredService<Skit.SkitWeChatClient>()
            : s.GetRequiredService<WeChatClient>());
    }
#else
    private const bool HasSkit = false;

    private static void AddClients(IServiceCollection services) => services.AddSingleton<IWeChatClient, WeChatClient>();
#endif

    /// <summary>Reads the table of error codes.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message names file and row.</exception>
    public static void Read(IServiceProvider services) => services.GetRequiredService<WeChatErrcodes>();

    /// <summary>Time limits are the gateway's.</summary>
    private static void Limit(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
    }
}
