namespace Beian.MiniApi.Cli;

/// <summary>The program as it would serve, for a verb to use its services; nothing of it is started, and it is only made when a verb asks.</summary>
public sealed class CliHost(string[] settings, Func<string[], WebApplication> build) : IAsyncDisposable
{
    /// <summary>What a verb prints is its answer, and goes to the standard output alone.</summary>
    private static readonly string[] Quiet = ["--Logging:Console:LogToStandardErrorThreshold=Trace", "--Logging:LogLevel:Default=Warning"];

    private WebApplication? _app;

    /// <summary>Settings of the call.</summary>
    public IReadOnlyList<string> Settings => settings;

    public IServiceProvider Services => App.Services;

    public IConfiguration Configuration => App.Configuration;

    public IHostEnvironment Environment => App.Environment;

    /// <summary>The whole program, unstarted.</summary>
    public WebApplication App => _app ??= build([.. Quiet, .. settings]);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
