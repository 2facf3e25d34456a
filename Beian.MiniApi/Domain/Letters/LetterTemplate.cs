using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Letters;

/// <summary>The wording of one letter. Texts are in Chinese, since authorities read them, and may hold the placeholders of <see cref="LetterFields"/>.</summary>
/// <param name="Kind">Id of the materials data; says who signs, how old it may be and whom it concerns.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Paragraphs">The body, in order.</param>
/// <param name="Source">Where the points come from, and that the wording is ours.</param>
/// <param name="CheckedOn">The day somebody last compared it with the source.</param>
/// <param name="Addressee">To whom, or null when it is to whom it may concern.</param>
/// <param name="Signing">What is left to do by hand, where it differs from the materials data; null to follow that.</param>
/// <param name="Clause">The sentence to be copied by hand, where that is part of signing; null otherwise.</param>
/// <param name="InsteadOf">The general letter this province's own one takes the place of, or null.</param>
/// <param name="Provinces">The only provinces it is offered in, or null to follow the materials data.</param>
public sealed record LetterTemplate(
    string Kind,
    string Title,
    IReadOnlyList<string> Paragraphs,
    string Source,
    DateOnly CheckedOn,
    string? Addressee = null,
    IReadOnlyList<string>? Signing = null,
    string? Clause = null,
    string? InsteadOf = null,
    IReadOnlyList<string>? Provinces = null)
{
    /// <summary>Every text that may hold placeholders.</summary>
    public IEnumerable<string> Texts => new[] { Title, Addressee, Clause }.OfType<string>().Concat(Paragraphs);
}

/// <summary>Every letter there is wording for, in the order of the data. Immutable; built once at start.</summary>
/// <param name="items">One per kind.</param>
/// <exception cref="ArgumentException">A kind stands twice.</exception>
public sealed class LetterTemplates(IReadOnlyList<LetterTemplate> items)
{
    private readonly FrozenDictionary<string, LetterTemplate> _byKind = items.ToFrozenDictionary(t => t.Kind, StringComparer.Ordinal);

    public IReadOnlyList<LetterTemplate> Items { get; } = items;

    /// <summary>The wording of that kind, or null.</summary>
    public LetterTemplate? Find(string kind) => _byKind.GetValueOrDefault(kind);
}
