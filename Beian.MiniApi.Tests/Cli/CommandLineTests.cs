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
        Assert.All(new[] { "configuration", "folder", "disk", "store", "schema", "clock", "keys", "key ring", "data keys", "sealing", "audit", "pictures", "wechat", "registry" }, part => Assert.Contains(part, doctor.Output, StringComparison.Ordinal));
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

    [Fact]
    public async Task Doctor_WithARingThatDoesNotOpenWhatIsStored_SaysSoAndFails()
    {
        var folder = Directory.CreateTempSubdirectory("beian-doctor-").FullName;
        try
        {
            var (data, ring) = (Path.Combine(folder, "data"), Path.Combine(folder, "ring.json"));
            await File.WriteAllTextAsync(ring, ARing.File("a", "a"));
            await using (TestApp.Start("Development", data, ("Keys:RingFile", ring)))
            {
            }

            Assert.Equal((0, "ok"), await LookAsync("data keys"));
            await File.WriteAllTextAsync(ring, ARing.File("b", "a", "b"));
            Assert.Equal((0, "warn"), await LookAsync("data keys"));
            await File.WriteAllTextAsync(ring, ARing.File("b", "b"));
            Assert.Equal((1, "fail"), await LookAsync("data keys"));
            await File.WriteAllTextAsync(ring, ARing.File("a", "a").Replace(ARing.KeyOf("a"), ARing.KeyOf("b"), StringComparison.Ordinal));
            Assert.Equal((1, "fail"), await LookAsync("data keys"));
            await File.WriteAllTextAsync(ring, "{");
            Assert.Equal((1, "fail"), await LookAsync("key ring"));
            File.Delete(ring);
            Assert.Equal((1, "fail"), await LookAsync("key ring"));

            // None is configured, and the one that Development makes is not there: it is not made either.
            ring = string.Empty;
            Assert.Equal((1, "fail"), await LookAsync("key ring"));
            Assert.False(File.Exists(Path.Combine(data, "keys", "ring.json")));

            async Task<(int ExitCode, string Level)> LookAsync(string part)
            {
                var seen = await RunAsync(data, "doctor", "--Keys:RingFile=" + ring);
                Assert.Equal(string.Empty, seen.Error);
                return (seen.ExitCode, seen.Output.Split('\n').Single(l => l.Contains($"  {part} ", StringComparison.Ordinal))[..4].TrimEnd());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Doctor_WhileSealingWasInterrupted_TellsWhatWaits()
    {
        await using var app = TestApp.Start();
        await app.LogInAsync("waits");
        await app.Get<Resealing>().OrderAsync(default);

        var seen = await RunAsync(app.Folder, "doctor");

        Assert.Equal(0, seen.ExitCode);
        Assert.Matches(@"warn  sealing +[1-9][0-9]* values and 0 files of papers wait to be sealed by data key 2 -> ", seen.Output);
        await app.Get<Resealing>().RunAsync(TimeSpan.Zero, new Progress<ResealProgress>(), default);
        Assert.Contains("nothing waits; 0 values", (await RunAsync(app.Folder, "doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "not a database", "audit", "head")]
    [InlineData(1, "not a database", "keys", "rotate")]
    [InlineData(1, "MinFreeBytes", "keys", "rotate", "--Storage:MinFreeBytes=-5")]
    [InlineData(2, "The file has no name", "backup", "")]
    public async Task Verbs_OnWhatAnOperatorCanMend_SaySoWithoutATrace(int exitCode, string says, params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("beian-mend-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "beian.db"), string.Concat(Enumerable.Repeat("this is no database ", 500)));

        var ended = await RunAsync(folder, args);
        var started = await ChildProgram.RefuseAsync(folder);

        Directory.Delete(folder, recursive: true);
        Assert.Equal(exitCode, ended.ExitCode);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Equal(1, started.ExitCode);
        Assert.Contains("Refusing to start: The database ", started.Output, StringComparison.Ordinal);
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
