using System.Text.Json;
using Beian.MiniApi.Domain.Subjects;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Filed subjects as one row each, with their domains and contacts in tables beside.</summary>
public sealed class SqliteSubjectStore(SqliteDatabase database) : ISubjectStore
{
    private const string Columns = "SELECT payload, revision, id FROM subjects WHERE ";

    public Task<FiledSubject?> FindAsync(string id, string accountId, CancellationToken cancellationToken) =>
        OneAsync(Columns + "id = $a AND account_id = $b;", id, accountId);

    public Task<FiledSubject?> FindByAccountAsync(string accountId, CancellationToken cancellationToken) => OneAsync(Columns + "account_id = $a;", accountId);

    public Task<FiledSubject?> FindByNumberAsync(string number, CancellationToken cancellationToken) => OneAsync(Columns + "number = $a;", number);

    public Task<FiledSubject?> FindByKeyAsync(string subjectKey, CancellationToken cancellationToken) => OneAsync(Columns + "subject_key = $a;", subjectKey);

    public Task<FiledSubject?> FindByDomainAsync(string domain, CancellationToken cancellationToken) =>
        OneAsync(Columns + "id = (SELECT subject_id FROM subject_domains WHERE domain = $a);", domain);

    public async Task<bool> SaveAsync(FiledSubject subject, CancellationToken cancellationToken) =>
        await WriteAsync([subject], null, cancellationToken) is null;

    public Task<int?> ImportAsync(IReadOnlyList<FiledSubject> subjects, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        WriteAsync(subjects, record, cancellationToken);

    private async Task<int?> WriteAsync(IReadOnlyList<FiledSubject> subjects, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<int?>(
                connection =>
                {
                    for (var i = 0; i < subjects.Count; i++)
                    {
                        Put(connection, subjects[i], i);
                    }

                    SqliteIdempotencyStore.Insert(connection, record);
                    return null;
                },
                cancellationToken);
        }
        catch (ConflictException e)
        {
            return e.Index;
        }
    }

    private static void Put(SqliteConnection connection, FiledSubject subject, int index)
    {
        try
        {
            if (!PutRow(connection, subject))
            {
                throw new ConflictException(index);
            }

            PutDomains(connection, subject);
            SqliteContactReader.Put(connection, "subject", subject.Id, subject.AccountId, subject.SubjectKey, subject.Contacts);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 19)
        {
            // A unique column: account, number, certificate or domain of another record.
            throw new ConflictException(index);
        }
    }

    private static bool PutRow(SqliteConnection connection, FiledSubject subject)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO subjects (id, account_id, number, subject_key, revision, payload) VALUES ($id, $account, $number, $key, $revision, $payload)
            ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, number = excluded.number, subject_key = excluded.subject_key,
                revision = excluded.revision, payload = excluded.payload
            WHERE subjects.revision = excluded.revision - 1;
            """;
        command.Parameters.AddWithValue("$id", subject.Id);
        command.Parameters.AddWithValue("$account", subject.AccountId);
        command.Parameters.AddWithValue("$number", subject.Number);
        command.Parameters.AddWithValue("$key", subject.SubjectKey);
        command.Parameters.AddWithValue("$revision", subject.Revision + 1);
        command.Parameters.AddWithValue("$payload", SealedColumns.Subjects.Seal(connection, subject.Id, JsonSerializer.SerializeToUtf8Bytes(subject, StoredJson.Options)));
        return command.ExecuteNonQuery() == 1;
    }

    private static void PutDomains(SqliteConnection connection, FiledSubject subject)
    {
        using var drop = connection.CreateCommand();
        drop.CommandText = "DELETE FROM subject_domains WHERE subject_id = $id;";
        drop.Parameters.AddWithValue("$id", subject.Id);
        drop.ExecuteNonQuery();
        using var put = connection.CreateCommand();
        put.CommandText = "INSERT INTO subject_domains (domain, subject_id) VALUES ($domain, $id);";
        var domain = put.Parameters.Add("$domain", SqliteType.Text);
        put.Parameters.AddWithValue("$id", subject.Id);
        foreach (var site in subject.Sites.Select(s => s.Domain).Distinct(StringComparer.Ordinal))
        {
            domain.Value = site;
            put.ExecuteNonQuery();
        }
    }

    private Task<FiledSubject?> OneAsync(string sql, string a, string? b = null) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        query.CommandText = sql;
#pragma warning restore CA2100
        query.Parameters.AddWithValue("$a", a);
        if (b is not null)
        {
            query.Parameters.AddWithValue("$b", b);
        }

        using var reader = query.ExecuteReader();
        return reader.Read()
            ? JsonSerializer.Deserialize<FiledSubject>(SealedColumns.Subjects.Open(connection, reader.GetString(2), reader.GetFieldValue<byte[]>(0)), StoredJson.Options)! with { Revision = reader.GetInt32(1) }
            : null;
    }));

#pragma warning disable CA1032, CA1064 // Only undoes a write of this class and says which row; never leaves it.
    private sealed class ConflictException(int index) : Exception
#pragma warning restore CA1032, CA1064
    {
        public int Index { get; } = index;
    }
}
