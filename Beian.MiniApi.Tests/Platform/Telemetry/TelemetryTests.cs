using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Platform.Telemetry;

public sealed class TelemetryTests : IDisposable
{
    private const string Library = "OpenTelemetry";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Start_WithoutSettings_DoesNotLoadTheLibraries()
    {
        await using var program = await ChildProgram.StartAsync(_folder, ChildProgram.FreePort());

        var loaded = await File.ReadAllTextAsync($"/proc/{program.ProcessId}/maps");

        Assert.Contains("Beian.MiniApi.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain(Library, loaded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OnTheirPort_CountByRouteAndNotByAddress()
    {
        var port = ChildProgram.FreePort();
        await using var program = await ChildProgram.StartAsync(_folder, ChildProgram.FreePort(), ("Telemetry:Metrics:Port", port.ToString(CultureInfo.InvariantCulture)));
        using var journey = await ApplicantJourney.OpenAsync(program.Address, Applicant.Organisation("metrics", 411));
        await journey.StartAsync();
        await journey.Client.GetAsync(journey.Path + "?q=" + MadeUp.Mobile(1));
        using var client = new HttpClient();

        var text = await client.GetStringAsync($"http://127.0.0.1:{port}/metrics");

        Assert.Contains("http_route=\"/api/v1/filings/{filingId}\"", text, StringComparison.Ordinal);
        Assert.Contains("beian_wechat_attempts_total{", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
        Assert.All(new[] { journey.FilingId, MadeUp.Mobile(1) }, s => Assert.DoesNotContain(s, text, StringComparison.Ordinal));
        Assert.All(text.Split('\n').Where(l => l.StartsWith("http_client", StringComparison.Ordinal)), l => Assert.DoesNotContain("address", l, StringComparison.Ordinal));
        Assert.Contains(Library, await File.ReadAllTextAsync($"/proc/{program.ProcessId}/maps"), StringComparison.Ordinal);
        Assert.Equal(404, (int)(await journey.Client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Traces_ToACollector_NameRoutesAndTellNobody()
    {
        await using var collector = await Collector.StartAsync();
        await using var program = await ChildProgram.StartAsync(
            _folder, ChildProgram.FreePort(), ("Telemetry:Otlp:Endpoint", collector.Address), ("Telemetry:Otlp:Protocol", "http"), ("Telemetry:Otlp:Headers", "api-key=of-the-test"), ("Telemetry:Otlp:Interval", "00:00:01"));
        using var journey = await ApplicantJourney.OpenAsync(program.Address, Applicant.Organisation("traces", 412));
        await journey.StartAsync();
        await journey.Client.GetAsync($"{journey.Path}?q={MadeUp.Mobile(1)}");
        using var odd = new HttpRequestMessage(new HttpMethod("MADEUPWORD"), "/api/v1/nothing/" + MadeUp.Mobile(2));
        await journey.Client.SendAsync(odd);

        Assert.Equal(0, await program.TerminateAsync());

        var (traces, metrics) = (collector.Of("/v1/traces"), collector.Of("/v1/metrics"));
        Assert.Contains("GET /api/v1/filings/{filingId}", traces, StringComparison.Ordinal);
        Assert.Contains("http.response.status_code", traces, StringComparison.Ordinal);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        string[] secrets = [journey.FilingId, MadeUp.Mobile(1), MadeUp.Mobile(2), "MADEUPWORD", "url.path", "url.query", "/health/ready", program.Address.Authority];
        Assert.All(secrets, s => Assert.DoesNotContain(s, traces, StringComparison.Ordinal));
        Assert.All([journey.FilingId, MadeUp.Mobile(1), "MADEUPWORD"], s => Assert.DoesNotContain(s, metrics, StringComparison.Ordinal));
        Assert.Equal(["of-the-test"], collector.Keys.Distinct());
    }

    /// <summary>Nobody listens there: the program serves as ever, and ends as soon.</summary>
    [Fact]
    public async Task Traces_ToACollectorThatIsAway_HarmNobody()
    {
        await using var program = await ChildProgram.StartAsync(_folder, ChildProgram.FreePort(), ("Telemetry:Otlp:Endpoint", $"http://127.0.0.1:{ChildProgram.FreePort()}"), ("Telemetry:Otlp:Interval", "00:00:01"));
        using var journey = await ApplicantJourney.OpenAsync(program.Address, Applicant.Organisation("away", 413));
        await journey.StartAsync();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(0, await program.TerminateAsync());

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    [Theory]
    [InlineData("Telemetry:Otlp:Endpoint", "collector:4317", "Telemetry:Otlp:Endpoint must be an address such as http://collector:4317.")]
    [InlineData("Telemetry:Otlp:Protocol", "thrift", "Telemetry:Otlp:Protocol must be 'grpc' or 'http'.")]
    [InlineData("Telemetry:Otlp:SampleRatio", "2", "Telemetry:Otlp:SampleRatio must be a number from 0 to 1.")]
    [InlineData("Telemetry:Metrics:Port", "70000", "Telemetry:Metrics:Port must be a port, or 0 for none.")]
    [InlineData("Logs:Format", "xml", "Logs:Format must be 'text', 'json' or 'systemd'.")]
    [InlineData("Shutdown:DrainSeconds", "-1", "Shutdown:DrainSeconds must be from 0 to 300.")]
    [InlineData("Secrets:Folder", "/no/such/folder", "Secrets:Folder does not exist.")]
    public async Task Start_WithASettingThatCannotBe_EndsWithOneSentence(string setting, string value, string sentence)
    {
        var (code, output) = await ChildProgram.RefuseAsync(_folder, (setting, value));

        Assert.Equal(1, code);
        Assert.StartsWith("Refusing to start: ", output, StringComparison.Ordinal);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    /// <summary>A collector that keeps what it gets.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<(string Path, string? Key, string Body)> got) : IAsyncDisposable
    {
        public string Address => app.Urls.First();

        public IEnumerable<string?> Keys => got.Select(g => g.Key);

        public static async Task<Collector> StartAsync()
        {
            var got = new ConcurrentQueue<(string Path, string? Key, string Body)>();
            var builder = WebApplication.CreateBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                got.Enqueue((http.Request.Path, http.Request.Headers["api-key"], Encoding.UTF8.GetString(body.ToArray())));
            });
            await app.StartAsync();
            return new Collector(app, got);
        }

        public string Of(string path) => string.Concat(got.Where(g => g.Path == path).Select(g => g.Body));

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
