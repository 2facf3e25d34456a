using System.Text.RegularExpressions;
using Beian.MiniApi.ReviewConsole;
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

    [GeneratedRegex("\"([a-z][A-Za-z]*(?:\\.[A-Za-z]+)+\\.?|[a-z][A-Za-z]*\\.)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("(?:View\\[|view\\[|Say\\(|Show<[A-Za-z]+>\\(\\s*http,\\s*|\\? |: )\"([a-z][A-Za-z]*\\.[A-Za-z.]+)\"")]
    private static partial Regex Asked();

    [GeneratedRegex("\\{[a-z]+\\}")]
    private static partial Regex Placeholder();
}
