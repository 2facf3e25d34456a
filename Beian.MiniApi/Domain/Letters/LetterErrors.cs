namespace Beian.MiniApi.Domain.Letters;

/// <summary>Refusals about letters.</summary>
public static class LetterErrors
{
    /// <summary>There is no such letter, or it is none for this province, nature and kind of filing.</summary>
    public static DomainError NotFound() => new("letter.notFound", ErrorKind.NotFound);

    /// <summary>The letter is about one site, and the filing has several.</summary>
    public static DomainError SiteMissing() => new("letter.siteMissing", ErrorKind.Unprocessable);

    /// <summary>Opened before, too old, or never given out: all the same to whoever has only the address.</summary>
    public static DomainError LinkGone() => new("letter.linkGone", ErrorKind.NotFound);
}
