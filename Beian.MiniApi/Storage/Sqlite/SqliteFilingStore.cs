using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Filings as one row each, with their reservations and contacts in tables beside.</summary>
public sealed class SqliteFilingStore(SqliteDatabase database) : IFilingStore
{
    private const string Columns = "SELECT payload, revision, id FROM filings ";

    public Task<Filing?> FindAsync(string id, string accountId, CancellationToken cancellationToken) =>
        OneAsync(Columns + "WHERE id = $id AND account_id = $account;", ("$id", id), ("$account", accountId));

    public Task<Filing?> FindAsync(string id, CancellationToken cancellationToken) => OneAsync(Columns + "WHERE id = $id;", ("$id", id));

    public Task<Filing?> FindByNumberAsync(string number, CancellationToken cancellationToken) =>
        OneAsync(Columns + "WHERE number = $number;", ("$number", number));

    public Task<SaveOutcome> AddAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        SaveAsync(filing, isNew: true, record, cancellationToken);

    public Task<SaveOutcome> ReplaceAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        SaveAsync(filing, isNew: false, record, cancellationToken);

    public Task<IReadOnlyList<Filing>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken) => ManyAsync(
        Columns + "WHERE account_id = $account AND id < $before ORDER BY id DESC LIMIT $limit;",
        ("$account", accountId),
        ("$before", before ?? "~"),
        ("$limit", limit));

    public Task<IReadOnlyList<Filing>> QueueAsync(QueueFilter filter, string? before, int limit, CancellationToken cancellationToken)
    {
        var (where, values) = SqliteQueue.Narrow(filter);
        return ManyAsync(Columns + SqliteQueue.IndexForNewest(filter) + where + " AND id < $before ORDER BY id DESC LIMIT $limit;", [.. values, ("$before", before ?? "~"), ("$limit", limit)]);
    }

    public Task<IReadOnlyList<Filing>> QueueByDueAsync(QueueFilter filter, QueueKey? after, int limit, CancellationToken cancellationToken)
    {
        var (where, values) = SqliteQueue.Narrow(filter);
        if (after is not null)
        {
            where += " AND (due_key, id) > ($due, $id)";
            values = [.. values, ("$due", after.DueAt?.ToUnixTimeMilliseconds() ?? long.MaxValue), ("$id", after.Id)];
        }

        return ManyAsync(Columns + SqliteQueue.IndexForDue(filter) + where + " ORDER BY due_key, id LIMIT $limit;", [.. values, ("$limit", limit)]);
    }

    public Task<IReadOnlyList<string>> InStateAsync(FilingState state, int limit, CancellationToken cancellationToken) =>
        IdsAsync("SELECT id FROM filings WHERE state = $state ORDER BY id LIMIT $limit;", ("$state", FilingTransitions.NameOf(state)), ("$limit", limit));

    public async Task<string?> NextDueAsync(DateTimeOffset until, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        var ids = await IdsAsync(
            "SELECT id FROM filings WHERE timer_at <= $until AND id NOT IN (SELECT value FROM json_each($except)) ORDER BY timer_at, id LIMIT 1;",
            ("$until", until.ToUnixTimeMilliseconds()),
            ("$except", JsonSerializer.Serialize(except)));
        return ids.Count == 0 ? null : ids[0];
    }

    public Task<IReadOnlyList<string>> WithOutboxAsync(int limit, CancellationToken cancellationToken) =>
        IdsAsync("SELECT id FROM filings WHERE outbox > 0 ORDER BY id LIMIT $limit;", ("$limit", limit));

    public Task<IReadOnlyList<string>> WithOpenFaceChecksAsync(int limit, CancellationToken cancellationToken) =>
        IdsAsync("SELECT id FROM filings WHERE face_open > 0 ORDER BY id DESC LIMIT $limit;", ("$limit", limit));

    public Task<IReadOnlyList<string>> WithPicturesDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        IdsAsync("SELECT id FROM filings WHERE picture_at <= $until ORDER BY picture_at, id LIMIT $limit;", ("$until", until.ToUnixTimeMilliseconds()), ("$limit", limit));

    private async Task<SaveOutcome> SaveAsync(Filing filing, bool isNew, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        var saved = filing.Saved(filing.Revision + 1);
        var payload = SealedColumns.Filings.Seal(database.Sealer, saved.Id, StoredFiling.Payload(saved));
        try
        {
            return await database.WriteAsync(
                connection =>
                {
                    var isErased = isNew && AccountRows.IsErased(connection, saved.Snapshot.AccountId);
                    if (isErased || !(isNew ? Insert(connection, saved, payload) : Update(connection, saved, payload)))
                    {
                        throw new NotSavedException(isErased ? SaveOutcome.AccountErased : isNew ? SaveOutcome.NumberTaken : SaveOutcome.Changed);
                    }

                    if (PutHolds(connection, saved) is { } taken)
                    {
                        throw new NotSavedException(new SaveOutcome(null, taken));
                    }

                    SqliteContactReader.Put(connection, "filing", saved.Id, saved.Snapshot.AccountId, saved.Snapshot.SubjectKey, saved.Snapshot.Contacts);
                    SqliteConsentStore.Put(connection, saved);
                    SqliteReviewFacts.Put(connection, saved);
                    SqliteIdempotencyStore.Insert(connection, record);
                    return new SaveOutcome(saved, null);
                },
                cancellationToken);
        }
        catch (NotSavedException e)
        {
            return e.Outcome;
        }
    }

    private static bool Insert(SqliteConnection connection, Filing filing, byte[] payload)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO filings (id, account_id, number, state, province, assignee, revision, created_at, state_since, due_at, timer_at, outbox, submitted, face_open, picture_at, kind, has_facts, payload)
            VALUES ($id, $account, $number, $state, $province, $assignee, $revision, $created, $since, $due, $timer, $outbox, $submitted, $face, $picture, $kind, 1, $payload)
            ON CONFLICT (number) DO NOTHING;
            """;
        var row = Bind(command, filing, payload);
        command.Parameters.AddWithValue("$account", row.AccountId);
        command.Parameters.AddWithValue("$number", row.Number);
        command.Parameters.AddWithValue("$created", row.CreatedAt);
        return command.ExecuteNonQuery() == 1;
    }

    private static bool Update(SqliteConnection connection, Filing filing, byte[] payload)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            UPDATE filings SET state = $state, province = $province, assignee = $assignee, revision = $revision, state_since = $since, due_at = $due,
                timer_at = $timer, outbox = $outbox, submitted = $submitted, face_open = $face, picture_at = $picture,
                kind = $kind, has_facts = 1, payload = $payload
            WHERE id = $id AND revision = $revision - 1;
            """;
        Bind(command, filing, payload);
        return command.ExecuteNonQuery() == 1;
    }

    private static StoredFiling Bind(SqliteCommand command, Filing filing, byte[] payload)
    {
        var row = StoredFiling.Of(filing);
        command.Parameters.AddWithValue("$id", row.Id);
        command.Parameters.AddWithValue("$state", row.State);
        command.Parameters.AddWithValue("$province", (object?)row.Province ?? DBNull.Value);
        command.Parameters.AddWithValue("$assignee", (object?)row.Assignee ?? DBNull.Value);
        command.Parameters.AddWithValue("$revision", row.Revision);
        command.Parameters.AddWithValue("$since", row.StateSince);
        command.Parameters.AddWithValue("$due", (object?)row.DueAt ?? DBNull.Value);
        command.Parameters.AddWithValue("$timer", (object?)row.TimerAt ?? DBNull.Value);
        command.Parameters.AddWithValue("$outbox", row.Outbox);
        command.Parameters.AddWithValue("$submitted", row.IsSubmitted ? 1 : 0);
        command.Parameters.AddWithValue("$face", row.OpenFaceChecks);
        command.Parameters.AddWithValue("$picture", (object?)row.PictureAt ?? DBNull.Value);
        command.Parameters.AddWithValue("$kind", (object?)row.Kind ?? DBNull.Value);
        command.Parameters.AddWithValue("$payload", payload);
        return row;
    }

    /// <summary>Makes the stored reservations those of the filing; the key of one that somebody else has, or null.</summary>
    private static string? PutHolds(SqliteConnection connection, Filing filing)
    {
        var s = filing.Snapshot;
        using var drop = connection.CreateCommand();
        drop.CommandText = "DELETE FROM holds WHERE filing_id = $id AND key NOT IN (SELECT value FROM json_each($keys));";
        drop.Parameters.AddWithValue("$id", s.Id);
        drop.Parameters.AddWithValue("$keys", JsonSerializer.Serialize(s.Holds));
        drop.ExecuteNonQuery();
        using var put = connection.CreateCommand();
        put.CommandText = """
            INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, $id, $account, $used)
            ON CONFLICT (key) DO UPDATE SET used = excluded.used WHERE holds.filing_id = excluded.filing_id;
            """;
        var key = put.Parameters.Add("$key", SqliteType.Text);
        put.Parameters.AddWithValue("$id", s.Id);
        put.Parameters.AddWithValue("$account", s.AccountId);
        put.Parameters.AddWithValue("$used", s.State == FilingState.Approved ? 1 : 0);
        foreach (var hold in s.Holds)
        {
            key.Value = hold;
            if (put.ExecuteNonQuery() == 0 || IsOfDeletedCode(connection, hold))
            {
                return hold;
            }
        }

        return null;
    }

    /// <summary>A code may be deleted between its check and this write; reserving it then would file a site on nothing.</summary>
    private static bool IsOfDeletedCode(SqliteConnection connection, string hold)
    {
        const string prefix = "code:";
        if (!hold.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        using var query = connection.CreateCommand();
        query.CommandText = "SELECT 1 FROM auth_codes WHERE id = $id;";
        query.Parameters.AddWithValue("$id", hold[prefix.Length..]);
        return query.ExecuteScalar() is null;
    }

    private Task<Filing?> OneAsync(string sql, params (string Name, object Value)[] values) =>
        Task.FromResult(database.Read(connection => Rows(connection, sql, values, Restore).FirstOrDefault()));

    private Task<IReadOnlyList<Filing>> ManyAsync(string sql, params (string Name, object Value)[] values) =>
        Task.FromResult<IReadOnlyList<Filing>>(database.Read(connection => Rows(connection, sql, values, Restore)));

    private Task<IReadOnlyList<string>> IdsAsync(string sql, params (string Name, object Value)[] values) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(connection => Rows(connection, sql, values, r => r.GetString(0))));

    private static List<T> Rows<T>(SqliteConnection connection, string sql, (string Name, object Value)[] values, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Put together from constants of this class; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private Filing Restore(SqliteDataReader reader) =>
        StoredFiling.Restore(SealedColumns.Filings.Open(database.Sealer, reader.GetString(2), reader.GetFieldValue<byte[]>(0)), reader.GetInt32(1));

#pragma warning disable CA1032, CA1064 // Only carries an outcome out of a write so that the write is undone; never leaves this class.
    private sealed class NotSavedException(SaveOutcome outcome) : Exception
#pragma warning restore CA1032, CA1064
    {
        public SaveOutcome Outcome { get; } = outcome;
    }
}
