using System.Text;

namespace Beian.MiniApi.Tests.House;

/// <summary>What each stack is built of.</summary>
public sealed class StackTests
{
    private static readonly string[] Packages = ["MongoDB", "StackExchange.Redis", "SKIT.FlurlHttpClient"];

#if CLUSTER
    [Fact]
    public void Cluster_HasTheClients_AndTheirRooms()
    {
        var references = TheAssembly.Types.First().Module.AssemblyReferences.Select(r => r.Name).ToArray();

        Assert.Contains("MongoDB.Driver", references);
        Assert.Contains("StackExchange.Redis", references);
        Assert.Contains(TheAssembly.Types, t => t.Namespace == "Beian.MiniApi.Storage.Mongo");
        Assert.Contains(TheAssembly.Types, t => t.Namespace == "Beian.MiniApi.Storage.Redis");
    }
#else
    [Fact]
    public void Default_HasNoTraceOfTheClients()
    {
        var files = Directory.EnumerateFiles(AppContext.BaseDirectory).ToArray();
        var ours = Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll");
        var dependencies = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.deps.json"), Encoding.UTF8);

        Assert.Contains(ours, files);
        Assert.Contains("Microsoft.Data.Sqlite", dependencies, StringComparison.Ordinal);
        Assert.All(Packages, package =>
        {
            Assert.DoesNotContain(files, f => Path.GetFileName(f).StartsWith(package, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(package, dependencies, StringComparison.OrdinalIgnoreCase);
        });
        Assert.DoesNotContain(TheAssembly.Types, t => t.Namespace is "Beian.MiniApi.Storage.Mongo" or "Beian.MiniApi.Storage.Redis" or "Beian.MiniApi.WeChat.Skit");
    }
#endif

    /// <summary>Neither engine is seen from outside the room of storage: features know contracts.</summary>
    [Fact]
    public void Engines_AreSeenByNobodyButStorage()
    {
        var leaks = TheAssembly.Uses().Where(u => IsEngine(u.To.Namespace) && u.From.Namespace?.StartsWith("Beian.MiniApi.Storage", StringComparison.Ordinal) != true)
            .Select(u => $"{u.From.FullName} uses {u.To.FullName}").Distinct();

        TheAssembly.AssertNone(leaks);
    }

    private static bool IsEngine(string? space) => space is not null
        && (space.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal) || space.StartsWith("MongoDB", StringComparison.Ordinal) || space.StartsWith("Beian.MiniApi.Storage.Sqlite", StringComparison.Ordinal)
            || space.StartsWith("Beian.MiniApi.Storage.Mongo", StringComparison.Ordinal));
}
