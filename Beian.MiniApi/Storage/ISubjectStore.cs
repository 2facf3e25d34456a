using Beian.MiniApi.Domain.Subjects;

namespace Beian.MiniApi.Storage;

/// <summary>Filed subjects. An account has one at most, and so has a certificate.</summary>
public interface ISubjectStore
{
    Task<FiledSubject?> FindAsync(string id, string accountId, CancellationToken cancellationToken);

    Task<FiledSubject?> FindByAccountAsync(string accountId, CancellationToken cancellationToken);

    Task<FiledSubject?> FindByNumberAsync(string number, CancellationToken cancellationToken);

    /// <param name="subjectKey">Keyed digest of the certificate.</param>
    Task<FiledSubject?> FindByKeyAsync(string subjectKey, CancellationToken cancellationToken);

    /// <param name="domain">Registrable domain as an A-label.</param>
    Task<FiledSubject?> FindByDomainAsync(string domain, CancellationToken cancellationToken);

    /// <summary>Writes the record, new or against its revision.</summary>
    /// <returns>False, with nothing written, when another write came first, or account, number, certificate or a domain belongs to another record.</returns>
    Task<bool> SaveAsync(FiledSubject subject, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the subjects with the record of the request that brought them. An engine without transactions over several documents looks for conflicts
    /// first, writes one by one and the record last: importing is idempotent by number, so that a repeat after a failure does the rest. SQLite writes all
    /// in one transaction.
    /// </summary>
    /// <returns>Index of the first that conflicts, or null when all are written.</returns>
    Task<int?> ImportAsync(IReadOnlyList<FiledSubject> subjects, IdempotencyRecord? record, CancellationToken cancellationToken);
}
