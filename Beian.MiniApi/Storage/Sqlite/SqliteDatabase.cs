using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>
/// One SQLite file: a single writer that commits whatever is waiting as one group, and as many readers as there are requests. A write is answered
/// only after its commit has reached the disk (<c>synchronous=FULL</c>), so an acknowledged save survives a kill.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>Most writes that share one commit; bounds how long the first of them waits.</summary>
    public const int MaxGroup = 256;

    private readonly string _connectionString;
    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(4096) { SingleReader = true });
    private readonly SqliteConnection _writer;
    private readonly SqliteAudit? _audit;
    private readonly Task _loop;
    private long _commits;
    private long _saves;

    /// <summary>Opens or creates the file and brings its schema up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sealer">Seals the payloads; is given the data keys of this database.</param>
    /// <param name="audit">With it, every change leaves an entry in the audit trail; without, none does.</param>
    /// <param name="time">The clock of those entries; the system's when null.</param>
    /// <exception cref="InvalidDataException">The key ring lacks a key by which data keys are wrapped.</exception>
    public SqliteDatabase(string path, Sealer sealer, AuditSecret? audit = null, TimeProvider? time = null)
    {
        Sealer = sealer;
        Path = System.IO.Path.GetFullPath(path);
        CreatePrivately(Path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = true, DefaultTimeout = 30 }.ToString();
        _writer = Open();
        Execute(_writer, "PRAGMA journal_mode=WAL;");
        Execute(_writer, "PRAGMA synchronous=FULL;");

        // What is deleted or overwritten is filled with zeros: erased people must not be found in the free places of the file.
        Execute(_writer, "PRAGMA secure_delete=ON;");
        SqliteMigrations.Apply(_writer);
        SqliteDataKeys.Open(_writer, sealer, () => Read(SqliteDataKeys.List));
        _audit = audit is null ? null : new SqliteAudit(_writer, audit, time ?? TimeProvider.System);
        _loop = Task.Run(WriteLoopAsync);
    }

    /// <summary>Full path of the database file.</summary>
    public string Path { get; }

    /// <summary>The cipher of its payloads, with the data keys of this database.</summary>
    public Sealer Sealer { get; }

    /// <summary>Commits made and writes acknowledged since start; their ratio says how well grouping works.</summary>
    public (long Commits, long Saves) Counters => (Interlocked.Read(ref _commits), Interlocked.Read(ref _saves));

    /// <summary>
    /// Runs <paramref name="work"/> on the writer and completes after the commit that holds it. An exception undoes this write alone (each has its own
    /// savepoint) and is thrown here; the others of the group go on.
    /// </summary>
    /// <param name="work">Short and synchronous; must not keep the connection.</param>
    /// <param name="cancellationToken">Only honoured while the write still waits; a write that began is always awaited, so that nobody is told "cancelled" about a saved change.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        await _writes.Writer.WriteAsync(write, cancellationToken);
        try
        {
            return await write.Task;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL)
        {
            throw new StorageFullException("There is no room left for the database.", e);
        }
    }

    /// <summary>
    /// As <see cref="WriteAsync"/>, for what changes how things are kept and not what they say: keys, and values sealed anew. Another process than the service may do it
    /// meanwhile, so whatever follows changes in memory has to leave these out.
    /// </summary>
    public Task<T> HousekeepAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) => WriteAsync(work, cancellationToken);

    /// <summary>Runs <paramref name="work"/> on a pooled reader that sees the last commit.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        using var connection = Open();
        return work(connection);
    }

    /// <summary>Copies the database, as it is at one moment, into a new file.</summary>
    public void CopyTo(string path) => Read(connection =>
    {
        SqliteBackup.Copy(connection, path);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
        Execute(_writer, "PRAGMA wal_checkpoint(TRUNCATE);");
        _audit?.Dispose();
        await _writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    /// <summary>Adds an entry to the audit trail that no changed row makes; only from within a write.</summary>
    internal void Note(Sighting sighting) => _audit?.Note(sighting);

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constant statements of this room come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// The folder and an empty file for this user alone, where the system knows such a thing: the rows hold personal data. SQLite gives its log the
    /// rights of the database.
    /// </summary>
    internal static void CreatePrivately(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    private SealedConnection Open()
    {
        var connection = new SealedConnection(_connectionString, Sealer);
        connection.Open();
        return connection;
    }

    private async Task WriteLoopAsync()
    {
        var group = new List<Write>(MaxGroup);
        while (await _writes.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MaxGroup && _writes.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            CommitGroup(group);
        }
    }

    private void CommitGroup(List<Write> group)
    {
        try
        {
            Execute(_writer, "BEGIN IMMEDIATE;");
            foreach (var write in group)
            {
                Execute(_writer, "SAVEPOINT w;");
                if (!write.Run(_writer))
                {
                    if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Handle) != 0)
                    {
                        // SQLite has given up the whole transaction, as it may on a full disk: nothing of the group is there, for this reason.
                        ExceptionDispatchInfo.Throw(write.Error!);
                    }

                    Execute(_writer, "ROLLBACK TO w;");
                    _audit?.Forget();
                }

                Execute(_writer, "RELEASE w;");
                _audit?.Keep(write.Scope);
            }

            _audit?.Write();
            Execute(_writer, "COMMIT;");
            _audit?.Committed();
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _saves, group.Count);
        }
#pragma warning disable CA1031 // Whatever broke the commit (a full disk, most likely) is the answer to every write of the group; the loop must live on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Undo();
            foreach (var write in group)
            {
                write.Fail(e);
            }

            return;
        }

        foreach (var write in group)
        {
            write.Complete();
        }
    }

    private void Undo()
    {
        _audit?.Undone();
        try
        {
            Execute(_writer, "ROLLBACK;");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already; there is nothing left to undo.
        }
    }

    private abstract class Write
    {
        /// <summary>On whose behalf it was asked for.</summary>
        public AuditScope Scope { get; } = AuditScope.Current;

        /// <summary>What the work threw, or null.</summary>
        public Exception? Error { get; protected set; }

        /// <returns>False when the work threw and must be rolled back.</returns>
        public abstract bool Run(SqliteConnection connection);

        public abstract void Complete();

        public abstract void Fail(Exception e);
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Task => _done.Task;

        public override bool Run(SqliteConnection connection)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Error = new OperationCanceledException(cancellationToken);
                return false;
            }

            try
            {
                _result = work(connection);
                return true;
            }
#pragma warning disable CA1031 // Handed to the caller, who awaits it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Error = e;
                return false;
            }
        }

        public override void Complete()
        {
            if (Error is null)
            {
                _done.SetResult(_result!);
            }
            else
            {
                _done.SetException(Error);
            }
        }

        public override void Fail(Exception e) => _done.TrySetException(Error ?? e);
    }
}
