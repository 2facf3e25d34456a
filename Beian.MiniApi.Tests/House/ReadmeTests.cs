using System.Diagnostics;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.House;

/// <summary>What the README says is so: its walk runs, its twin says the same, its tables name what is there.</summary>
public sealed class ReadmeTests
{
    private const string Readme = "README.md";
    private const string Twin = "README.zh-CN.md";
    private const string ReadmeAddress = "http://localhost:5080";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Walk_RunAsWritten_EndsWithANumber()
    {
        var script = string.Concat(Repository.Blocks(Repository.Read(Readme)).Where(b => b.Language == "bash").Select(b => b.Code));
        Assert.Contains(ReadmeAddress, script, StringComparison.Ordinal);
        await using var app = TestApp.Start();

        var (exitCode, output) = await BashAsync(script.Replace(ReadmeAddress, app.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));

        Assert.True(exitCode == 0, output);
        var said = output.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("\"requirements\":{\"complete\":true", said);
        Assert.Equal(["providerReview", "pendingAuthority", "smsVerification", "authorityReview", "approved", "approved"], said.Where(IsState));
        Assert.Contains("\"number\":\"京ICP备2026000001号-1\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestsForEditors_RunFromTopToBottom_FileBothSites()
    {
        await using var app = TestApp.Start();
        using var client = app.NewClient();

        var told = await new HttpFile(Path.Combine(Repository.Root, "Beian.MiniApi", "Beian.MiniApi.http"), client, app.Address.ToString().TrimEnd('/')).RunAsync();

        Assert.True(told.Count > 50, $"Only {told.Count} requests.");
        Assert.Contains("京ICP备2026000001号-1", told[^1].Body, StringComparison.Ordinal);
        Assert.Contains("京ICP备2026000001号-2", told[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Twin_ComparedWithReadme_HasTheSameBlocksAndTables()
    {
        var (english, chinese) = (Repository.Read(Readme), Repository.Read(Twin));

        Assert.NotEmpty(Repository.Blocks(english));
        Assert.Equal(Repository.Blocks(english), Repository.Blocks(chinese));
        Assert.Equal(Repository.Table(english, "## The rooms of the house").Select(r => r[0]), Repository.Table(chinese, "## 目录结构").Select(r => r[0]));
        Assert.Equal(Repository.Table(english, "## Settings").Select(r => r[0]), Repository.Table(chinese, "## 配置").Select(r => r[0]));
        Assert.Equal(Count(english, "\n## "), Count(chinese, "\n## "));
    }

    [Fact]
    public void Rooms_InTheReadme_AreTheFoldersOfTheProgram()
    {
        var named = Repository.Table(Repository.Read(Readme), "## The rooms of the house").Select(r => r[0].Trim('`')).Where(r => r.StartsWith("Beian.MiniApi/", StringComparison.Ordinal));
        string[] noRooms = ["bin", "obj", "Properties", "App_Data"];
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "Beian.MiniApi")).Select(d => Path.GetFileName(d)).Except(noRooms);

        Assert.Equal(folders.Select(f => "Beian.MiniApi/" + f).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_InTheReadme_AreThereInTheOptions()
    {
        var known = SettingsDocs.All().Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var named = Repository.Table(Repository.Read(Readme), "## Settings").SelectMany(r => r[0].Split(", ")).Select(k => k.Trim('`')).ToArray();

        Assert.NotEmpty(named);
        Assert.Equal([], named.Where(k => !known.Contains(k)));
    }

    [Theory]
    [InlineData(Readme)]
    [InlineData(Twin)]
    [InlineData("CONTRIBUTING.md")]
    public void Links_ToFiles_AreNotBroken(string document)
    {
        var targets = System.Text.RegularExpressions.Regex.Matches(Repository.Read(document), @"\]\((?<to>[^)#:]+)(#[^)]*)?\)").Select(m => m.Groups["to"].Value).ToArray();

        Assert.NotEmpty(targets);
        Assert.Equal([], targets.Where(t => !Path.Exists(Path.Combine(Repository.Root, t))));
    }

    private static bool IsState(string line) => line is "checking" or "providerReview" or "pendingAuthority" or "smsVerification" or "authorityReview" or "approved";

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<(int ExitCode, string Output)> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        bash.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var output = bash.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = bash.StandardError.ReadToEndAsync(patience.Token);
        await bash.WaitForExitAsync(patience.Token);
        return (bash.ExitCode, await output + await errors);
    }
}
