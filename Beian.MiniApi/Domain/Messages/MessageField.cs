using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>The kinds of values of a template; each has its rule in <see cref="MessageValues"/>.</summary>
public enum MessageFieldKind
{
    Thing = 1,
    Number = 2,
    Letter = 3,
    Symbol = 4,
    CharacterString = 5,
    Time = 6,
    Date = 7,
    Amount = 8,
    PhoneNumber = 9,
    CarNumber = 10,
    Name = 11,
    Phrase = 12,
    Enum = 13,
}

/// <summary>One line of a template.</summary>
/// <param name="Key">As the template has it, such as <c>character_string4</c>.</param>
/// <param name="Kind">What the key says about its value.</param>
public sealed record MessageField(string Key, MessageFieldKind Kind)
{
    private static readonly FrozenDictionary<string, MessageFieldKind> Kinds = new Dictionary<string, MessageFieldKind>
    {
        ["thing"] = MessageFieldKind.Thing,
        ["number"] = MessageFieldKind.Number,
        ["letter"] = MessageFieldKind.Letter,
        ["symbol"] = MessageFieldKind.Symbol,
        ["character_string"] = MessageFieldKind.CharacterString,
        ["time"] = MessageFieldKind.Time,
        ["date"] = MessageFieldKind.Date,
        ["amount"] = MessageFieldKind.Amount,
        ["phone_number"] = MessageFieldKind.PhoneNumber,
        ["car_number"] = MessageFieldKind.CarNumber,
        ["name"] = MessageFieldKind.Name,
        ["phrase"] = MessageFieldKind.Phrase,
        ["enum"] = MessageFieldKind.Enum,
        ["enum_string"] = MessageFieldKind.Enum,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A key is its kind and a number of one to four digits: <c>thing1</c>; null when it is not.</summary>
    public static MessageField? Parse(string key)
    {
        var kind = key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return key.Length - kind.Length is >= 1 and <= 4 && Kinds.TryGetValue(kind, out var known) ? new MessageField(key, known) : null;
    }
}
