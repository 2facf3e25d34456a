using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Refusals of the console itself.</summary>
public static class ConsoleErrors
{
    /// <summary>A form without the token of its page, with one of another login, or from a page of somebody else.</summary>
    public static DomainError FormStale() => new("console.formStale", ErrorKind.Invalid);

    /// <summary>A form with more fields than are read, or one that ends in the middle.</summary>
    public static DomainError FormUnreadable() => new("console.formUnreadable", ErrorKind.Invalid);

    /// <summary>A button or list sent a value that it does not have; guessing would decide something that nobody chose.</summary>
    public static DomainError ChoiceUnknown() => new("console.choiceUnknown", ErrorKind.Invalid);

    /// <summary>A list was sent with nothing ticked in it.</summary>
    public static DomainError NothingTicked() => new("console.nothingTicked", ErrorKind.Invalid);

    /// <summary>The login lapsed before a form was sent.</summary>
    public static DomainError LoginEnded() => new("console.loginEnded", ErrorKind.Unauthenticated);

    /// <summary>A new password was typed twice, and not alike.</summary>
    public static DomainError PasswordsDiffer() => new("console.passwordsDiffer", ErrorKind.Unprocessable) { Errors = [new Finding("/again", "console.passwordsDiffer")] };

    /// <summary>The second step of a login came too late.</summary>
    public static DomainError LoginLapsed() => new("console.loginLapsed", ErrorKind.Unauthenticated);
}
