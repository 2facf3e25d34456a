namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a verdict.</summary>
public sealed class SqliteMediaVerdictStore(SqliteDatabase database) : IMediaVerdictStore
{
    public async Task<bool> AddAsync(MediaVerdict verdict, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Run(
                "INSERT INTO media_verdicts (trace_id, error_code, suggestion, label, at) VALUES ($trace, $code, $suggestion, $label, $at) ON CONFLICT (trace_id) DO NOTHING;",
                ("$trace", verdict.TraceId),
                ("$code", verdict.ErrorCode),
                ("$suggestion", verdict.Suggestion),
                ("$label", verdict.Label),
                ("$at", verdict.At.ToUnixTimeMilliseconds())),
            cancellationToken) == 1;

    public Task<MediaVerdict?> FindAsync(string traceId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement("SELECT error_code, suggestion, label, at FROM media_verdicts WHERE trace_id = $trace;", ("$trace", traceId));
            using var reader = query.ExecuteReader();
            return reader.Read()
                ? new MediaVerdict(
                    traceId,
                    reader.GetInt32(0),
                    reader.IsDBNull(1) ? null : reader.GetString(1),
                    reader.IsDBNull(2) ? null : reader.GetInt32(2),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)))
                : null;
        }));

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM media_verdicts WHERE at < $before;", ("$before", before.ToUnixTimeMilliseconds())), cancellationToken);
}
