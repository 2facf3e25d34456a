using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>Registers the handlers of what WeChat pushes.</summary>
internal static class PushedEventsSetup
{
    public static WebApplicationBuilder AddPushedEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IWeChatEventHandler, MediaVerdictHandler>();
        builder.Services.AddSingleton<IWeChatEventHandler, SubscriptionAnswerHandler>();
        builder.Services.AddSingleton<IWeChatEventHandler, SubscriptionChangeHandler>();
        builder.Services.AddSingleton<IWeChatEventHandler, MessageDeliveryHandler>();
        builder.Services.AddSingleton<IWeChatEventHandler, RevocationHandler>();
        builder.Services.AddSingleton<IWeChatEventHandler, FaceVerificationHandler>();
        builder.Services.AddSingleton<PushedEvents>();
        return builder;
    }
}
