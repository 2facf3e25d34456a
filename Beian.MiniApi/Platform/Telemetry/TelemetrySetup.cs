namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>Registers what the program tells of itself: log lines, metrics, traces.</summary>
public static class TelemetrySetup
{
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        LogLines.Add(builder);
        builder.Services.AddOptions<OtlpOptions>().BindConfiguration(OtlpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<MetricsOptions>().BindConfiguration(MetricsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RequestWatch>();
        if (IsOn(builder.Configuration))
        {
            AddPipes(builder);
        }

        return builder;
    }

    /// <summary>First of all: what comes after it is what is watched.</summary>
    public static WebApplication UseTelemetry(this WebApplication app)
    {
        app.Use(app.Services.GetRequiredService<RequestWatch>().WatchAsync);
        return app;
    }

    private static bool IsOn(ConfigurationManager configuration) =>
        !string.IsNullOrEmpty(configuration[$"{OtlpOptions.Section}:{nameof(OtlpOptions.Endpoint)}"])
        || configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Port)}"] is not (null or "" or "0");

    /// <summary>A method of its own, so that the libraries are not even looked for where it is not called.</summary>
    private static void AddPipes(WebApplicationBuilder builder) => builder.Services.AddHostedService<TelemetryPipes>();
}
