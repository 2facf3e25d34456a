namespace Beian.MiniApi.Timers.Notify;

/// <summary>Registers messages by text message, mail and webhook.</summary>
internal static class NotifySetup
{
    public static void AddNotify(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<NotifyOptions>().BindConfiguration(NotifyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<DeliveryMetrics>();
        builder.Services.AddSingleton<DeliveryChannels>();
        builder.Services.AddSingleton<DeliveryWords>();
        builder.Services.AddSingleton<DeliveryDesk>();
        builder.Services.AddSingleton<DeliveryOutcomes>();
        builder.Services.AddSingleton<DeliverySender>();
        builder.Services.AddHostedService<DeliveryWork>();
    }
}
