namespace Beian.MiniApi.Storage;

/// <summary>A paper with which something is still to be done: to be scanned, to be copied. What exactly, its filing says.</summary>
/// <param name="MaterialId">The paper.</param>
/// <param name="FilingId">The filing that names it, or will as soon as it is saved.</param>
/// <param name="Attempts">How often it was taken, this time included.</param>
public sealed record PaperWork(string MaterialId, string FilingId, int Attempts);

/// <summary>What is to be done with papers. Survives restarts; whoever takes work has it alone for a while, and somebody else gets it when it is not done by then.</summary>
public interface IPaperWorkStore
{
    /// <summary>Notes work, due at that time; work on the same paper is due then instead, and counts its attempts anew.</summary>
    Task AddAsync(string materialId, string filingId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>The work that is longest due, or null; nobody else gets it before <paramref name="until"/>.</summary>
    Task<PaperWork?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Puts it off; nothing happens when it is done already.</summary>
    Task PutOffAsync(string materialId, DateTimeOffset dueAt, CancellationToken cancellationToken);

    Task DoneAsync(string materialId, CancellationToken cancellationToken);

    /// <summary>How much there is, due or not.</summary>
    Task<int> CountAsync(CancellationToken cancellationToken);
}
