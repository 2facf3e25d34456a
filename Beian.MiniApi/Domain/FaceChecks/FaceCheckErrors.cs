namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>Refusals about face checks.</summary>
public static class FaceCheckErrors
{
    /// <summary>The provider did not answer, or not in a way we understand.</summary>
    public static DomainError Unavailable() => new("faceCheck.unavailable", ErrorKind.Unavailable) { RetryAfter = TimeSpan.FromSeconds(30) };

    /// <summary>The provider cannot check this type of certificate: a picture of the person holding it takes its place.</summary>
    public static DomainError NotSupported() => new("faceCheck.notSupported", ErrorKind.Unprocessable);

    /// <summary>Too many starts for one person on one day.</summary>
    /// <param name="retryAfter">Until the next may be started.</param>
    public static DomainError TooManyStarts(TimeSpan retryAfter) => new("faceCheck.tooManyStarts", ErrorKind.TooMany) { RetryAfter = retryAfter };
}
