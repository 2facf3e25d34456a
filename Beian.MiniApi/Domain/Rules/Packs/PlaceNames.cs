using System.Collections.Frozen;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>A place that a text names.</summary>
/// <param name="Text">As it stands there.</param>
/// <param name="Code">Its division; of several of one name, the first of the highest rank.</param>
/// <param name="Certain">False for a short name of two characters that is an everyday word as well, such as 和平.</param>
public sealed record Place(string Text, string Code, bool Certain)
{
    /// <summary>Whether it is written with its rank, as 杭州市 is and 杭州 is not.</summary>
    public bool HasRank => PlaceNames.Ranked(Text);

    /// <summary>Whether this place is that one, or contains it, by the digits of the code.</summary>
    public bool Covers(Place other) => other.Code.StartsWith(Code.TrimEnd('0').PadRight(2, '0'), StringComparison.Ordinal);
}

/// <summary>Finds the names of provinces, cities and counties in a text, with and without their rank (杭州市, 杭州).</summary>
public sealed class PlaceNames
{
    private const int Shortest = 2;

    private static readonly string[] Ranks = ["特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "省", "市", "盟", "县", "区", "旗"];

    private readonly FrozenDictionary<string, Place> _places;
    private readonly FrozenDictionary<string, Place>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _everyday;
    private readonly int _longest;

    /// <param name="provinces">With their short names.</param>
    /// <param name="divisions">The tree.</param>
    /// <param name="ethnicNames">Names of peoples that stand in names of autonomous places, such as 傈僳族.</param>
    /// <param name="everydayWords">Words in which the characters of a place stand by chance, such as 生日 before 照片.</param>
    public PlaceNames(IReadOnlyList<Province> provinces, IReadOnlyList<Division> divisions, IReadOnlyList<string> ethnicNames, IReadOnlyList<string> everydayWords)
    {
        var peoples = ethnicNames.OrderByDescending(n => n.Length).ToArray();
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        void Add(string text, string code, bool certain)
        {
            if (text.Length >= Shortest)
            {
                places.TryAdd(text, new Place(text, code, certain));
            }
        }

        foreach (var province in provinces)
        {
            Add(province.Name, province.Code, true);
            Add(province.ShortName, province.Code, true);
        }

        foreach (var city in divisions.SelectMany(p => p.Children ?? []).Where(IsPlace))
        {
            Add(city.Name, city.Code, true);
            Add(Short(city.Name, peoples), city.Code, true);
        }

        foreach (var county in divisions.SelectMany(p => p.Children ?? []).SelectMany(c => c.Children ?? []).Where(IsPlace))
        {
            Add(county.Name, county.Code, true);
            var shortName = Short(county.Name, peoples);
            Add(shortName, county.Code, shortName.Length > Shortest);
        }

        _places = places.ToFrozenDictionary(StringComparer.Ordinal);
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        _everyday = everydayWords.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = Math.Max(places.Keys.Max(k => k.Length), everydayWords.Select(w => w.Length).DefaultIfEmpty().Max());
    }

    /// <summary>Whether a name ends in the rank of its division.</summary>
    internal static bool Ranked(string text) => Array.Exists(Ranks, r => text.EndsWith(r, StringComparison.Ordinal));

    /// <summary>The places named, from left to right; of two words that begin at one character, the longer, which may be an everyday one.</summary>
    public IReadOnlyList<Place> In(string? text)
    {
        List<Place>? found = null;
        for (var at = 0; text is not null && at < text.Length;)
        {
            var place = At(text, at);
            var everyday = EverydayAt(text, at);
            if (place is not null && place.Text.Length > everyday)
            {
                (found ??= []).Add(place);
                at += place.Text.Length;
            }
            else
            {
                at += Math.Max(everyday, 1);
            }
        }

        return found ?? (IReadOnlyList<Place>)[];
    }

    /// <summary>The place whose name the text begins with, or null.</summary>
    public Place? At(string text, int at = 0)
    {
        for (var length = Math.Min(_longest, text.Length - at); length >= Shortest; length--)
        {
            if (_lookup.TryGetValue(text.AsSpan(at, length), out var place))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Length of the everyday word that begins there, or zero.</summary>
    private int EverydayAt(string text, int at)
    {
        for (var length = Math.Min(_longest, text.Length - at); length >= Shortest; length--)
        {
            if (_everyday.Contains(text.AsSpan(at, length)))
            {
                return length;
            }
        }

        return 0;
    }

    private static bool IsPlace(Division division) => division.Name is not ("市辖区" or "县") && !division.Name.Contains("直辖", StringComparison.Ordinal);

    private static string Short(string name, string[] peoples)
    {
        var rank = Array.Find(Ranks, r => name.EndsWith(r, StringComparison.Ordinal));
        if (rank is null || name.Length - rank.Length < Shortest)
        {
            return name;
        }

        var text = name[..^rank.Length];
        while (rank.StartsWith("自治", StringComparison.Ordinal) && Array.Find(peoples, p => text.EndsWith(p, StringComparison.Ordinal) && text.Length - p.Length >= Shortest) is { } people)
        {
            text = text[..^people.Length];
        }

        return text;
    }
}
