namespace Beian.MiniApi.Storage;

/// <summary>One line of what an account may know about its own data.</summary>
/// <param name="Seq">Number in the chain, the key of the list.</param>
public sealed record AccessRecord(long Seq, DateTimeOffset At, string Actor, string Role, string Act, string Kind, string Thing);

/// <summary>What a page of the trail is narrowed to; null means any.</summary>
/// <param name="Actor">Id of who did it.</param>
/// <param name="Thing">Id of what it was done to, such as a filing's.</param>
public sealed record AuditFilter(string? Actor, string? Thing);

/// <summary>The audit trail. Changes write their entries by themselves, in their own transaction; views are recorded here.</summary>
public interface IAuditLog
{
    /// <summary>Records what was looked at, on behalf of the current <see cref="AuditScope"/>; completes once it is on the disk.</summary>
    Task RecordAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken);

    /// <summary>Who looked at the account's data or, as staff, changed it; newest first.</summary>
    /// <param name="owner">The account.</param>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    /// <param name="limit">Most of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<AccessRecord>> AccessesAsync(string owner, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Everything that was recorded, for admins; newest first.</summary>
    /// <param name="filter">What is looked for.</param>
    /// <param name="before">Only entries with a smaller number; null for the newest.</param>
    /// <param name="limit">Most of them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<AccessRecord>> PageAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>The chain as it stands, signed; null before its first entry.</summary>
    AuditHead? Head();

    /// <summary>Deletes what is older and leaves a signed checkpoint in its place.</summary>
    /// <returns>The new checkpoint and how many entries went; null when nothing was old enough.</returns>
    Task<(AuditHead Checkpoint, long Deleted)?> PruneAsync(DateTimeOffset olderThan, CancellationToken cancellationToken);
}
