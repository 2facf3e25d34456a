using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Staff's own texts in a table.</summary>
public sealed class SqliteReasonStore(SqliteDatabase database) : IReasonStore
{
    public Task<IReadOnlyList<StaffReason>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StaffReason>>(database.Read(connection =>
    {
        using var query = connection.Statement("SELECT id, field, reason, suggestion, hidden, changed_by, changed_at FROM review_reasons ORDER BY id;");
        using var reader = query.ExecuteReader();
        var found = new List<StaffReason>();
        while (reader.Read())
        {
            found.Add(new StaffReason(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt64(4) != 0, reader.GetString(5), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6))));
        }

        return found;
    }));

    public Task<bool> SaveAsync(StaffReason reason, CancellationToken cancellationToken) => database.WriteAsync(connection => Save(connection, reason), cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM review_reasons WHERE id = $id;", ("$id", id)) > 0, cancellationToken);

    private static bool Save(SqliteConnection connection, StaffReason reason) => connection.Run(
        """
        INSERT INTO review_reasons (id, field, reason, suggestion, hidden, changed_by, changed_at)
        SELECT $id, $field, $reason, $suggestion, $hidden, $by, $at
        WHERE (SELECT count(*) FROM review_reasons WHERE id <> $id) < $max
        ON CONFLICT (id) DO UPDATE SET field = excluded.field, reason = excluded.reason, suggestion = excluded.suggestion, hidden = excluded.hidden,
            changed_by = excluded.changed_by, changed_at = excluded.changed_at;
        """,
        ("$id", reason.Id),
        ("$field", reason.Field),
        ("$reason", reason.Reason),
        ("$suggestion", reason.Suggestion),
        ("$hidden", reason.IsHidden ? 1 : 0),
        ("$by", reason.ChangedBy),
        ("$at", reason.ChangedAt.ToUnixTimeMilliseconds()),
        ("$max", IReasonStore.MaxReasons)) > 0;
}
