using System.Text.RegularExpressions;

namespace Beian.MiniApi.Tests.House;

/// <summary>What the service is packed and deployed with names settings that there are, and images in one version. Nothing here runs a container.</summary>
public sealed partial class DeployTests
{
    private static readonly string[] Files = ["Dockerfile", "compose.yaml", "deploy/make-secrets.sh", "deploy/kubernetes/beian.yaml", "deploy/kubernetes/secret.example.yaml"];

    /// <summary>Sections of the cluster stack, whose options another build does not have.</summary>
    private static readonly string[] OfTheCluster = ["Storage:Mongo", "Cache"];

    [Fact]
    public void Settings_InEveryFile_AreThoseOfTheProgram()
    {
        var known = SettingsDocs.All().Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var sections = SettingsDocs.Classes().Select(c => c.Section).ToHashSet(StringComparer.Ordinal);
        var named = Files.SelectMany(f => SettingName().Matches(Repository.Read(f)).Select(m => (File: f, Key: KeyOf(m.Value)))).Distinct().ToArray();
        var here = named.Where(n => !OfTheCluster.Any(o => n.Key.StartsWith(o + ":", StringComparison.Ordinal) && !sections.Contains(o))).ToArray();

        Assert.All(Files, f => Assert.True(named.Count(n => n.File == f) > 1, $"{f} names no settings: does the pattern still match?"));
        Assert.Equal([], here.Where(n => !known.Contains(n.Key)).Select(n => $"{n.File}: {n.Key}"));
    }

    /// <summary>What compose.yaml mounts, the script makes; what Kubernetes mounts, compose.yaml does too.</summary>
    [Fact]
    public void Secrets_OfBothWays_AreTheSame()
    {
        var compose = Repository.Read("compose.yaml");
        var declared = SecretFile().Matches(compose).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal).ToArray();
        var made = Put().Matches(Repository.Read("deploy/make-secrets.sh")).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal).ToArray();
        var settings = SettingName().Matches(Repository.Read("deploy/kubernetes/secret.example.yaml")).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal).ToArray();

        Assert.NotEmpty(settings);
        Assert.Equal(declared, made);
        Assert.Equal(declared.Where(d => d.Contains("__", StringComparison.Ordinal)), settings);
    }

    [Fact]
    public void Images_AreAllOfOneVersion()
    {
        var images = new[] { "Dockerfile", "compose.yaml", "deploy/kubernetes/beian.yaml" }.SelectMany(f => Image().Matches(Repository.Read(f)).Select(m => m.Groups["image"].Value)).ToArray();

        Assert.True(images.Length >= 9, "hardly any image found: does the pattern still match?");
        Assert.All(images.Where(i => i != "beian-miniapi:cluster"), i => Assert.Matches(@":(RELEASE\.\d{4}-|\d+\.\d+\.\d+)", i));
    }

    /// <summary>An instance that is ended has the time it asks for, and the proxy notices before it is gone.</summary>
    [Fact]
    public void Times_OfTheEnd_FitTogether()
    {
        var (compose, kubernetes, caddy) = (Repository.Read("compose.yaml"), Repository.Read("deploy/kubernetes/beian.yaml"), Repository.Read("deploy/Caddyfile"));
        var running = (int)Beian.MiniApi.Platform.PlatformSetup.ShutdownTimeout.TotalSeconds;

        Assert.True(Number(compose, @"stop_grace_period: (\d+)s") > Number(compose, @"DrainSeconds: ""(\d+)""") + running);
        Assert.True(Number(kubernetes, @"terminationGracePeriodSeconds: (\d+)") > Number(kubernetes, @"DrainSeconds, value: ""(\d+)""") + running);
        Assert.True(Number(compose, @"DrainSeconds: ""(\d+)""") > Number(caddy, @"health_interval (\d+)s") + Number(caddy, @"health_timeout (\d+)s"));
        Assert.Equal(0, Number(kubernetes, @"maxUnavailable: (\d+)"));
    }

    private static int Number(string text, string pattern) =>
        int.Parse(Regex.Match(text, pattern).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string KeyOf(string name) => Regex.Replace(name.Replace("__", ":", StringComparison.Ordinal), @":\d+(?=:|$)", ":{n}") is var key && key.EndsWith(":{n}", StringComparison.Ordinal) ? key[..^4] : key;

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*(?:__[A-Za-z0-9]+)+\b")]
    private static partial Regex SettingName();

    [GeneratedRegex(@"^  (?<name>\w+): \{ file: \./deploy/secrets/\k<name> \}$", RegexOptions.Multiline)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"^put (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Put();

    [GeneratedRegex(@"^(?:FROM| *image:) (?<image>\S+)", RegexOptions.Multiline)]
    private static partial Regex Image();
}
