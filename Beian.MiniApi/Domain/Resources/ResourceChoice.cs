namespace Beian.MiniApi.Domain.Resources;

/// <summary>What a site is to be served by, as the applicant named it: an auth code, or one of the account's own resources.</summary>
public sealed record ResourceChoice
{
    /// <summary><see cref="Kind"/> of a choice made with an auth code.</summary>
    public const string AuthCodeKind = "authCode";

    /// <summary><see cref="Kind"/> of a choice of an own resource.</summary>
    public const string ResourceKind = "resource";

    /// <summary><c>authCode</c> or <c>resource</c>; null while nothing is chosen.</summary>
    public string? Kind { get; init; }

    /// <summary>The code as typed, any case, with or without blanks and hyphens; a secret. Null for an own resource.</summary>
    public string? AuthCode { get; init; }

    /// <summary>Id of the own resource; null for a code.</summary>
    public string? ResourceId { get; init; }

    /// <summary>True when there is enough to judge: a known kind and its value.</summary>
    public bool IsComplete() => Kind switch
    {
        AuthCodeKind => !string.IsNullOrWhiteSpace(AuthCode),
        ResourceKind => !string.IsNullOrWhiteSpace(ResourceId),
        _ => false,
    };
}
