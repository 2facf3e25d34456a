using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Second factors of staff, and what of them is used up.</summary>
public sealed class SqliteSecondFactorStore(SqliteDatabase database) : ISecondFactorStore
{
    public Task<SecondFactor?> FindAsync(string staffId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement("SELECT secret, confirmed_at IS NOT NULL FROM staff_second_factors WHERE staff_id = $id;", ("$id", staffId));
            using var reader = query.ExecuteReader();
            return reader.Read() ? new SecondFactor(SecretOf(connection, staffId, reader.GetFieldValue<byte[]>(0)), reader.GetBoolean(1)) : null;
        }));

    public Task<bool> TryBeginAsync(string staffId, byte[] secret, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO staff_second_factors (staff_id, secret) VALUES ($id, $secret)
                ON CONFLICT (staff_id) DO UPDATE SET secret = excluded.secret WHERE confirmed_at IS NULL;
                """,
                ("$id", staffId),
                ("$secret", SealedColumns.SecondFactors.Seal(connection, staffId, secret))) == 1,
            cancellationToken);

    public Task<bool> TryConfirmAsync(FactorConfirmation confirmation, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Confirm(connection, confirmation), cancellationToken);

    public Task<bool> TryUseStepAsync(string staffId, long step, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                "UPDATE staff_second_factors SET last_step = $step WHERE staff_id = $id AND confirmed_at IS NOT NULL AND last_step < $step;",
                ("$id", staffId),
                ("$step", step)) == 1,
            cancellationToken);

    public Task<bool> TryUseRecoveryCodeAsync(string staffId, string digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                "UPDATE staff_recovery_codes SET used_at = $now WHERE staff_id = $id AND digest = $digest AND used_at IS NULL;",
                ("$id", staffId),
                ("$digest", digest),
                ("$now", now.ToUnixTimeMilliseconds())) == 1,
            cancellationToken);

    public Task<bool> RemoveAsync(string staffId, string? keepSessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var owner = ("$id", (object?)staffId);
                connection.Run("DELETE FROM staff_recovery_codes WHERE staff_id = $id;", owner);
                var removed = connection.Run("DELETE FROM staff_second_factors WHERE staff_id = $id;", owner) == 1;
                SqliteSessionStore.EndAll(connection, staffId, keepSessionId);
                return removed;
            },
            cancellationToken);

    /// <summary>Sealed by keys that are lost it is empty: no code is right, and an admin removes the factor.</summary>
    private static byte[] SecretOf(SqliteConnection connection, string staffId, byte[] stored)
    {
        try
        {
            return SealedColumns.SecondFactors.Open(connection, staffId, stored);
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    /// <summary>The stored secret is still the one that the code was of.</summary>
    private static bool IsWaiting(SqliteConnection connection, string staffId, byte[] secret)
    {
        using var query = connection.Statement("SELECT secret FROM staff_second_factors WHERE staff_id = $id AND confirmed_at IS NULL;", ("$id", staffId));
        return query.ExecuteScalar() is byte[] stored && CryptographicOperations.FixedTimeEquals(SecretOf(connection, staffId, stored), secret);
    }

    private static bool Confirm(SqliteConnection connection, FactorConfirmation confirmation)
    {
        var confirmed = IsWaiting(connection, confirmation.StaffId, confirmation.Secret) && connection.Run(
            "UPDATE staff_second_factors SET confirmed_at = $now, last_step = $step WHERE staff_id = $id AND confirmed_at IS NULL;",
            ("$id", confirmation.StaffId),
            ("$step", confirmation.Step),
            ("$now", confirmation.Now.ToUnixTimeMilliseconds())) == 1;
        if (!confirmed)
        {
            return false;
        }

        connection.Run("DELETE FROM staff_recovery_codes WHERE staff_id = $id;", ("$id", confirmation.StaffId));
        foreach (var digest in confirmation.RecoveryDigests)
        {
            connection.Run("INSERT INTO staff_recovery_codes (staff_id, digest) VALUES ($id, $digest);", ("$id", confirmation.StaffId), ("$digest", digest));
        }

        SqliteSessionStore.EndAll(connection, confirmation.StaffId, confirmation.KeepSessionId);
        return true;
    }
}
