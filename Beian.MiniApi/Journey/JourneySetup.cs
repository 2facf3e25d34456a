using Beian.MiniApi.Checks;

namespace Beian.MiniApi.Journey;

/// <summary>Registers what the stops of the journey share.</summary>
public static class JourneySetup
{
    public static WebApplicationBuilder AddJourney(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PolicyOptions>().BindConfiguration(PolicyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<InUseAnswers>();
        builder.Services.AddSingleton<SiteChecks>();
        builder.Services.AddSingleton<ContactChecks>();
        builder.Services.AddSingleton<TextChecks>();
        builder.Services.AddSingleton<FilingChecks>();
        builder.Services.AddSingleton<CheckRuns>();
        builder.Services.AddSingleton<CheckBell>();
        builder.Services.AddSingleton<RuleContexts>();
        builder.Services.AddSingleton<FaceCheckStarts>();
        builder.Services.AddSingleton<FaceCheckPictures>();
        builder.Services.AddSingleton<FaceCheckReading>();
        builder.Services.AddSingleton<FaceCheckWatch>();
        builder.Services.AddSingleton<PaperBell>();
        builder.Services.AddSingleton<PaperWorking>();
        builder.Services.AddSingleton<ResumableUploads>();
        builder.Services.AddSingleton<PaperCopies>();
        builder.Services.AddSingleton<FilingViews>();
        builder.Services.AddSingleton<CheckViews>();
        builder.Services.AddScoped<FilingDesk>();
        builder.Services.AddScoped<MaterialKeeping>();
        return builder;
    }
}
