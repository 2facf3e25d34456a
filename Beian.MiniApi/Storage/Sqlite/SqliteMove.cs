using System.Runtime.CompilerServices;
using System.Text.Json;
using Beian.MiniApi.Storage.Moving;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>
/// One database file as source or target of a move. It is held alone, so that no service can run on it meanwhile. A target has another name until all of it is there and compared: a service that is started
/// too early cannot take half of the data for all of it.
/// </summary>
/// <param name="path">The file a service would use.</param>
internal sealed class SqliteMove(string path) : IMovingEngine
{
    /// <summary>Behind the name of a target that is not complete.</summary>
    public const string Unfinished = ".moving";

    private const string Source = "source";

    /// <summary>Rows in memory at a time; with what belongs to a filing some tens of megabytes at most.</summary>
    private const int BatchRows = 200;

    private readonly string _path = Path.GetFullPath(path);
    private SqliteConnection? _connection;

    public string Place => _path;

    private SqliteConnection Connection => _connection ?? throw new InvalidOperationException("Not opened.");

    public Task<string> OpenSourceAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            throw new InvalidDataException($"There is no database at {_path}; name the data folder with --Storage:Folder=…");
        }

        _connection = OpenAlone(_path);
        SqliteMoveSchema.RefuseOther(_connection, _path);
        SqliteMoveSchema.RefuseLoose(_connection);
        using var head = _connection.Statement("SELECT instance || ' ' || seq FROM audit_chain;");
        return Task.FromResult("sqlite " + (head.ExecuteScalar() as string ?? "without a trail"));
    }

    public Task<IReadOnlyDictionary<string, MoveProgress>> OpenTargetAsync(string source, CancellationToken cancellationToken)
    {
        if (File.Exists(_path))
        {
            throw new InvalidDataException($"{_path} is in the way: data is moved to where no database is. Name another data folder with --Storage:Folder=…, or move the file away.");
        }

        SqliteDatabase.CreatePrivately(_path + Unfinished);
        _connection = OpenAlone(_path + Unfinished);

        // A kill loses nothing; after a power cut at most the last batches are moved again. What is complete is flushed at the end.
        SqliteDatabase.Execute(_connection, "PRAGMA journal_mode=WAL;");
        SqliteDatabase.Execute(_connection, "PRAGMA synchronous=NORMAL;");
        SqliteMigrations.Apply(_connection);
        SqliteMoveSchema.RefuseOther(_connection, _path + Unfinished);
        SqliteDatabase.Execute(_connection, "CREATE TABLE IF NOT EXISTS moving (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;");
        var states = States();
        if (states.Remove(Source, out var begun) && begun != source)
        {
            throw new InvalidDataException($"{_path}{Unfinished} was begun from another source, or from this one before it was changed: delete that file to begin anew.");
        }

        Put(Source, source);
        return Task.FromResult<IReadOnlyDictionary<string, MoveProgress>>(states.ToDictionary(s => s.Key, s => JsonSerializer.Deserialize<MoveProgress>(s.Value)!));
    }

    public async IAsyncEnumerable<MovedBatch> ReadAsync(MovedTable table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = new SqliteMoveRows(Connection, table);
        var cursor = after is null ? null : SqliteMoveRows.Key(after);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (things, last) = rows.Read(cursor, BatchRows);
            if (things.Count == 0)
            {
                yield break;
            }

            cursor = last;
            yield return new MovedBatch(things, SqliteMoveRows.Text(last));
            await Task.Yield();
        }
    }

    public Task<IReadOnlyList<object?[]>> NumbersAsync(CancellationToken cancellationToken)
    {
        var names = MovedTables.All.Where(t => t.IsNumbered).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        using var query = Connection.Statement("SELECT name, seq FROM sqlite_sequence ORDER BY name;");
        return Task.FromResult<IReadOnlyList<object?[]>>([.. SqliteMoveRows.All(query).Where(r => names.Contains((string)r[0]!))]);
    }

    public Task WriteAsync(MovedTable table, IReadOnlyList<MovedThing> things, MoveProgress progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var transaction = Connection.BeginTransaction();
        if (!table.IsGroup)
        {
            Insert(table, things.Select(t => t.Row));
        }

        for (var i = 0; i < table.Parts.Count; i++)
        {
            var part = i;
            Insert(table.Parts[i].Table, things.SelectMany(t => t.Parts[part]));
        }

        Put(table.Name, JsonSerializer.Serialize(progress));
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task WriteNumbersAsync(IReadOnlyList<object?[]> numbers, CancellationToken cancellationToken)
    {
        using var transaction = Connection.BeginTransaction();
        Connection.Run("DELETE FROM sqlite_sequence;");
        foreach (var row in numbers)
        {
            Connection.Run("INSERT INTO sqlite_sequence (name, seq) VALUES ($name, $seq);", ("$name", row[0]), ("$seq", row[1]));
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public async Task EndAsync(CancellationToken cancellationToken)
    {
        SqliteDatabase.Execute(Connection, "PRAGMA synchronous=FULL;");
        SqliteDatabase.Execute(Connection, "PRAGMA wal_checkpoint(TRUNCATE);");
        await Connection.DisposeAsync();
        _connection = null;
        File.Move(_path + Unfinished, _path, overwrite: false);
        _connection = OpenAlone(_path);
        SqliteDatabase.Execute(_connection, "DROP TABLE moving;");
    }

    /// <summary>Nothing here goes without a service.</summary>
    public bool IsFading(MovedTable table) => false;

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    /// <summary>No other process may have the file open: every service holds it as long as it lives.</summary>
    private static SqliteConnection OpenAlone(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            SqliteDatabase.Execute(connection, "PRAGMA locking_mode=EXCLUSIVE;");
            SqliteDatabase.Execute(connection, "BEGIN IMMEDIATE;");
            SqliteDatabase.Execute(connection, "COMMIT;");
            SqliteDatabase.Execute(connection, "PRAGMA secure_delete=ON;");
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new InvalidDataException(
                e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY
                    ? $"{path} is in use: stop the service that runs on it, and whatever else has it open. Data is moved while nobody changes it."
                    : $"{path} cannot be opened: {e.Message}",
                e);
        }
    }

    private void Insert(MovedTable table, IEnumerable<object?[]> rows)
    {
        using var insert = Connection.Statement(SqliteMoveRows.InsertInto(table));
        var parameters = table.Columns.Select((_, i) => insert.Parameters.Add(new SqliteParameter { ParameterName = "$" + i })).ToArray();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                parameters[i].Value = row[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }
    }

    private Dictionary<string, string> States()
    {
        using var query = Connection.Statement("SELECT name, value FROM moving;");
        return SqliteMoveRows.All(query).ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
    }

    private void Put(string name, string value) =>
        Connection.Run("INSERT INTO moving (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;", ("$name", name), ("$value", value));
}
