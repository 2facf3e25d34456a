using System.Security.Cryptography;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage;

/// <summary>How a database is, seen from outside the service.</summary>
/// <param name="Faults">What the engine's own check says; empty when all is well.</param>
/// <param name="Missing">Steps of the schema of this program that were not applied yet.</param>
/// <param name="Unknown">Steps that a newer program applied.</param>
/// <param name="NewestAt">Real time of the newest entry of the audit trail; null without any.</param>
public sealed record StoreExamination(IReadOnlyList<string> Faults, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, DateTimeOffset? NewestAt);

/// <summary>How far a database is sealed by its newest data key.</summary>
/// <param name="Rows">Values that another data key sealed, or none.</param>
/// <param name="IsOrdered">Whether they are to be sealed anew: by an order, or because an older version wrote them.</param>
/// <param name="Unreadable">How many things could not be opened when that was last done.</param>
public sealed record SealingState(long Rows, bool IsOrdered, long Unreadable);

/// <summary>Looks at where things are kept without changing anything, also while the service runs.</summary>
public interface IStoreExaminer
{
    /// <summary>Where that is, for an operator; never with a password.</summary>
    string Place { get; }

    /// <summary>False where nothing was ever kept.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    bool IsThere();

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    StoreExamination Examine();

    /// <summary>The data keys, by id; none where nothing is kept, or by a program older than they are.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    IReadOnlyList<DataKeyRow> DataKeys();

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    SealingState SealingOf(int dataKey);

    /// <summary>The head of the audit trail as it stands; null before its first entry.</summary>
    AuditHead? AuditHead();

    /// <summary>Reads the whole trail.</summary>
    /// <param name="heads">Signed heads that were kept elsewhere; the trail must go through each.</param>
    /// <param name="progress">Told the number of entries read so far, now and then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    AuditVerdict VerifyAudit(IReadOnlyCollection<AuditHead> heads, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>Why a data key does not open under that ring; null when it does.</summary>
    static string? FaultOf(DataKeyRow row, KeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(ring);
        try
        {
            CryptographicOperations.ZeroMemory(ring.Unwrap(DataKeyRow.PurposeOf(row.Id), row.Wrapped));
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
        catch (CryptographicException)
        {
            return $"{row} does not open: its key in the ring is another one of the same id, or its row was altered";
        }
    }
}
