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

    public static DomainError LockedOut(TimeSpan remaining) => new("auth.lockedOut", ErrorKind.TooMany) { RetryAfter = remaining };
}
