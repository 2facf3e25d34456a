using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>What a rule says in words of its source.</summary>
public static class RuleWords
{
    /// <summary>The Chinese texts of a value; empty for a value without any.</summary>
    public static IReadOnlyList<string> In(object value) => value switch
    {
        IReadOnlyList<string> notes => notes,
        string text => [text],
        RemarkRules { Notes: { } notes } => [notes],
        AddressRules { Notes: { } notes } => [notes],
        SoleTraderRule { UnnamedRule: { } rule } => [rule],
        _ => [],
    };

    /// <summary>The same in both languages.</summary>
    public static IReadOnlyList<LocalText> Of(RuleRow row) => LocalText.Pairs(In(row.Value), row.NotesEn);
}
