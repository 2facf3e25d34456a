using System.Buffers;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>Words that ask for a paper.</summary>
public sealed record WordMap(IReadOnlyList<string> Words, string Material);

/// <summary>One rule about the name of a site, or about words that stand in other fields: a row of the site-name rules.</summary>
/// <param name="Ref">File and row.</param>
/// <param name="Code">Code of its findings.</param>
/// <param name="Kind">How it judges: <c>length</c>, <c>charset</c>, <c>pattern</c>, <c>words</c>, <c>wordsRef</c>, <c>wordsMap</c>, <c>placeName</c>, <c>personName</c>, <c>relation</c>, <c>suffix</c>, <c>unique</c>, <c>hint</c>.</param>
/// <param name="AppliesTo"><c>all</c>, <c>organization</c>, <c>individual</c> or <c>nonGovernment</c>.</param>
/// <param name="Provinces">Where; null for everywhere.</param>
/// <param name="Severity">How heavy its findings weigh.</param>
/// <param name="From">First day it judges.</param>
/// <param name="To">Last day, or null.</param>
public sealed record NameRule(
    RuleRef Ref, string Code, string Kind, string AppliesTo, IReadOnlyList<string>? Provinces, Severity Severity, DateOnly From, DateOnly? To)
{
    /// <summary>The fields it reads: <c>serviceName</c>, <c>subjectName</c>, <c>businessScope</c>, <c>serviceContent</c>, <c>remark</c>.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>True when a word only counts at the beginning.</summary>
    public bool AtStart { get; init; }

    /// <summary>True when its words only count in a name that names a place as well.</summary>
    public bool WithPlace { get; init; }

    public WordList Words { get; init; } = WordList.None;

    public IReadOnlyList<WordMap> Map { get; init; } = [];

    public int? Min { get; init; }

    public int? Max { get; init; }

    /// <summary><c>countedCharacters</c>: letters, digits and Chinese characters; <c>hanCharacters</c>: Chinese ones alone. Null where nothing is counted.</summary>
    public string? Unit { get; init; }

    /// <summary>Every character must be one of these; null when all may stand.</summary>
    public Regex? Allowed { get; init; }

    public Regex? Deny { get; init; }

    public Regex? Require { get; init; }

    /// <summary>With one of its words the name must end in one of these.</summary>
    public IReadOnlyList<string> RequireSuffix { get; init; } = [];

    /// <summary>Natures it does not concern.</summary>
    public IReadOnlyList<int> AllowedNatures { get; init; } = [];

    /// <summary>With this paper the name may stand; null when nothing helps.</summary>
    public string? ExceptionMaterial { get; init; }

    /// <summary>True when with that paper a person still has to decide.</summary>
    public bool ReviewerDecides { get; init; }

    public bool Concerns(string? province) => Provinces is null || (province is not null && Provinces.Contains(province));

    public bool IsInForce(DateOnly day) => From <= day && (To is null || day <= To);

    public bool ConcernsSubject(bool? individual, int? nature) => (nature is null || !AllowedNatures.Contains(nature.Value)) && AppliesTo switch
    {
        "organization" => individual == false,
        "individual" => individual == true,
        "nonGovernment" => nature is not null,
        _ => true,
    };
}

/// <summary>Words to be found in a text. Chinese words are found anywhere; Latin ones only where a word of Latin letters begins and ends.</summary>
public sealed class WordList
{
    public static readonly WordList None = new([]);

    private readonly SearchValues<string>? _any;

    public WordList(IReadOnlyList<string> words)
    {
        All = [.. words.OrderByDescending(w => w.Length)];
        _any = words.Count == 0 ? null : SearchValues.Create([.. words], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The longest first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The words that stand in the text, the longest first, without those that are part of a longer one found.</summary>
    public IReadOnlyList<string> In(string? text, bool atStart = false)
    {
        if (text is null || _any is null || text.AsSpan().IndexOfAny(_any) < 0)
        {
            return [];
        }

        List<string>? found = null;
        foreach (var word in All)
        {
            if (Stands(text, word, atStart) && !(found?.Exists(f => f.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? false))
            {
                (found ??= []).Add(word);
            }
        }

        return found ?? (IReadOnlyList<string>)[];
    }

    private static bool Stands(string text, string word, bool atStart)
    {
        var latin = char.IsAsciiLetterOrDigit(word[0]);
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            if (atStart && at > 0)
            {
                return false;
            }

            var end = at + word.Length;
            if (!latin || ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))))
            {
                return true;
            }
        }

        return false;
    }
}
