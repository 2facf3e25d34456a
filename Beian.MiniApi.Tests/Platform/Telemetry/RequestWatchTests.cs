using System.Net;
using System.Text.Json;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Platform.Telemetry;

public sealed class RequestWatchTests : IDisposable
{
    private const string Filing = "/api/v1/filings/01a21a4354c07c02b7391cb5928e94c9";

    private readonly LogBook _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Request_ThatIsSlow_IsToldByItsRoute()
    {
        await using var app = Start("00:00:00.0000001");
        using var user = await app.ApplicantAsync("slow");

        Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync(Filing)).StatusCode);

        await Wait.UntilAsync(() => Task.FromResult(Told().Any(l => l.Contains("GET /api/v1/filings/{filingId} was slow: 404 after", StringComparison.Ordinal))));
        Assert.DoesNotContain(Told(), l => l.Contains("01a21a4354c07c02b7391cb5928e94c9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("01:00:00")]
    public async Task Request_ThatFails_IsToldAndOthersAreNot(string slow)
    {
        await using var app = Start(slow);
        using var user = await app.ApplicantAsync("failing");
        await user.GetAsync(Filing);
        Assert.Empty(Told());
        await app.Get<SqliteDatabase>().WriteAsync(
            connection =>
            {
                SqliteDatabase.Execute(connection, "DROP TABLE store_probe;");
                return true;
            },
            CancellationToken.None);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Client.GetAsync("/health/ready?secret=x")).StatusCode);

        await Wait.UntilAsync(() => Task.FromResult(Told().Length > 0));
        Assert.Contains("GET /health/ready answered 503 after", Assert.Single(Told()), StringComparison.Ordinal);
    }

    /// <summary>What a machine reads: an entry of a request leads to its trace.</summary>
    [Fact]
    public async Task Log_AsJson_HasTheTraceOfTheCallerAndNobodysNumber()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var program = await ChildProgram.StartAsync(
                folder, ChildProgram.FreePort(), ("Logs:Format", "json"), ("Logs:Redact", "true"), ("Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Information"));
            using var client = new HttpClient { BaseAddress = program.Address };
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/nothing/{MadeUp.Mobile(1)}?number={MadeUp.IdentityNumber(1)}");
            request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

            await client.SendAsync(request);
            await Wait.UntilAsync(() => Task.FromResult(program.Output.Contains("Request finished HTTP/1.1 GET " + program.Address + "api/v1/nothing", StringComparison.Ordinal)));

            Assert.DoesNotContain(MadeUp.Mobile(1), program.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(MadeUp.IdentityNumber(1), program.Output, StringComparison.Ordinal);
            var line = program.Output.Split('\n').First(l => l.Contains("/api/v1/nothing/[phone]?number=[number]", StringComparison.Ordinal));
            using var entry = JsonDocument.Parse(line);
            Assert.Equal(Trace, entry.RootElement.GetProperty("Scopes").EnumerateArray().First().GetProperty("TraceId").GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private TestApp Start(string slow) => TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(_log), ("Logs:SlowRequest", slow));

    private string[] Told() => [.. _log.Lines.Where(l => l.StartsWith("Warning Slow", StringComparison.Ordinal) || l.StartsWith("Warning Failed", StringComparison.Ordinal))];
}
