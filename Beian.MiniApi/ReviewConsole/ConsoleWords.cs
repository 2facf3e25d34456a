using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>One phrase of the console.</summary>
/// <param name="Zh">For zh-CN.</param>
/// <param name="En">For everybody who asks for English.</param>
public sealed record Phrase(string Zh, string En);

/// <summary>
/// What the console's pages say, from the files beside them in <c>Words</c>: an object from key to <c>{ "zh", "en" }</c>, a key in one file only. The words of refusals and
/// of states are the catalogue's, as everywhere.
/// </summary>
public sealed class ConsoleWords
{
    private const string Folder = "Beian.MiniApi.ReviewConsole.Words.";

    private readonly FrozenDictionary<string, Phrase> _phrases;

    private ConsoleWords(FrozenDictionary<string, Phrase> phrases) => _phrases = phrases;

    /// <summary>Every key there is.</summary>
    public IEnumerable<string> Keys => _phrases.Keys;

    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static ConsoleWords Load()
    {
        var assembly = typeof(ConsoleWords).Assembly;
        var phrases = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, phrase) in JsonSerializer.Deserialize<Dictionary<string, Phrase>>(file, ApiJson.Data)!)
            {
                phrases.Add(key, phrase);
            }
        }

        return new ConsoleWords(phrases.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The phrase with its placeholders <c>{name}</c> filled; a key without a phrase answers with itself, so that nothing hides.</summary>
    public string Find(string key, bool english, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var text = _phrases.TryGetValue(key, out var phrase) ? (english ? phrase.En : phrase.Zh) : key;
        foreach (var (name, value) in values)
        {
            text = text.Replace("{" + name + "}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        return text;
    }
}
