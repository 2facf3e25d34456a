namespace Beian.MiniApi.Domain.Resources;

/// <summary>What the applicant chose to file a site on, as typed: a resource of the account, or a code given by somebody else's.</summary>
public sealed record ResourceChoice
{
    /// <summary><c>resource</c> or <c>authCode</c>; null while nothing is chosen.</summary>
    public string? Kind { get; init; }

    /// <summary>The code as typed; only for kind <c>authCode</c>. A secret: never logged, never in an address.</summary>
    public string? AuthCode { get; init; }

    /// <summary>Id of a resource of the account; only for kind <c>resource</c>.</summary>
    public string? ResourceId { get; init; }
}
