namespace Beian.MiniApi.Storage;

/// <summary>A user withdrew, inside WeChat, the consent to data that WeChat handed over.</summary>
/// <param name="OpenIdIndex">Blind index of the openid.</param>
/// <param name="Info">WeChat's words for what was withdrawn; null when it did not say.</param>
/// <param name="At">When.</param>
public sealed record AuthorizationRevocation(string OpenIdIndex, string? Info, DateTimeOffset At);

/// <summary>Keeps withdrawals of consent, which must be proved to have been heeded.</summary>
public interface IAuthorizationRevocationStore
{
    /// <summary>Adding the same one again changes nothing.</summary>
    Task AddAsync(AuthorizationRevocation revocation, CancellationToken cancellationToken);

    /// <summary>Those of one user, oldest first.</summary>
    Task<IReadOnlyList<AuthorizationRevocation>> ListAsync(string openIdIndex, CancellationToken cancellationToken);
}
