using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>经营范围 without what it excludes: a licence that says （不含新闻、出版） undertakes neither.</summary>
internal static partial class UndertakenScope
{
    /// <summary>The scope without its excluded businesses; null for null.</summary>
    public static string? Of(string? scope) => scope is null ? null : Excluded().Replace(scope, string.Empty);

    /// <summary>A bracket that begins with an exclusion or ends in 除外, and outside brackets an exclusion up to the next comma, semicolon or full stop.</summary>
    [GeneratedRegex("[（(](?:不含|不包括|不包含|不涉及|不从事|不得|除)[^）)]*[）)]|[（(][^（()）]*除外[）)]|(?:不含|不包括|不包含|不得从事|不涉及|不从事)[^，,；;。）)]*", RegexOptions.CultureInvariant)]
    private static partial Regex Excluded();
}
