using System.CommandLine;
using System.Globalization;

namespace Beian.MiniApi.Cli;

/// <summary><c>health</c>: asks the program that runs beside it how it is, for images that have neither shell nor curl.</summary>
internal static class HealthCommand
{
    /// <summary>Longer than the program's own patience with its store, 5 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How an address says that it is every one of the machine.</summary>
    private static readonly string[] Anywhere = ["//+", "//*", "//0.0.0.0", "//[::]"];

    public static Command Make(CliHost host)
    {
        var live = new Option<bool>("--live") { Description = "Ask whether it runs, instead of whether it can save." };
        var url = new Option<string?>("--url") { Description = "Where it listens, such as http://127.0.0.1:8080. Without it, what ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS say." };
        var command = new Command("health", "Ask the running service how it is. Exit code 1 when it is not ready or does not answer.") { live, url };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var console = parsed.InvocationConfiguration;
            if (!Uri.TryCreate(parsed.GetValue(url) ?? AddressOf(Settings(host)), UriKind.Absolute, out var address))
            {
                await console.Error.WriteLineAsync("--url must be an address such as http://127.0.0.1:8080.");
                return 2;
            }

            try
            {
                using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Patience };
                using var answer = await client.GetAsync(parsed.GetValue(live) ? "/health/live" : "/health/ready", cancellationToken);
                await console.Output.WriteLineAsync(await answer.Content.ReadAsStringAsync(cancellationToken));
                return answer.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await console.Error.WriteLineAsync($"{address.GetLeftPart(UriPartial.Authority)} does not answer.");
                return 1;
            }
        });
        return command;
    }

    /// <summary>Where a program with these settings listens, seen from its own machine.</summary>
    internal static string AddressOf(IConfiguration settings)
    {
        var first = settings.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).FirstOrDefault(u => u is { Length: > 0 })
            ?? First(settings["urls"])
            ?? (First(settings["http_ports"]) is { } port ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}") : "http://127.0.0.1:5000");
        return Anywhere.Aggregate(first, (url, any) => url.Replace(any, "//127.0.0.1", StringComparison.Ordinal));
    }

    private static string? First(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();

    /// <summary>Of the environment alone: making the whole program would take a second of the processor at every look.</summary>
    private static IConfiguration Settings(CliHost host) =>
        new ConfigurationBuilder().AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().AddCommandLine([.. host.Settings]).Build();
}
