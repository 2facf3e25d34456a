namespace Beian.MiniApi.Storage;

/// <summary>How far sealing anew is.</summary>
/// <param name="What">What is being sealed, such as a table.</param>
/// <param name="Seen">How many were looked at there.</param>
/// <param name="Resealed">How many of them were sealed anew.</param>
/// <param name="Unreadable">How many could not be opened and stay as they are.</param>
public sealed record ResealProgress(string What, long Seen, long Resealed, long Unreadable);

/// <summary>A place with sealed things, which can seal them anew while it is used. No write is lost: what changed meanwhile is left, for it is sealed by the active key.</summary>
public interface IResealable
{
    /// <summary>Seals by the active data key what is not yet. Ended before its time, it begins where something is left.</summary>
    /// <param name="pause">Rest after each part of the work, for those who use the place.</param>
    /// <param name="progress">Is told after each part; numbers of one <see cref="ResealProgress.What"/> grow.</param>
    /// <param name="cancellationToken">Ends it between two parts.</param>
    Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken);
}

/// <summary>Orders to seal everything anew, kept so that one that was ended by a kill is gone on with.</summary>
public interface IResealOrders
{
    /// <summary>Keeps the order to seal everything by that data key.</summary>
    Task AddAsync(int dataKey, CancellationToken cancellationToken);

    /// <summary>True while an order has not been carried out, and before the first one: what an older version left in the clear is to be sealed.</summary>
    Task<bool> IsDueAsync(CancellationToken cancellationToken);

    /// <summary>True once an order was carried out: since then nothing stands in the clear.</summary>
    Task<bool> HasEndedAsync(CancellationToken cancellationToken);

    /// <summary>Notes that everything is sealed by that data key or a newer one.</summary>
    Task EndAsync(int dataKey, long resealed, long unreadable, CancellationToken cancellationToken);
}
