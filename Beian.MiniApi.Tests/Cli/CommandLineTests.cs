using System.Diagnostics;
using System.Net.Http.Json;
using Beian.MiniApi.Cli;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Cli;

/// <summary>The verbs as an operator calls them: a process of its own.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:5000")]
    [InlineData(false, "--Storage:Folder=/data")]
    [InlineData(false, "Storage:Folder=/data")]
    [InlineData(false, "/urls=http://localhost:5000")]
    [InlineData(true, "doctor")]
    [InlineData(true, "audit", "verify")]
    [InlineData(true, "--help")]
    [InlineData(true, "no-such-verb")]
    public void IsVerb_OfEveryCall_TellsServingFromVerbs(bool isVerb, params string[] args) => Assert.Equal(isVerb, CommandLine.IsVerb(args));

    [Fact]
    public void Split_SettingsAmongWords_GoToTheConfiguration()
    {
        var (words, settings) = CommandLine.Split(["audit", "--Storage:Folder=/a", "verify", "--head", "file", "--Keys:Audit", "x", "Audit:KeepDays=180", "--environment", "Production"]);

        Assert.Equal(["audit", "verify", "--head", "file"], words);
        Assert.Equal(["--Storage:Folder=/a", "--Keys:Audit", "x", "Audit:KeepDays=180", "--environment", "Production"], settings);
    }

    [Fact]
    public async Task Verbs_OnARunningService_TellHowItIs()
    {
        await using var app = TestApp.Start();
        using var user = await app.ApplicantAsync("cli");
        (await user.PostAsJsonAsync("/api/v1/filings", new { })).EnsureSuccessStatusCode();

        var help = await RunAsync(app.Folder, "audit", "verify", "--help");
        Assert.True(help.ExitCode == 0 && help.Output.Contains("--head", StringComparison.Ordinal), help.Output + help.Error);
        Assert.Equal(2, (await RunAsync(app.Folder, "no-such-verb")).ExitCode);

        var head = await RunAsync(app.Folder, "audit", "head");
        Assert.True(head.ExitCode == 0, head.Output + head.Error);
        var verified = await RunAsync(app.Folder, "audit", "verify", "--head", head.Output.Trim());
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        Assert.Contains("nothing is altered", verified.Output, StringComparison.Ordinal);

        var doctor = await RunAsync(app.Folder, "doctor");
        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Error);
        Assert.All(new[] { "configuration", "folder", "disk", "store", "schema", "clock", "keys", "audit", "pictures", "wechat", "registry" }, part => Assert.Contains(part, doctor.Output, StringComparison.Ordinal));
        Assert.Equal(string.Empty, doctor.Error);

        // Another head, signed by nobody.
        var forged = AuditHeads.Line(app.Get<IAuditLog>().Head()! with { Seq = 1 });
        var refused = await RunAsync(app.Folder, "audit", "verify", "--head", forged);
        Assert.True(refused.ExitCode == 1 && refused.Output.Contains("badSignature", StringComparison.Ordinal), refused.Output);
    }

    [Fact]
    public async Task Doctor_OfWhatCannotServe_SaysWhyAndFails()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-doctor-" + Guid.NewGuid().ToString("N"));
        var refused = await RunAsync(folder, "doctor", "--environment", "Production");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("fail  configuration", refused.Output, StringComparison.Ordinal);
        Assert.Contains(" -> ", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(1, (await RunAsync(folder, "audit", "verify")).ExitCode);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll"), .. args, "--Storage:Folder=" + folder])
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }
}
