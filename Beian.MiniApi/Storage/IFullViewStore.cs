namespace Beian.MiniApi.Storage;

/// <summary>Who of the staff may see which filing in full, until when.</summary>
public interface IFullViewStore
{
    /// <summary>Lets one member of staff see one filing in full; a grant that runs is replaced. Leaves an entry in the audit trail in the same write.</summary>
    /// <param name="filingId">The filing.</param>
    /// <param name="accountId">The account it belongs to.</param>
    /// <param name="staffId">Who asked.</param>
    /// <param name="reason">Why, in their words; kept encrypted.</param>
    /// <param name="now">Real time.</param>
    /// <param name="endsAt">When it ends by itself.</param>
    /// <param name="record">Idempotency record of the answer, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task GrantAsync(
        string filingId, string accountId, string staffId, string reason, DateTimeOffset now, DateTimeOffset endsAt, IdempotencyRecord? record, CancellationToken cancellationToken);

    /// <summary>When the running grant of that member of staff ends; null without one.</summary>
    Task<DateTimeOffset?> EndsAsync(string filingId, string staffId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets grants that ended before; what remains is their entries in the audit trail.</summary>
    /// <returns>How many.</returns>
    Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken);
}
