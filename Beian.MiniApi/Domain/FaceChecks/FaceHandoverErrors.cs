namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>Refusals about face checks that were handed over to another person's phone.</summary>
public static class FaceHandoverErrors
{
    /// <summary>
    /// One answer for a code or hand-over that never was, is over, was replaced, is void since the person or the site changed, or belongs to somebody else:
    /// whoever tries learns nothing.
    /// </summary>
    public static DomainError NotFound() => new("faceHandover.notFound", ErrorKind.NotFound);

    /// <summary>The same of a code in the body, at which it points.</summary>
    public static DomainError CodeNotFound() => NotFound() with { Errors = [new Finding("/code", "faceHandover.notFound")] };

    /// <summary>Too many wrong codes of one user.</summary>
    /// <param name="retryAfter">Until the next may be tried.</param>
    public static DomainError TooManyCodes(TimeSpan retryAfter) => new("faceHandover.tooManyCodes", ErrorKind.TooMany) { RetryAfter = retryAfter };
}
