using System.Diagnostics;
using Beian.MiniApi.Cli;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Configuration;

namespace Beian.MiniApi.Tests.Cli;

public sealed class HealthCommandTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:8080", "http_ports", "8080;8081")]
    [InlineData("http://127.0.0.1:81", "http_ports", "8080", "urls", "http://+:81;http://+:82")]
    [InlineData("http://127.0.0.1:81", "urls", "http://0.0.0.0:81")]
    [InlineData("http://127.0.0.1:83", "urls", "http://[::]:81", "Kestrel:Endpoints:Http:Url", "http://*:83")]
    public void AddressOf_TheSettings_IsWhereTheProgramListens(string address, params string[] settings) =>
        Assert.Equal(address, HealthCommand.AddressOf(new ConfigurationBuilder().AddInMemoryCollection(settings.Chunk(2).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build()));

    [Fact]
    public async Task Health_OfAServiceThatRunsAndOneThatDoesNot_IsTheExitCode()
    {
        await using var app = TestApp.Start();
        var port = app.Address.Port;

        Assert.Equal((0, """{"status":"ok","reasons":[]}"""), await RunAsync(port));
        Assert.Equal((0, """{"status":"ok","reasons":[]}"""), await RunAsync(port, "--live"));
        Assert.Equal((1, string.Empty), await RunAsync(ChildProgram.FreePort()));
        Assert.Equal((2, string.Empty), await RunAsync(port, "--url", "nonsense"));
    }

    private static async Task<(int Code, string Output)> RunAsync(int port, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll"), "health", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_HTTP_PORTS"] = $"{port}";
        start.Environment.Remove("ASPNETCORE_URLS");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }
}
