using Beian.MiniApi.Timers.Messages;
using Beian.MiniApi.Timers.Notify;
using Beian.MiniApi.Timers.Push;

namespace Beian.MiniApi.Timers;

/// <summary>Registers what happens by itself.</summary>
public static class TimersSetup
{
    public static WebApplicationBuilder AddTimers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ResourceEnds>();
        builder.Services.AddSingleton<DueTimers>();
        builder.Services.AddSingleton<Outbox>();
        builder.AddPushedEvents();
        builder.AddMessages();
        builder.AddNotify();
        builder.Services.AddHostedService<BackgroundWork>();
        builder.Services.AddHostedService<PendingChecks>();
        builder.Services.AddHostedService<FaceCheckWork>();
        builder.Services.AddHostedService<PaperWorker>();
        builder.Services.AddHostedService<UploadPruning>();
        return builder;
    }
}
