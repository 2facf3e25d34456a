using System.Text.RegularExpressions;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>
/// The net below the rule that nobody's data is logged: what can be told from its shape is blotted out in whatever is written. Names and addresses have no shape;
/// keeping those out stays the business of every line of code, and of the tests that look for them.
/// </summary>
/// <remarks>Works on finished lines, JSON too: there a number may stand right behind an escape such as <c>\n</c> or <c>\u673a</c>.</remarks>
public static partial class Redaction
{
    /// <summary>The line with <c>[number]</c>, <c>[phone]</c>, <c>[mail]</c> or <c>[token]</c> where such a thing stood.</summary>
    public static string Clean(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return Shapes().Replace(line, static found =>
            found.Groups["number"].Success ? "[number]" : found.Groups["phone"].Success ? "[phone]" : found.Groups["mail"].Success ? "[mail]" : "[token]");
    }

    // Ids are hexadecimal: digits among such letters are part of one. An identity number has a date of birth in it, and a token of ours three parts.
    [GeneratedRegex(
        """
        (?:(?<![0-9A-Fa-f])|(?<=\\[bf])|(?<=\\u[0-9A-Fa-f]{4}))
          (?:(?<number>[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9Xx])
            |(?<phone>(?:86[-\ ]?)?1[3-9][0-9](?:[-\ ]?[0-9]{4}){2}))
          (?![0-9A-Fa-f])
        |(?<token>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}|(?<=[Bb]earer\ )[A-Za-z0-9._~+/=-]{8,})
        |(?<mail>(?<![A-Za-z0-9])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Shapes();
}
