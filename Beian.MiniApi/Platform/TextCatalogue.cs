using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Platform;

/// <summary>The words people read for a code, in one language.</summary>
/// <param name="Title">Short name of what happened.</param>
/// <param name="Detail">One sentence; may hold <c>{placeholders}</c>.</param>
/// <param name="Remedy">What to do next, or null when the detail says it.</param>
public sealed record TextEntry(string Title, string Detail, string? Remedy);

/// <summary>
/// Every text of every code, read once from <c>ReferenceData/texts/*.json</c>. A file is an object from code to
/// <c>{ "zh": { "title", "detail", "remedy"? }, "en": { … } }</c>; a code stands in one file only.
/// </summary>
public sealed partial class TextCatalogue
{
    private const string NamePrefix = "name.";
    private const string CharacterNumber = "U+";
    private const string Comma = "、";

    private readonly FrozenDictionary<string, (TextEntry Zh, TextEntry En)> _entries;

    private TextCatalogue(FrozenDictionary<string, (TextEntry Zh, TextEntry En)> entries) => _entries = entries;

    public IEnumerable<string> Codes => _entries.Keys;

    /// <exception cref="InvalidDataException">A file does not parse, a language is missing, or a code stands twice; names file and code.</exception>
    public static TextCatalogue Load(string folder)
    {
        var entries = new Dictionary<string, (TextEntry, TextEntry)>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var (code, languages) in Rows(file))
            {
                if (!languages.TryGetValue("zh", out var zh) || !languages.TryGetValue("en", out var en))
                {
                    throw new InvalidDataException($"{file}: '{code}' needs both zh and en.");
                }

                if (!entries.TryAdd(code, (zh, en)))
                {
                    throw new InvalidDataException($"{file}: '{code}' stands in another file or row already.");
                }
            }
        }

        return new TextCatalogue(entries.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>The same with names that stand elsewhere; a value of a message that is such a code is said in the reader's language.</summary>
    /// <exception cref="ArgumentException">A code has a text already.</exception>
    public TextCatalogue With(IEnumerable<(string Code, LocalText Text)> names)
    {
        var entries = _entries.ToDictionary(StringComparer.Ordinal);
        foreach (var (code, text) in names)
        {
            entries.Add(code, (new TextEntry(text.Zh, text.Zh, null), new TextEntry(text.En, text.En, null)));
        }

        return new TextCatalogue(entries.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static Dictionary<string, Dictionary<string, TextEntry>> Rows(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, TextEntry>>>(File.ReadAllBytes(file), ApiJson.Data)
                ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>The texts of a code with its placeholders filled; a code without a row answers with itself, so that nothing hides.</summary>
    public TextEntry Find(string code, bool english, IReadOnlyDictionary<string, string> args)
    {
        if (!_entries.TryGetValue(code, out var entry))
        {
            return new TextEntry(code, code, null);
        }

        var text = english ? entry.En : entry.Zh;
        return new TextEntry(Fill(text.Title, english, args), Fill(text.Detail, english, args), text.Remedy is null ? null : Fill(text.Remedy, english, args));
    }

    private string Fill(string text, bool english, IReadOnlyDictionary<string, string> args)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        foreach (var (name, value) in args)
        {
            text = text.Replace("{" + name + "}", Word(value, english), StringComparison.Ordinal);
        }

        return text.Replace(Waits.Placeholder, Waits.Say(null, english), StringComparison.Ordinal);
    }

    /// <summary>
    /// A value such as <c>name.state.draft</c> is the code of a name, or has several with signs between them; each is said in the reader's language. So are the
    /// numbers of characters, <c>U+200B</c>, alone or in a list.
    /// </summary>
    public string Word(string value, bool english)
    {
        var listed = english ? value.Replace(Comma, ", ", StringComparison.Ordinal) : value;
        return value.StartsWith(NamePrefix, StringComparison.Ordinal) ? NameCodes().Replace(listed, code => Name(code.Value, english) ?? code.Value)
            : value.Contains(CharacterNumber, StringComparison.Ordinal) ? CharacterNumbers().Replace(listed, number => Name($"{NamePrefix}character.{number.Value}", english) ?? number.Value)
            : value;
    }

    private string? Name(string code, bool english) => _entries.TryGetValue(code, out var name) ? (english ? name.En : name.Zh).Title : null;

    [GeneratedRegex(@"name(\.[A-Za-z0-9]+)+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameCodes();

    [GeneratedRegex(@"U\+[0-9A-F]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CharacterNumbers();
}
