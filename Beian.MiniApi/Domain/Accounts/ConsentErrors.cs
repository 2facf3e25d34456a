namespace Beian.MiniApi.Domain.Accounts;

/// <summary>The version of a text that counts now.</summary>
public sealed record CurrentText(string Id, string Version);

/// <summary>Refusals about consent to texts.</summary>
public static class ConsentErrors
{
    /// <summary>No text of the agreements data has that id.</summary>
    public static DomainError UnknownText() => new("consent.unknownText", ErrorKind.Unprocessable) { Errors = [new Finding("/id", "consent.unknownText")] };

    /// <summary>Consent is given to the version that counts now; the refusal names it.</summary>
    public static DomainError Outdated(CurrentText current) => new("consent.outdated", ErrorKind.Conflict)
    {
        Args = Texts.Args(("version", current.Version)),
        Errors = [new Finding("/version", "consent.outdated") { Args = Texts.Args(("version", current.Version)) }],
        Current = current,
    };

    /// <summary>The user has not consented to that text, or has withdrawn it already.</summary>
    public static DomainError NotGiven() => new("consent.notGiven", ErrorKind.NotFound);

    /// <summary>The text is no consent that could be taken back, such as terms or a commitment to the authority.</summary>
    public static DomainError NotWithdrawable() => new("consent.notWithdrawable", ErrorKind.Conflict);
}
