using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Looks at a database file.</summary>
/// <param name="path">The file, which need not be there.</param>
/// <param name="secret">The key of its audit trail.</param>
public sealed class SqliteExaminer(string path, Func<AuditSecret> secret) : IStoreExaminer
{
    public string Place => path;

    public bool IsThere() => File.Exists(path);

    public StoreExamination Examine() => SqliteExamination.Of(path);

    public IReadOnlyList<DataKeyRow> DataKeys() => IsThere() ? SqliteKeyExamination.KeysOf(path) : [];

    public SealingState SealingOf(int dataKey) => SqliteKeyExamination.SealingOf(path, dataKey);

    public AuditHead? AuditHead() => IsThere() && Examine().Missing.Count == 0 ? SqliteAuditVerifier.HeadOf(path) : null;

    public AuditVerdict VerifyAudit(IReadOnlyCollection<AuditHead> heads, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new SqliteAuditVerifier(secret()).Verify(path, [.. heads], progress, cancellationToken);
}
