using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.ReviewConsole;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.House;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The console's words and the pages that say them.</summary>
public sealed partial class ConsoleWordsTests
{
    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "Beian.MiniApi", "ReviewConsole"), "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText)];

    private static readonly string[] Said = [.. Sources.SelectMany(s => Literal().Matches(s).Select(m => m.Groups[1].Value)).Distinct()];

    [Fact]
    public void Words_AreAllSaid()
    {
        var keys = ConsoleWords.Load().Keys.ToArray();
        var begun = Said.Where(s => s.EndsWith('.')).ToArray();

        Assert.True(keys.Length > 100);
        Assert.Equal([], keys.Where(k => !Said.Contains(k) && !begun.Any(b => k.StartsWith(b, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Keys_AllHaveWords()
    {
        var keys = ConsoleWords.Load().Keys.ToHashSet(StringComparer.Ordinal);
        var asked = Sources.SelectMany(s => Asked().Matches(s).Select(m => m.Groups[1].Value)).ToArray();

        Assert.True(asked.Length > 80, $"{asked.Length}");
        Assert.Equal([], asked.Where(k => !keys.Contains(k) && !keys.Any(x => k.EndsWith('.') && x.StartsWith(k, StringComparison.Ordinal))).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Phrases_InBothLanguages_HaveTheSamePlaceholdersAndDiffer()
    {
        var words = ConsoleWords.Load();

        Assert.All(words.Keys, key =>
        {
            var (zh, en) = (words.Find(key, english: false), words.Find(key, english: true));
            Assert.Equal(Placeholder().Matches(zh).Select(m => m.Value).Order(StringComparer.Ordinal), Placeholder().Matches(en).Select(m => m.Value).Order(StringComparer.Ordinal));
            Assert.True(zh != en && zh.Length > 0 && en.Length > 0, key);
        });
    }

    /// <summary>The first member must exist for the name of an act that the trail may hold.</summary>
    [Fact]
    public void Acts_OfTheTrail_AllHaveWords()
    {
        var keys = ConsoleWords.Load().Keys.ToHashSet(StringComparer.Ordinal);
        var acts = typeof(Beian.MiniApi.Storage.AuditActs).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToArray();

        Assert.True(acts.Length > 5);
        Assert.Equal([], acts.Where(a => !keys.Contains("audit.act." + a)));
    }

    [Fact]
    public async Task KindsAndRoles_OfTheTrail_AllHaveWords()
    {
        var keys = ConsoleWords.Load().Keys.ToHashSet(StringComparer.Ordinal);
        var kinds = (await AuditedAsync()).Append("materials").Append("audit_entries").Append("deliveries").ToArray();
        var roles = Enum.GetValues<Role>().Select(AccessTokens.NameOf).Append("anonymous").Append("system");

        Assert.True(kinds.Length > 15);
        Assert.Equal([], kinds.Select(k => "audit.kind." + k).Concat(roles.Select(r => "audit.role." + r)).Where(k => !keys.Contains(k)));
        Assert.Equal([], keys.Where(k => k.StartsWith("audit.kind.", StringComparison.Ordinal)).Except(kinds.Select(k => "audit.kind." + k)));
    }

    /// <summary>The member finds why a message failed by the code that the channel gave.</summary>
    [Fact]
    public void Reasons_OfDeliveries_AllHaveWords()
    {
        var keys = ConsoleWords.Load().Keys.ToHashSet(StringComparer.Ordinal);
        var codes = new[] { "Channels", Path.Combine("Timers", "Notify") }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, "Beian.MiniApi", f), "*.cs", SearchOption.AllDirectories))
            .SelectMany(f => Ended().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Distinct()
            .ToArray();

        Assert.True(codes.Length > 25, $"{codes.Length}");
        Assert.Equal([], codes.Where(c => !keys.Contains("deliveries.reason." + c)));
    }

    private static async Task<List<string>> AuditedAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-words-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var database = new SqliteDatabase(Path.Combine(folder, "beian.db"), ARing.Sealer());
            return database.Read(connection =>
            {
                using var query = connection.Statement("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name;");
                using var reader = query.ExecuteReader();
                var names = new List<string>();
                while (reader.Read())
                {
                    names.Add(reader.GetString(0));
                }

                return names.Where(n => !AuditedThings.Unwatched.ContainsKey(n)).ToList();
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("(?:ParcelEnd\\.[A-Za-z]+, |Unusable\\(|Unanswered\\([a-z]+, |Reason \\?\\? )\"([A-Za-z]+)\"")]
    private static partial Regex Ended();

    [GeneratedRegex("\"([a-z][A-Za-z]*(?:\\.[A-Za-z]+)+\\.?|[a-z][A-Za-z]*\\.)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("(?:View\\[|view\\[|Say\\(|Show<[A-Za-z]+>\\(\\s*http,\\s*|\\? |: )\"([a-z][A-Za-z]*\\.[A-Za-z.]+)\"")]
    private static partial Regex Asked();

    [GeneratedRegex("\\{[a-z]+\\}")]
    private static partial Regex Placeholder();
}
