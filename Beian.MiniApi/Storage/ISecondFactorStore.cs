namespace Beian.MiniApi.Storage;

/// <summary>A second factor as it is kept.</summary>
/// <param name="Secret">The shared secret, which the store seals; empty when it is sealed by keys that are lost.</param>
/// <param name="Confirmed">False until a code has shown that the member's device has it.</param>
public sealed record SecondFactor(byte[] Secret, bool Confirmed)
{
    /// <summary>Without the secret: records end up in logs.</summary>
    public override string ToString() => $"SecondFactor {Confirmed}";
}

/// <summary>Keeps the second factors of staff. What may be used once is used up in the write that says so; of two callers with one code one is told no.</summary>
public interface ISecondFactorStore
{
    Task<SecondFactor?> FindAsync(string staffId, CancellationToken cancellationToken);

    /// <summary>Stores a secret that waits for its confirmation, in place of one that waits already.</summary>
    /// <returns>False, with nothing written, when one is confirmed.</returns>
    Task<bool> TryBeginAsync(string staffId, byte[] secret, CancellationToken cancellationToken);

    /// <summary>Makes the waiting secret count, with its recovery codes, and ends the member's other sessions.</summary>
    /// <param name="confirmation">What was confirmed.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>False, with nothing written, when no such secret waits any more.</returns>
    Task<bool> TryConfirmAsync(FactorConfirmation confirmation, CancellationToken cancellationToken);

    /// <summary>Uses a time step up; false when it, or a later one, was used before.</summary>
    Task<bool> TryUseStepAsync(string staffId, long step, CancellationToken cancellationToken);

    /// <summary>Uses a recovery code up; false when there is none with that digest, or it was used.</summary>
    Task<bool> TryUseRecoveryCodeAsync(string staffId, string digest, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes factor and codes and ends the member's sessions but that one; false when there was no factor.</summary>
    Task<bool> RemoveAsync(string staffId, string? keepSessionId, CancellationToken cancellationToken);
}

/// <summary>A second factor that begins to count.</summary>
/// <param name="StaffId">Whose.</param>
/// <param name="Secret">As it was stored: another one may have begun meanwhile.</param>
/// <param name="Step">Time step of the code that confirmed it, used up by that.</param>
/// <param name="RecoveryDigests">Keyed digests of the recovery codes.</param>
/// <param name="KeepSessionId">The session that goes on.</param>
/// <param name="Now">Real time.</param>
public sealed record FactorConfirmation(string StaffId, byte[] Secret, long Step, IReadOnlyList<string> RecoveryDigests, string KeepSessionId, DateTimeOffset Now)
{
    /// <summary>Without the secret: records end up in logs.</summary>
    public override string ToString() => $"FactorConfirmation {StaffId}";
}
