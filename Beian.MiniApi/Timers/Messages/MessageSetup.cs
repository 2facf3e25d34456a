using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>Registers subscription messages.</summary>
internal static class MessageSetup
{
    public static void AddMessages(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<MessageOptions>().BindConfiguration(MessageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MessageOptions>, MessageOptionsCheck>();
        builder.Services.AddSingleton<MessageMetrics>();
        builder.Services.AddSingleton<MessageTemplates>();
        builder.Services.AddSingleton<MessageDesk>();
        builder.Services.AddSingleton<MessageOutcomes>();
        builder.Services.AddSingleton<MessageSender>();
        builder.Services.AddHostedService<MessageWork>();
    }
}
