using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Tests.House;

/// <summary>The files of this repository, as the tests of its documents see them.</summary>
internal static partial class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>
    /// Holds a file to a text that is made from the code. With <c>BEIAN_WRITE_DOCS=1</c> the file is written instead of judged.
    /// </summary>
    public static void Holds(string path, string expected)
    {
        if (Environment.GetEnvironmentVariable("BEIAN_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(Root, path), expected);
            return;
        }

        var actual = File.Exists(Path.Combine(Root, path)) ? Read(path) : string.Empty;
        Assert.True(actual == expected, $"{path} is not what the code says. Paste this, or run the tests once with BEIAN_WRITE_DOCS=1:\n\n{expected}");
    }

    /// <summary>Fenced blocks of a Markdown text in their order.</summary>
    public static IReadOnlyList<(string Language, string Code)> Blocks(string markdown) =>
        [.. Fence().Matches(markdown).Select(m => (m.Groups["language"].Value, m.Groups["code"].Value))];

    /// <summary>Rows of the first table below a heading, without its head; cells trimmed.</summary>
    public static IReadOnlyList<string[]> Table(string markdown, string heading)
    {
        var lines = markdown.Split('\n').SkipWhile(l => l != heading).Skip(1).SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|'));
        return [.. lines.Skip(2).Select(l => l.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))];
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
