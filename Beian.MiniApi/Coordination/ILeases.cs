namespace Beian.MiniApi.Coordination;

/// <summary>Who has something for a while. A lease spares work; it never makes a write safe: that is what the stores' versions are for.</summary>
public interface ILeases
{
    /// <summary>Takes a lease, or prolongs it when the holder has it already.</summary>
    /// <param name="name">What it is about, such as <c>work:Outbox</c>; no personal data.</param>
    /// <param name="holder">Who asks; two that differ never hold one lease at the same time.</param>
    /// <param name="life">How long it lasts when nobody prolongs it, by the clock of whoever keeps the leases.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<LeaseAnswer> TakeAsync(string name, string holder, TimeSpan life, CancellationToken cancellationToken);

    /// <summary>Gives it back; nothing happens when somebody else has it.</summary>
    ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellationToken);
}

/// <summary>What became of asking for a lease.</summary>
public enum LeaseState
{
    /// <summary>The asker has it.</summary>
    Taken = 1,

    /// <summary>Somebody else has it.</summary>
    Held = 2,

    /// <summary>Nobody can say: whoever keeps the leases is away. The asker goes on as though it were alone.</summary>
    Unknown = 3,
}

/// <summary>The answer to asking for a lease.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Fence">
/// Grows with every change of the holder, also over a restart of the keeper, and stays while a holder prolongs: what is written under a smaller one is late. 0 unless taken.
/// </param>
public readonly record struct LeaseAnswer(LeaseState State, long Fence)
{
    public static LeaseAnswer Held => new(LeaseState.Held, 0);

    public static LeaseAnswer Unknown => new(LeaseState.Unknown, 0);

    public static LeaseAnswer Taken(long fence) => new(LeaseState.Taken, fence);
}
