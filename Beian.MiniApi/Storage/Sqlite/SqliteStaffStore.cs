using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Members of staff and the failed logins of any name.</summary>
public sealed class SqliteStaffStore(SqliteDatabase database) : IStaffStore
{
    private const string Columns = """
        SELECT id, user_name, role, password_hash, active, configured_hash, password_set_at, last_login_at, display_name,
        EXISTS (SELECT 1 FROM staff_second_factors f WHERE f.staff_id = staff.id AND f.confirmed_at IS NOT NULL) FROM staff
        """;

    public Task<StaffMember?> FindByNameAsync(string userName, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => First(connection, " WHERE user_name = $key AND active = 1;", userName)));

    public Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => First(connection, " WHERE id = $key;", id)));

    public Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => (IReadOnlyList<StaffMember>)All(connection, connection.Statement(Columns + " ORDER BY id;"))));

    public Task<IReadOnlyList<StaffMember>> PageAsync(string? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => (IReadOnlyList<StaffMember>)
            All(connection, connection.Statement(Columns + " WHERE $before IS NULL OR id < $before ORDER BY id DESC LIMIT $take;", ("$before", before), ("$take", take)))));

    public Task SaveAsync(StaffMember member, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Save(connection, member), cancellationToken);

    public Task<bool> TryChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => ChangePassword(connection, change), cancellationToken);

    public Task<IReadOnlyList<string>> EarlierPasswordsAsync(string id, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(connection =>
        {
            var found = new List<string>();
            using var query = connection.Statement("SELECT password_hash FROM staff_passwords WHERE staff_id = $id ORDER BY id DESC LIMIT $take;", ("$id", id), ("$take", take));
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                found.Add(reader.GetString(0));
            }

            return found;
        }));

    public Task<StaffMember?> SignInAsync(ProviderLogin login, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => SignIn(connection, login), cancellationToken);

    public Task NoteLoginAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Run("UPDATE staff SET last_login_at = $now WHERE id = $id;", ("$id", id), ("$now", now.ToUnixTimeMilliseconds())), cancellationToken);

    public Task TakeBackAttemptAsync(string key, LockOut lockOut, CancellationToken cancellationToken) =>
        database.WriteAsync(
            c => c.Run(
                "UPDATE staff_attempts SET failures = failures - 1, locked = failures - 1 >= $max WHERE key = $key AND failures > 0;",
                ("$key", key),
                ("$max", lockOut.MaxFailures)),
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

    private static int Save(SqliteConnection connection, StaffMember member)
    {
        Remember(connection, member.Id, member.PasswordHash);
        connection.Run(
            """
            INSERT INTO staff (id, user_name, role, active, password_hash, configured_hash, password_set_at, display_name)
            VALUES ($id, $name, $role, $active, $hash, $configured, $set, $display)
            ON CONFLICT (id) DO UPDATE SET role = excluded.role, active = excluded.active, password_hash = excluded.password_hash,
                configured_hash = excluded.configured_hash, password_set_at = excluded.password_set_at, display_name = excluded.display_name;
            """,
            ("$id", member.Id),
            ("$name", member.UserName),
            ("$role", (int)member.Role),
            ("$active", member.Active),
            ("$hash", member.PasswordHash),
            ("$configured", member.ConfiguredHash),
            ("$set", member.PasswordSetAt.ToUnixTimeMilliseconds()),
            ("$display", SealedColumns.StaffNames.SealText(connection, member.Id, member.DisplayName)));
        return SqliteSessionStore.EndAll(connection, member.Id);
    }

    /// <summary>Puts the stored hash into the history when another one is about to replace it, and forgets all but the last few.</summary>
    private static void Remember(SqliteConnection connection, string id, string nextHash)
    {
        connection.Run(
            "INSERT INTO staff_passwords (staff_id, password_hash) SELECT id, password_hash FROM staff WHERE id = $id AND password_hash NOT IN ('', $next);",
            ("$id", id),
            ("$next", nextHash));
        connection.Run(
            "DELETE FROM staff_passwords WHERE staff_id = $id AND id NOT IN (SELECT id FROM staff_passwords WHERE staff_id = $id ORDER BY id DESC LIMIT $keep);",
            ("$id", id),
            ("$keep", IStaffStore.MaxHistory));
    }

    private static bool ChangePassword(SqliteConnection connection, PasswordChange change)
    {
        using (var present = connection.Statement("SELECT 1 FROM staff WHERE id = $id AND active = 1 AND password_hash = $expected;", ("$id", change.StaffId), ("$expected", change.ExpectedHash)))
        {
            if (present.ExecuteScalar() is null)
            {
                return false;
            }
        }

        Remember(connection, change.StaffId, change.NextHash);
        connection.Run(
            "UPDATE staff SET password_hash = $next, password_set_at = $now WHERE id = $id;",
            ("$id", change.StaffId),
            ("$next", change.NextHash),
            ("$now", change.Now.ToUnixTimeMilliseconds()));
        SqliteSessionStore.EndAll(connection, change.StaffId, change.KeepSessionId);
        return true;
    }

    private static StaffMember? SignIn(SqliteConnection connection, ProviderLogin login)
    {
        using var query = connection.Statement(
            "SELECT staff_id FROM staff_identities WHERE issuer = $issuer AND subject = $subject;", ("$issuer", login.Issuer), ("$subject", login.Subject));
        var known = query.ExecuteScalar() is string id ? First(connection, " WHERE id = $key;", id) : null;
        if (login.Role is not { } role)
        {
            if (known is { Active: true })
            {
                Save(connection, known.Closed());
            }

            return null;
        }

        if (known is null)
        {
            connection.Run(
                "INSERT INTO staff_identities (issuer, subject, staff_id) VALUES ($issuer, $subject, $id);",
                ("$issuer", login.Issuer),
                ("$subject", login.Subject),
                ("$id", login.NewId));
        }

        var member = (known ?? StaffMember.Create(login.NewId, StaffMember.ProviderPrefix + login.NewId, role, string.Empty)).Opened(role) with { DisplayName = login.DisplayName };
        if (member != known)
        {
            Save(connection, member);
        }

        connection.Run("UPDATE staff SET last_login_at = $now WHERE id = $id;", ("$id", member.Id), ("$now", login.Now.ToUnixTimeMilliseconds()));
        return member;
    }

    private static StaffMember? First(SqliteConnection connection, string where, string key) => All(connection, connection.Statement(Columns + where, ("$key", key))).SingleOrDefault();

    private static List<StaffMember> All(SqliteConnection connection, SqliteCommand query)
    {
        using (query)
        {
            var found = new List<StaffMember>();
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                found.Add(Row(connection, reader));
            }

            return found;
        }
    }

    private static StaffMember Row(SqliteConnection connection, SqliteDataReader reader) =>
        StaffMember.Create(reader.GetString(0), reader.GetString(1), (Role)reader.GetInt32(2), reader.GetString(3), reader.GetBoolean(4)) with
        {
            ConfiguredHash = reader.IsDBNull(5) ? null : reader.GetString(5),
            PasswordSetAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)),
            LastLoginAt = reader.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)),
            DisplayName = SealedColumns.StaffNames.OpenText(connection, reader.GetString(0), reader.IsDBNull(8) ? null : reader.GetString(8)),
            HasSecondFactor = reader.GetBoolean(9),
        };
}
