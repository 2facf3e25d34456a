using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform;

/// <summary>How the program ends when it is told to.</summary>
public sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>Seconds from SIGTERM during which the program says at <c>/health/ready</c> that it is about to stop and serves on, so that whoever sends requests here sends them elsewhere first. Default 0, for one instance; behind a proxy more than it needs to notice, such as 15. Running requests have 30 s more.</summary>
    [Range(0, 300, ErrorMessage = "Shutdown:DrainSeconds must be from 0 to 300.")]
    public int DrainSeconds { get; set; }
}

/// <summary>The time between being told to stop and stopping.</summary>
public sealed partial class Draining(IOptions<ShutdownOptions> options, IHostApplicationLifetime lifetime, ILogger<Draining> log)
{
    private int _asked;

    /// <summary>True from the moment the program was told to stop.</summary>
    public bool IsOn => _asked > 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Called for every signal: the first begins to drain, the second stops at once.</summary>
    internal void Begin()
    {
        if (Interlocked.Increment(ref _asked) == 1 && options.Value.DrainSeconds > 0)
        {
            Begun(log, options.Value.DrainSeconds);
            _ = StopLaterAsync();
        }
        else
        {
            lifetime.StopApplication();
        }
    }

    private async Task StopLaterAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(options.Value.DrainSeconds), lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Told to stop: not ready any more, serving on for {Seconds} s")]
    private static partial void Begun(ILogger log, int seconds);
}

/// <summary>Registers <see cref="Draining"/>.</summary>
internal static class DrainingSetup
{
    public static void AddDraining(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Draining>();
        if (builder.Configuration[$"{ShutdownOptions.Section}:{nameof(ShutdownOptions.DrainSeconds)}"] is not (null or "" or "0"))
        {
            // The framework's own lifetime, which hears the signals; what it asks to stop is not the program yet.
            builder.Services.AddSingleton<IHostLifetime>(s => new ConsoleLifetime(
                s.GetRequiredService<IOptions<ConsoleLifetimeOptions>>(),
                s.GetRequiredService<IHostEnvironment>(),
                new Waiting(s.GetRequiredService<IHostApplicationLifetime>(), s.GetRequiredService<Draining>()),
                s.GetRequiredService<IOptions<HostOptions>>(),
                s.GetRequiredService<ILoggerFactory>()));
        }
    }

    /// <summary>Passes everything on but the word to stop, which waits.</summary>
    private sealed class Waiting(IHostApplicationLifetime lifetime, Draining draining) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => lifetime.ApplicationStarted;

        public CancellationToken ApplicationStopping => lifetime.ApplicationStopping;

        public CancellationToken ApplicationStopped => lifetime.ApplicationStopped;

        public void StopApplication() => draining.Begin();
    }
}
