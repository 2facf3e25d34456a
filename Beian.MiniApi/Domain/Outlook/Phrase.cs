using System.Globalization;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>A value in a sentence: words as they stand, or codes beginning with <c>name.</c> that are said in the reader's language.</summary>
/// <param name="Words">Listed one after the other.</param>
public readonly record struct Said(IReadOnlyList<string> Words)
{
    public static implicit operator Said(string word) => new([word]);

    public static implicit operator Said(int number) => new([number.ToString(CultureInfo.InvariantCulture)]);

    public static implicit operator Said(string[] words) => new(words);
}

/// <summary>Something to be told: a sentence of ours by its code, words of the data, or several of these.</summary>
public sealed class Phrase
{
    private Phrase(string? code, IReadOnlyDictionary<string, Said> args, LocalText? quote, IReadOnlyList<Phrase> parts)
    {
        (Code, Args, Quote, Parts) = (code, args, quote, parts);
        var values = args.Select(a => a.Key + "=" + string.Join('|', a.Value.Words));
        Key = parts.Count > 0 ? string.Join('+', parts.Select(p => p.Key)) : quote?.Zh ?? $"{code} {string.Join(' ', values)}";
    }

    /// <summary>Code of our own sentence, with texts in both languages; null for words of the data.</summary>
    public string? Code { get; }

    /// <summary>Values for its placeholders.</summary>
    public IReadOnlyDictionary<string, Said> Args { get; }

    /// <summary>Words of the data; null for a sentence of ours.</summary>
    public LocalText? Quote { get; }

    /// <summary>What it is made of; empty for a single sentence.</summary>
    public IReadOnlyList<Phrase> Parts { get; }

    /// <summary>Equal exactly when two phrases say the same.</summary>
    public string Key { get; }

    public static Phrase Say(string code, params (string Name, Said Value)[] args) => new(code, args.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal), null, []);

    /// <summary>Words of the data.</summary>
    public static Phrase Of(LocalText text) => new(null, NoArgs, text, []);

    /// <summary>One after the other; null when there is none.</summary>
    public static Phrase? Join(IReadOnlyList<Phrase> parts) => parts.Count switch
    {
        0 => null,
        1 => parts[0],
        _ => new Phrase(null, NoArgs, null, parts),
    };

    private static readonly Dictionary<string, Said> NoArgs = [];
}
