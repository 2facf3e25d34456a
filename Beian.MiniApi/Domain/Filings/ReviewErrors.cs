namespace Beian.MiniApi.Domain.Filings;

/// <summary>Refusals of the review.</summary>
public static class ReviewErrors
{
    public static DomainError ClaimedByOther() => new("review.claimedByOther", ErrorKind.Conflict);

    /// <summary>复审: the second approval must be somebody else's.</summary>
    public static DomainError SameReviewer() => new("review.sameReviewer", ErrorKind.Conflict);

    public static DomainError NotClaimed() => new("review.notClaimed", ErrorKind.Conflict);

    public static DomainError CallNotReached() => new("review.callNotReached", ErrorKind.Conflict);

    public static DomainError UnknownPhone() =>
        new("review.phoneUnknown", ErrorKind.Unprocessable) { Errors = [new Finding("/phone", "review.phoneUnknown")] };

    /// <summary>Checks that nobody could run and nobody explained.</summary>
    public static DomainError UnknownUnexplained(IReadOnlyList<Finding> unknown) =>
        new("review.unknownUnexplained", ErrorKind.Conflict) { Errors = unknown };

    public static DomainError BadFindings(IReadOnlyList<Finding> errors) => new("review.badFindings", ErrorKind.Unprocessable) { Errors = errors };

    public static DomainError SmsTargetUnknown() =>
        new("review.smsTargetUnknown", ErrorKind.Unprocessable) { Errors = [new Finding("/role", "review.smsTargetUnknown")] };

    public static DomainError BadNumbers(IReadOnlyList<Finding> errors) => new("review.badNumbers", ErrorKind.Unprocessable) { Errors = errors };

    public static DomainError ResourceInvalid(IReadOnlyList<Finding> errors) => new("review.resourceInvalid", ErrorKind.Conflict) { Errors = errors };
}
