using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Refusals about who is calling.</summary>
public static class AuthErrors
{
    public static DomainError TokenMissing() => new("auth.tokenMissing", ErrorKind.Unauthenticated);

    /// <summary>Says no more than that: why a token is no good is nothing a stranger needs to know.</summary>
    public static DomainError TokenInvalid() => new("auth.tokenInvalid", ErrorKind.Unauthenticated);

    public static DomainError TokenExpired() => new("auth.tokenExpired", ErrorKind.Unauthenticated);

    /// <summary>Logged out, revoked, or not refreshed in time.</summary>
    public static DomainError SessionEnded() => new("auth.sessionEnded", ErrorKind.Unauthenticated);

    /// <summary>No open session of the caller has that id.</summary>
    public static DomainError SessionNotFound() => new("auth.sessionNotFound", ErrorKind.NotFound);

    public static DomainError RefreshInvalid() => new("auth.refreshInvalid", ErrorKind.Unauthenticated);

    /// <summary>Somebody has a copy of this token, so that the whole session is over.</summary>
    public static DomainError RefreshReused() => new("auth.refreshReused", ErrorKind.Unauthenticated);

    public static DomainError Forbidden() => new("auth.forbidden", ErrorKind.Forbidden);

    /// <summary>Unknown name and wrong password alike.</summary>
    public static DomainError BadCredentials() => new("auth.badCredentials", ErrorKind.Unauthenticated);

    /// <summary>Name and password are right; the code of the second factor is missing.</summary>
    public static DomainError SecondFactorRequired() => new("auth.secondFactorRequired", ErrorKind.Unauthenticated);

    /// <summary>Name and password are right; the code is wrong, too old, or was used before.</summary>
    public static DomainError SecondFactorInvalid() => new("auth.secondFactorInvalid", ErrorKind.Unauthenticated);

    /// <summary>The code that should confirm a second factor, or remove it, is wrong; 422, since the session is good.</summary>
    public static DomainError CodeWrong() => new("auth.codeWrong", ErrorKind.Unprocessable) { Errors = [new Finding("/code", "auth.codeWrong")] };

    /// <summary>One is set up; it has to be removed before another can be.</summary>
    public static DomainError SecondFactorActive() => new("auth.secondFactorActive", ErrorKind.Conflict);

    /// <summary>None is set up, or none waits to be confirmed.</summary>
    public static DomainError SecondFactorAbsent() => new("auth.secondFactorAbsent", ErrorKind.Conflict);

    /// <summary>The session may set up a second factor and nothing else.</summary>
    public static DomainError SecondFactorEnrolment() => new("auth.secondFactorEnrolment", ErrorKind.Forbidden);

    /// <summary>The session may change the password and nothing else.</summary>
    public static DomainError PasswordExpired() => new("auth.passwordExpired", ErrorKind.Forbidden);

    public static DomainError StaffNotFound() => new("auth.staffNotFound", ErrorKind.NotFound);

    /// <summary>Staff log in at the identity provider.</summary>
    public static DomainError LoginIsOidc() => new("auth.loginIsOidc", ErrorKind.Conflict);

    /// <summary>Staff log in with a name and a password.</summary>
    public static DomainError LoginIsLocal() => new("auth.loginIsLocal", ErrorKind.Conflict);

    public static DomainError LockedOut(TimeSpan remaining) => new("auth.lockedOut", ErrorKind.TooMany) { RetryAfter = remaining };
}
