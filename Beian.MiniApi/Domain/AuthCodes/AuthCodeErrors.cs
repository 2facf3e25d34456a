using System.Globalization;

namespace Beian.MiniApi.Domain.AuthCodes;

/// <summary>Refusals about auth codes.</summary>
public static class AuthCodeErrors
{
    /// <summary>Not a code, no such code, a deleted one, or one made out to somebody else: never told apart.</summary>
    public static DomainError Invalid() => new("authCode.invalid", ErrorKind.Unprocessable);

    /// <summary>Another filing holds it.</summary>
    public static DomainError HeldByAnother() => new("authCode.inUse", ErrorKind.Unprocessable);

    /// <summary>An approved filing used it up.</summary>
    public static DomainError Used() => new("authCode.used", ErrorKind.Unprocessable);

    /// <summary>A code that is in use or used up can be neither changed nor deleted.</summary>
    public static DomainError InUse() => new("authCode.inUse", ErrorKind.Conflict);

    /// <summary>The term of its resource is over.</summary>
    public static DomainError Expired() => new("authCode.expired", ErrorKind.Unprocessable);

    /// <summary>The issuing account no longer has the real-name data that codes need.</summary>
    public static DomainError IssuerNotOrganisation() => new("authCode.issuerNotOrganisation", ErrorKind.Unprocessable);

    /// <summary>A code id that is absent or another account's.</summary>
    public static DomainError NotFound() => new("authCode.notFound", ErrorKind.NotFound);

    public static DomainError OrganisationOnly() => new("authCode.organisationOnly", ErrorKind.Forbidden);

    public static DomainError QuotaExceeded(int total, int left) => new("authCode.quotaExceeded", ErrorKind.Conflict)
    {
        Args = Texts.Args(("total", Text(total)), ("left", Text(left))),
    };

    /// <summary>Fields of a request that are missing or wrong.</summary>
    public static DomainError BadFields(IReadOnlyList<Finding> fields) => new(fields[0].Code, ErrorKind.Unprocessable) { Args = fields[0].Args, Errors = fields };

    public static Finding TargetNotFound() => new("/targetAccountId", "authCode.targetNotFound");

    public static Finding TargetMustBeOwner() => new("/targetAccountId", "authCode.targetMustBeOwner");

    public static Finding CountOutOfRange() => new("/count", "authCode.countOutOfRange") { Args = Texts.Args(("max", Text(AuthCode.MaxCount))) };

    public static Finding NoteTooLong() => new("/note", "authCode.noteTooLong") { Args = Texts.Args(("max", Text(AuthCode.MaxNoteLength))) };

    public static Finding Required(string pointer) => new(pointer, "authCode.required");

    /// <summary>Too many failures with codes in an hour.</summary>
    public static DomainError TooManyAttempts(TimeSpan retryAfter) => new("rate.codeAttempts", ErrorKind.TooMany) { RetryAfter = retryAfter };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
