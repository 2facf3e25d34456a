using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Sessions, and the hash of every refresh token they were given.</summary>
public sealed class SqliteSessionStore(SqliteDatabase database) : ISessionStore
{
    public Task StartAsync(Session session, byte[] refreshHash, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var kept = connection.Run(
                    """
                    INSERT INTO sessions (id, owner_id, role, started_at, lifetime, expires_at, ended, device, last_used_at)
                    SELECT $id, $owner, $role, $started, $lifetime, $expires, 0, $device, $started
                    WHERE $role <> $applicant OR EXISTS (SELECT 1 FROM users WHERE id = $owner);
                    """,
                    ("$id", session.Id),
                    ("$owner", session.OwnerId),
                    ("$role", (int)session.Role),
                    ("$applicant", (int)Role.Applicant),
                    ("$started", session.StartedAt.ToUnixTimeMilliseconds()),
                    ("$lifetime", (long)session.Lifetime.TotalMilliseconds),
                    ("$expires", session.ExpiresAt.ToUnixTimeMilliseconds()),
                    ("$device", SealedColumns.Devices.SealText(connection, session.Id, session.Device)));
                return kept == 1 ? AddToken(connection, refreshHash, session.Id) : 0;
            },
            cancellationToken);

    public Task<IReadOnlyList<SessionRow>> ListAsync(string ownerId, string? before, int take, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<SessionRow>>(connection =>
        {
            using var query = connection.Statement(
                """
                SELECT id, started_at, last_used_at, device FROM sessions
                WHERE owner_id = $owner AND ended = 0 AND expires_at > $now AND id < $before ORDER BY id DESC LIMIT $take;
                """,
                ("$owner", ownerId),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$before", before ?? "~"),
                ("$take", take));
            using var reader = query.ExecuteReader();
            var found = new List<SessionRow>();
            while (reader.Read())
            {
                found.Add(new SessionRow(
                    reader.GetString(0),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)),
                    SealedColumns.Devices.OpenText(connection, reader.GetString(0), reader.IsDBNull(3) ? null : reader.GetString(3))));
            }

            return found;
        }));

    public Task<LiveSession?> FindLiveAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => FindLive(c, sessionId, now)));

    public Task<RotationOutcome> RotateAsync(byte[] usedHash, byte[] nextHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Rotate(connection, usedHash, nextHash, now), cancellationToken);

    public Task EndAsync(string sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(c => c.Run("UPDATE sessions SET ended = 1 WHERE id = $id;", ("$id", sessionId)), cancellationToken);

    public async Task<bool> EndAsync(string sessionId, string ownerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            c => c.Run(
                "UPDATE sessions SET ended = 1 WHERE id = $id AND owner_id = $owner AND ended = 0 AND expires_at > $now;",
                ("$id", sessionId),
                ("$owner", ownerId),
                ("$now", now.ToUnixTimeMilliseconds())),
            cancellationToken) == 1;

    public Task EndAllAsync(string ownerId, CancellationToken cancellationToken) =>
        database.WriteAsync(c => EndAll(c, ownerId), cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                var at = ("$now", (object?)now.ToUnixTimeMilliseconds());
                connection.Run(
                    """
                    DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE expires_at <= $now)
                    OR used_at <= $now - (SELECT lifetime FROM sessions WHERE sessions.id = refresh_tokens.session_id);
                    """,
                    at);
                return connection.Run("DELETE FROM sessions WHERE expires_at <= $now;", at);
            },
            cancellationToken);

    /// <param name="connection">The writer.</param>
    /// <param name="ownerId">Whose sessions.</param>
    /// <param name="keep">Id of one that goes on, or null.</param>
    internal static int EndAll(SqliteConnection connection, string ownerId, string? keep = null) =>
        connection.Run("UPDATE sessions SET ended = 1 WHERE owner_id = $owner AND id IS NOT $keep;", ("$owner", ownerId), ("$keep", keep));

    private static LiveSession? FindLive(SqliteConnection connection, string sessionId, DateTimeOffset now)
    {
        using var query = connection.Statement(
            """
            SELECT s.owner_id, s.role, u.account_id FROM sessions s LEFT JOIN users u ON u.id = s.owner_id
            WHERE s.id = $id AND s.ended = 0 AND s.expires_at > $now;
            """,
            ("$id", sessionId),
            ("$now", now.ToUnixTimeMilliseconds()));
        using var reader = query.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var role = (Role)reader.GetInt32(1);
        var accountId = reader.IsDBNull(2) ? string.Empty : reader.GetString(2);
        return role == Role.Applicant && accountId.Length == 0 ? null : new LiveSession(reader.GetString(0), role, accountId);
    }

    private static RotationOutcome Rotate(SqliteConnection connection, byte[] usedHash, byte[] nextHash, DateTimeOffset now)
    {
        if (FindToken(connection, usedHash) is not { } token)
        {
            return new RotationOutcome(Rotation.Unknown, string.Empty, null);
        }

        if (token.Used)
        {
            connection.Run("UPDATE sessions SET ended = 1 WHERE id = $id;", ("$id", token.SessionId));
            return new RotationOutcome(Rotation.Reused, token.SessionId, null);
        }

        if (FindLive(connection, token.SessionId, now) is not { } session)
        {
            return new RotationOutcome(Rotation.Ended, token.SessionId, null);
        }

        var at = ("$now", (object?)now.ToUnixTimeMilliseconds());
        connection.Run("UPDATE refresh_tokens SET used_at = $now WHERE hash = $hash;", at, ("$hash", usedHash));
        connection.Run(
            """
            UPDATE sessions SET last_used_at = $now,
                expires_at = CASE WHEN EXISTS (SELECT 1 FROM staff_identities WHERE staff_id = owner_id) THEN started_at ELSE $now END + lifetime
            WHERE id = $id;
            """,
            at,
            ("$id", token.SessionId));
        AddToken(connection, nextHash, token.SessionId);
        return new RotationOutcome(Rotation.Rotated, token.SessionId, session);
    }

    private static (string SessionId, bool Used)? FindToken(SqliteConnection connection, byte[] hash)
    {
        using var query = connection.Statement("SELECT session_id, used_at IS NOT NULL FROM refresh_tokens WHERE hash = $hash;", ("$hash", hash));
        using var reader = query.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetBoolean(1)) : null;
    }

    private static int AddToken(SqliteConnection connection, byte[] hash, string sessionId) =>
        connection.Run("INSERT INTO refresh_tokens (hash, session_id) VALUES ($hash, $session);", ("$hash", hash), ("$session", sessionId));
}
