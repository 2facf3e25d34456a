using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Members of staff and the failed logins of any name.</summary>
public sealed class SqliteStaffStore(SqliteDatabase database) : IStaffStore
{
    private const string Columns = "SELECT id, user_name, role, password_hash, active FROM staff ";

    public Task<StaffMember?> FindByNameAsync(string userName, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement(Columns + "WHERE user_name = $name AND active = 1;", ("$name", userName));
            using var reader = query.ExecuteReader();
            return reader.Read() ? Row(reader) : null;
        }));

    public Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StaffMember>>(database.Read(connection =>
        {
            var found = new List<StaffMember>();
            using var query = connection.Statement(Columns + "ORDER BY id;");
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                found.Add(Row(reader));
            }

            return found;
        }));

    public Task SaveAsync(StaffMember member, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                connection.Run(
                    """
                    INSERT INTO staff (id, user_name, role, active, password_hash) VALUES ($id, $name, $role, $active, $hash)
                    ON CONFLICT (id) DO UPDATE SET role = excluded.role, active = excluded.active, password_hash = excluded.password_hash;
                    """,
                    ("$id", member.Id),
                    ("$name", member.UserName),
                    ("$role", (int)member.Role),
                    ("$active", member.Active),
                    ("$hash", member.PasswordHash));
                return SqliteSessionStore.EndAll(connection, member.Id);
            },
            cancellationToken);

    public Task<DateTimeOffset?> BeginAttemptAsync(string key, DateTimeOffset now, LockOut lockOut, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => BeginAttempt(connection, key, now, lockOut), cancellationToken);

    public Task ClearAttemptsAsync(string key, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Run("DELETE FROM staff_attempts WHERE key = $key;", ("$key", key)), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Run("DELETE FROM staff_attempts WHERE forget_at <= $now;", ("$now", now.ToUnixTimeMilliseconds())), cancellationToken);

    private static DateTimeOffset? BeginAttempt(SqliteConnection connection, string key, DateTimeOffset now, LockOut lockOut)
    {
        var failures = 0;
        using (var query = connection.Statement(
            "SELECT failures, locked, forget_at FROM staff_attempts WHERE key = $key AND forget_at > $now;", ("$key", key), ("$now", now.ToUnixTimeMilliseconds())))
        {
            using var reader = query.ExecuteReader();
            if (reader.Read())
            {
                if (reader.GetBoolean(1))
                {
                    return DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2));
                }

                failures = reader.GetInt32(0);
            }
        }

        failures++;
        connection.Run(
            """
            INSERT INTO staff_attempts (key, failures, locked, forget_at) VALUES ($key, $failures, $locked, $forget)
            ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, locked = excluded.locked, forget_at = excluded.forget_at;
            """,
            ("$key", key),
            ("$failures", failures),
            ("$locked", failures >= lockOut.MaxFailures),
            ("$forget", (now + lockOut.Duration).ToUnixTimeMilliseconds()));
        return null;
    }

    private static StaffMember Row(SqliteDataReader reader) =>
        StaffMember.Create(reader.GetString(0), reader.GetString(1), (Role)reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4));
}
