namespace Beian.MiniApi.Domain.Accounts;

/// <summary>The filing for which a user cannot be erased yet.</summary>
public sealed record FilingInTheWay(string Number, string State);

/// <summary>Refusals about accounts and the users in them.</summary>
public static class AccountErrors
{
    /// <summary>Finding: a field that must be there is not.</summary>
    public const string Required = "account.required";

    /// <summary>Finding: longer than can be stored.</summary>
    public const string TooLong = "account.tooLong";

    /// <summary>Finding: not a positive code.</summary>
    public const string BadCertificateType = "account.badCertificateType";

    /// <summary>Finding: facts came along with the status <c>none</c>.</summary>
    public const string FactsWithoutStatus = "account.factsWithoutStatus";

    /// <summary>Finding: nobody has this user id.</summary>
    public const string UnknownUser = "account.unknownUser";

    /// <summary>Finding: there are no texts in this language.</summary>
    public const string LanguageUnknown = "account.languageUnknown";

    public static DomainError Invalid(IReadOnlyList<Finding> findings) => new("account.invalid", ErrorKind.Unprocessable) { Errors = findings };

    public static DomainError BadId() => new("account.badId", ErrorKind.Invalid);

    public static DomainError NotFound() => new("account.notFound", ErrorKind.NotFound);

    /// <param name="findings">One for each such user, pointing at the id in the request; empty when the user asks in person.</param>
    public static DomainError UserHasFilings(params IReadOnlyList<Finding> findings) => new(UserHasFilingsCode, ErrorKind.Conflict) { Errors = findings };

    /// <summary>Finding and refusal: the user's present account holds a filing or a subject, which would lose its user.</summary>
    public const string UserHasFilingsCode = "account.userHasFilings";

    /// <summary>A code to join an account that is unknown, used or expired: never told apart.</summary>
    public static DomainError LinkInvalid() => new(LinkInvalidCode, ErrorKind.Unprocessable) { Errors = [new Finding("/code", LinkInvalidCode)] };

    /// <summary>Finding and refusal: the code leads nowhere.</summary>
    public const string LinkInvalidCode = "account.linkInvalid";

    /// <summary>Somebody at the provider or the authority has the filing on the desk, and this is the last user to answer for it.</summary>
    /// <param name="number">The filing's number for the telephone.</param>
    /// <param name="state">Name of its state.</param>
    public static DomainError FilingInProgress(string number, string state) => new("account.filingInProgress", ErrorKind.Conflict)
    {
        Args = Texts.Args(("number", number)),
        State = state,
        Current = new FilingInTheWay(number, state),
    };

    /// <summary>One WeChat user was erased too often in a day.</summary>
    public static DomainError TooManyErasures(TimeSpan retryAfter) => new("rate.erasures", ErrorKind.TooMany) { RetryAfter = retryAfter };

    /// <summary>Too many exports in an hour.</summary>
    public static DomainError TooManyExports(TimeSpan retryAfter) => new("rate.exports", ErrorKind.TooMany) { RetryAfter = retryAfter };

    /// <summary>Too many codes that lead nowhere within an hour.</summary>
    public static DomainError TooManyLinkAttempts(TimeSpan retryAfter) => new("rate.linkAttempts", ErrorKind.TooMany) { RetryAfter = retryAfter };
}
