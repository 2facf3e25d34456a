using System.Collections.Frozen;
using System.Globalization;

namespace Beian.MiniApi.Domain.Accounts;

/// <summary>What a password of staff must be.</summary>
/// <param name="MinLength">Fewest characters.</param>
/// <param name="MinClasses">Of lower case, upper case, digits and others, how many it must have; 0 asks for none.</param>
/// <param name="History">How many earlier passwords may not come back; 0 for none.</param>
/// <param name="MaxAge">How long it may be used; null without an end.</param>
public sealed record PasswordPolicy(int MinLength, int MinClasses, int History, TimeSpan? MaxAge)
{
    /// <summary>Most characters that are taken; SP 800-63B-4 asks for at least 64.</summary>
    public const int MaxLength = 200;

    /// <summary>Fewest characters by SP 800-63B-4, section 3.1.1.2, where the password is the only factor.</summary>
    public const int NistAlone = 15;

    /// <summary>Fewest characters by the same, where a second factor is always asked for.</summary>
    public const int NistWithSecondFactor = 8;

    /// <summary>Length, no common or expected value; no classes and no change by the calendar, which the publication forbids.</summary>
    public static PasswordPolicy Nist(bool secondFactorRequired) => new(secondFactorRequired ? NistWithSecondFactor : NistAlone, 0, 0, null);

    /// <summary>The demands that are not met, each once; whether it came before is for the caller, who has the hashes.</summary>
    /// <param name="password">In the form of <see cref="PasswordText.Normalise"/>.</param>
    /// <param name="userName">Canonical login name.</param>
    /// <param name="common">Passwords that are tried first, in lower case.</param>
    /// <param name="pointer">Where it stands in the request.</param>
    public IReadOnlyList<Finding> Judge(string password, string userName, FrozenSet<string> common, string pointer)
    {
        var found = new List<Finding>();
        var length = PasswordText.LengthOf(password);
        if (length < MinLength)
        {
            found.Add(new Finding(pointer, PasswordErrors.TooShort) { Args = Texts.Args(("min", Number(MinLength))) });
        }

        if (password.Length > MaxLength)
        {
            found.Add(new Finding(pointer, PasswordErrors.TooLong) { Args = Texts.Args(("max", Number(MaxLength))) });
        }

        if (ClassesOf(password) < MinClasses)
        {
            found.Add(new Finding(pointer, PasswordErrors.TooSimple) { Args = Texts.Args(("classes", Number(MinClasses))) });
        }

        if (IsCommon(password, common))
        {
            found.Add(new Finding(pointer, PasswordErrors.Common));
        }

        if (IsExpected(password, userName))
        {
            found.Add(new Finding(pointer, PasswordErrors.LikeName));
        }

        if (!PasswordText.IsStable(password))
        {
            found.Add(new Finding(pointer, PasswordErrors.Unstable));
        }

        return found;
    }

    /// <summary>True when it was set so long ago that it may only be changed.</summary>
    public bool IsExpired(DateTimeOffset setAt, DateTimeOffset now) => MaxAge is { } age && now - setAt >= age;

    private static bool IsCommon(string password, FrozenSet<string> common) => common.Contains(password.ToLowerInvariant()) || IsRun(password);

    /// <summary>One character again and again, or each the next of the one before: <c>aaaaaaaa</c>, <c>23456789</c>, <c>hgfedcba</c>.</summary>
    private static bool IsRun(string password) => password.Length > 1
        && Enumerable.Range(-1, 3).Any(step => password.Zip(password.Skip(1), (a, b) => char.ToLowerInvariant(b) - char.ToLowerInvariant(a)).All(d => d == step));

    /// <summary>The login name or the name of the service, alone or between digits and signs; the whole password is compared, not its parts.</summary>
    private static bool IsExpected(string password, string userName)
    {
        var core = password.ToLowerInvariant().Trim([.. "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"]);
        return core.Length > 0 && (core == userName || core is "beian" or "icpbeian" or "beian-miniapi" or "beianminiapi" or "备案" or "网站备案");
    }

    private static int ClassesOf(string password) =>
        new[] { password.Any(char.IsAsciiLetterLower), password.Any(char.IsAsciiLetterUpper), password.Any(char.IsAsciiDigit), password.Any(c => !char.IsAsciiLetterOrDigit(c)) }.Count(has => has);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
