namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a paper.</summary>
public sealed class SqlitePaperWorkStore(SqliteDatabase database) : IPaperWorkStore
{
    public Task AddAsync(string materialId, string filingId, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run(
            """
            INSERT INTO paper_work (material_id, filing_id, attempts, due_at) VALUES ($material, $filing, 0, $due)
            ON CONFLICT (material_id) DO UPDATE SET filing_id = $filing, attempts = 0, due_at = $due;
            """,
            ("$material", materialId),
            ("$filing", filingId),
            ("$due", dueAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task<PaperWork?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var command = connection.Statement(
                """
                UPDATE paper_work SET attempts = attempts + 1, due_at = $until
                WHERE material_id = (SELECT material_id FROM paper_work WHERE due_at <= $now ORDER BY due_at LIMIT 1)
                RETURNING material_id, filing_id, attempts;
                """,
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$until", until.ToUnixTimeMilliseconds()));
            using var reader = command.ExecuteReader();
            return reader.Read() ? new PaperWork(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)) : null;
        },
        cancellationToken);

    public Task PutOffAsync(string materialId, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("UPDATE paper_work SET due_at = $due WHERE material_id = $material;", ("$due", dueAt.ToUnixTimeMilliseconds()), ("$material", materialId)),
        cancellationToken);

    public Task DoneAsync(string materialId, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM paper_work WHERE material_id = $material;", ("$material", materialId)), cancellationToken);

    public Task<int> CountAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement("SELECT count(*) FROM paper_work;");
        return Convert.ToInt32(query.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }));
}
