using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Identity;

/// <summary>A login that has begun at the identity provider.</summary>
/// <param name="Url">Where the browser goes.</param>
/// <param name="State">Comes back with the browser; ties the answer to this beginning.</param>
/// <param name="Nonce">Comes back inside the ID token.</param>
/// <param name="Verifier">Shows the provider that who finishes is who began (PKCE, RFC 7636).</param>
public sealed record ProviderLoginBegun(Uri Url, string State, string Nonce, string Verifier)
{
    /// <summary>Without the secrets: records end up in logs.</summary>
    public override string ToString() => nameof(ProviderLoginBegun);
}

/// <summary>Who the provider says it is.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">Its stable id of the person.</param>
/// <param name="Name">What it calls them, or null.</param>
/// <param name="Role">The role its claim is mapped to; null when to none.</param>
public sealed record ProviderIdentity(string Issuer, string Subject, string? Name, Role? Role)
{
    /// <summary>Without subject and name: records end up in logs.</summary>
    public override string ToString() => $"ProviderIdentity {Role}";
}

/// <summary>The identity provider of staff. It may be slow, away or wrong: every answer is judged, and every failure is a refusal.</summary>
public interface IIdentityProvider
{
    /// <summary>Where to send the browser, with new secrets.</summary>
    Task<Result<ProviderLoginBegun>> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Exchanges the code that the browser brought back, and judges the ID token.</summary>
    /// <param name="code">From the provider's redirect.</param>
    /// <param name="nonce">Of this login.</param>
    /// <param name="verifier">Of this login.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    Task<Result<ProviderIdentity>> FinishAsync(string code, string nonce, string verifier, CancellationToken cancellationToken);
}

/// <summary>Refusals of a login at the identity provider.</summary>
public static class IdentityErrors
{
    /// <summary>It does not answer, answers too late, or answers what cannot be.</summary>
    public static DomainError Unavailable(TimeSpan retryAfter) => new("auth.providerUnavailable", ErrorKind.Unavailable) { RetryAfter = retryAfter };

    /// <summary>It refuses this service, whoever logs in: an id, a secret, an address or a permission is not what it was told.</summary>
    public static DomainError Misconfigured() => new("auth.providerMisconfigured", ErrorKind.Broken);

    /// <summary>The login is unknown, ran out or was finished, or the provider does not take the code.</summary>
    public static DomainError Refused() => new("auth.providerRefused", ErrorKind.Unauthenticated);

    /// <summary>The provider knows the person and gives no role that is mapped.</summary>
    public static DomainError NoRole() => new("auth.providerRole", ErrorKind.Forbidden);
}
