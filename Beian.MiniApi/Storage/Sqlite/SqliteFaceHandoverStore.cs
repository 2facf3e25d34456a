using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a hand-over; binding it is one update on the one writer.</summary>
public sealed class SqliteFaceHandoverStore(SqliteDatabase database) : IFaceHandoverStore
{
    private const string Columns = "id, code_hash, filing_id, site_id, person_key, expires_at, redeemed_by";

    public Task PutAsync(FaceHandover handover, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run(
            $"""
            DELETE FROM face_handovers WHERE filing_id = $filing AND site_id = $site;
            INSERT INTO face_handovers ({Columns}) VALUES ($id, $hash, $filing, $site, $person, $expires, $by);
            """,
            ("$id", handover.Id),
            ("$hash", handover.CodeHash),
            ("$filing", handover.FilingId),
            ("$site", handover.SiteId),
            ("$person", handover.PersonKey),
            ("$expires", handover.ExpiresAt.ToUnixTimeMilliseconds()),
            ("$by", handover.RedeemedBy)),
        cancellationToken);

    public Task<FaceHandover?> RedeemAsync(byte[] codeHash, string userId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var binding = connection.Statement(
                $"""
                UPDATE face_handovers SET expires_at = CASE WHEN redeemed_by IS NULL THEN $until ELSE expires_at END, redeemed_by = $user
                WHERE code_hash = $hash AND expires_at > $now AND (redeemed_by IS NULL OR redeemed_by = $user) RETURNING {Columns};
                """,
                ("$hash", codeHash),
                ("$user", userId),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$until", until.ToUnixTimeMilliseconds()));
            var bound = One(binding);
            if (bound is not null)
            {
                // The check names whose phone it is done on, in a filing of somebody else's: an erasure finds it by this.
                connection.Run(
                    "INSERT INTO former_members (user_id, account_id) SELECT $user, account_id FROM filings WHERE id = $filing ON CONFLICT DO NOTHING;",
                    ("$user", userId),
                    ("$filing", bound.FilingId));
            }

            return bound;
        },
        cancellationToken);

    public Task<FaceHandover?> FindAsync(string id, string userId, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement(
            $"SELECT {Columns} FROM face_handovers WHERE id = $id AND redeemed_by = $user AND expires_at > $now;",
            ("$id", id),
            ("$user", userId),
            ("$now", now.ToUnixTimeMilliseconds()));
        return One(query);
    }));

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("DELETE FROM face_handovers WHERE expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds())), cancellationToken);

    private static FaceHandover? One(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        return row.Read()
            ? new FaceHandover(
                row.GetString(0),
                row.GetFieldValue<byte[]>(1),
                row.GetString(2),
                row.GetString(3),
                row.GetString(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                row.IsDBNull(6) ? null : row.GetString(6))
            : null;
    }
}
