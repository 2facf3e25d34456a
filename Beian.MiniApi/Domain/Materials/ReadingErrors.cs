namespace Beian.MiniApi.Domain.Materials;

/// <summary>Refusals of recognitions that are our own; those of WeChat are its door's.</summary>
public static class ReadingErrors
{
    /// <summary>The picture is larger than WeChat reads, and a smaller copy could not be made.</summary>
    public static DomainError PictureTooLarge() => new("ocr.pictureTooLarge", ErrorKind.Unprocessable) { Errors = [new Finding("/file", "ocr.pictureTooLarge")] };

    /// <summary>So many pictures are being read already that this one does not wait for its turn.</summary>
    public static DomainError Busy() => new("ocr.busy", ErrorKind.Unavailable) { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>The user has had enough pictures read for a day; the provider pays for each.</summary>
    public static DomainError TooManyAttempts(TimeSpan retryAfter) => new("rate.ocrAttempts", ErrorKind.TooMany) { RetryAfter = retryAfter };
}
