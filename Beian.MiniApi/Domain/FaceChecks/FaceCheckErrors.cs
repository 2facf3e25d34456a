namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>Refusals about face checks.</summary>
public static class FaceCheckErrors
{
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(30);

    /// <summary>The provider did not answer, or not in a way we understand.</summary>
    public static DomainError Unavailable() => new("faceCheck.unavailable", ErrorKind.Unavailable) { RetryAfter = BusyFor };

    /// <summary>The provider refuses this service: keys, permissions, settings. The caller can do nothing about it; operators are alerted.</summary>
    public static DomainError Misconfigured() => new("faceCheck.misconfigured", ErrorKind.Broken);

    /// <summary>The provider takes no more calls at the moment.</summary>
    public static DomainError RateLimited() => new("faceCheck.rateLimited", ErrorKind.TooMany) { RetryAfter = BusyFor };

    /// <summary>The provider cannot check this type of certificate: a picture of the person holding it takes its place.</summary>
    public static DomainError NotSupported() => new("faceCheck.notSupported", ErrorKind.Unprocessable);

    /// <summary>The provider does not begin with this person.</summary>
    /// <param name="reason">One of <see cref="FaceCheckReasons"/>; stands in <c>errors</c> with its texts.</param>
    public static DomainError Refused(string reason) =>
        new("faceCheck.refused", ErrorKind.Unprocessable) { Errors = [new Finding(string.Empty, FaceCheckReasons.CodeOf(reason))] };

    /// <summary>Too many starts for one person on one day.</summary>
    /// <param name="retryAfter">Until the next may be started.</param>
    public static DomainError TooManyStarts(TimeSpan retryAfter) => new("faceCheck.tooManyStarts", ErrorKind.TooMany) { RetryAfter = retryAfter };

    /// <summary>The refusal of a code that the table of results names; null for one that it must not name.</summary>
    public static DomainError? Find(string code)
    {
        DomainError[] all = [Unavailable(), Misconfigured(), RateLimited()];
        return Array.Find(all, e => e.Code == code);
    }
}
