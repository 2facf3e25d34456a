using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.Storage;

/// <summary>How a change of codes ended. Anything but <see cref="Done"/> has written nothing.</summary>
public enum AuthCodeChange
{
    Done = 1,

    /// <summary>No such code of that issuer, or no such issuer any more.</summary>
    NotFound = 2,

    /// <summary>A filing holds the code or was approved with it.</summary>
    InUse = 3,

    /// <summary>The resource cannot carry that many codes.</summary>
    QuotaExceeded = 4,
}

/// <summary>Auth codes. Whether one is in use is read from the reservations of filings, inside the same write.</summary>
public interface IAuthCodeStore
{
    /// <summary>The code with that <see cref="AuthCode.CodeHash"/>, or null.</summary>
    Task<AuthCode?> FindByHashAsync(string codeHash, CancellationToken cancellationToken);

    /// <summary>The code whoever issued it, or null.</summary>
    Task<AuthCode?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The issuer's own code; somebody else's is null, like one that never was.</summary>
    Task<AuthCode?> FindAsync(string id, string issuerAccountId, CancellationToken cancellationToken);

    /// <summary>The issuer's codes, newest first; <paramref name="before"/> is the id to go on after, or null.</summary>
    Task<IReadOnlyList<AuthCode>> FindByIssuerAsync(string issuerAccountId, string? before, int take, CancellationToken cancellationToken);

    /// <summary>The codes of one resource, or of everybody, newest first; <paramref name="before"/> is the id to go on after, or null.</summary>
    Task<IReadOnlyList<AuthCode>> PageAsync(string? resourceId, string? before, int take, CancellationToken cancellationToken);

    /// <summary>How many codes each of the resources has; a resource without codes is absent.</summary>
    Task<IReadOnlyDictionary<string, int>> CountByResourceAsync(IReadOnlyCollection<string> resourceIds, CancellationToken cancellationToken);

    /// <summary>Adds codes of one resource, all or none, and numbers them; never more than the profile allows however many callers try at once.</summary>
    Task<AuthCodeChange> AddAsync(IReadOnlyList<AuthCode> codes, ResourceProfile profile, IdempotencyRecord? idempotency, CancellationToken cancellationToken);

    /// <summary>Replaces resource, target and note of an unused code; a code that moves to another resource takes a number there.</summary>
    Task<AuthCodeChange> ReplaceAsync(AuthCode code, ResourceProfile profile, CancellationToken cancellationToken);

    /// <summary>Deletes an unused code of that issuer.</summary>
    Task<AuthCodeChange> DeleteAsync(string id, string issuerAccountId, CancellationToken cancellationToken);
}
