using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Refusals of the console itself.</summary>
public static class ConsoleErrors
{
    /// <summary>A form without the token of its page, with one of another login, or from a page of somebody else.</summary>
    public static DomainError FormStale() => new("console.formStale", ErrorKind.Invalid);

    /// <summary>A new password was typed twice, and not alike.</summary>
    public static DomainError PasswordsDiffer() => new("console.passwordsDiffer", ErrorKind.Unprocessable) { Errors = [new Finding("/again", "console.passwordsDiffer")] };

    /// <summary>The second step of a login came too late.</summary>
    public static DomainError LoginLapsed() => new("console.loginLapsed", ErrorKind.Unauthenticated);
}
