using System.Globalization;

namespace Beian.MiniApi.Domain.Accounts;

/// <summary>Refusals about a password of staff.</summary>
public static class PasswordErrors
{
    /// <summary>Finding: fewer characters than the profile asks for.</summary>
    public const string TooShort = "password.tooShort";

    /// <summary>Finding: longer than is taken.</summary>
    public const string TooLong = "password.tooLong";

    /// <summary>Finding: too few kinds of characters.</summary>
    public const string TooSimple = "password.tooSimple";

    /// <summary>Finding: among those that are tried first.</summary>
    public const string Common = "password.common";

    /// <summary>Finding: the login name or the name of the service.</summary>
    public const string LikeName = "password.likeName";

    /// <summary>Finding: characters that another machine may send in another form.</summary>
    public const string Unstable = "password.unstable";

    /// <summary>Finding: the present one, or one of the last that may not come back.</summary>
    public static Finding Reused(string pointer, int history) =>
        new(pointer, "password.reused") { Args = Texts.Args(("count", Math.Max(1, history).ToString(CultureInfo.InvariantCulture))) };

    public static DomainError Refused(IReadOnlyList<Finding> findings) => new("password.refused", ErrorKind.Unprocessable) { Errors = findings };

    /// <summary>The present password was asked for and is another; 422, since the session is good.</summary>
    public static DomainError WrongAt(string pointer) => new("password.wrong", ErrorKind.Unprocessable) { Errors = [new Finding(pointer, "password.wrong")] };

    /// <summary>Another request changed it first.</summary>
    public static DomainError ChangedMeanwhile() => new("password.changedMeanwhile", ErrorKind.Conflict);
}
