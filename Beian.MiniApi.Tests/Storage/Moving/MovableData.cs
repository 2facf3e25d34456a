using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Moving;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage.Moving;

/// <summary>A database with filings that the store wrote, and with rows in every other table.</summary>
internal sealed class MovableData : IDisposable
{
    /// <summary>Rows that each of the other tables gets for a hundred filings.</summary>
    private const int PerHundred = 30;

    public MovableData(string? folder = null) => Folder = folder ?? Directory.CreateTempSubdirectory("beian-move-").FullName;

    public static AuditSecret Secret => new(Enumerable.Repeat((byte)7, 32).ToArray());

    public string Folder { get; }

    public string Path => System.IO.Path.Combine(Folder, "beian.db");

    public static async Task<MovableData> MakeAsync(int filings, string? folder = null)
    {
        var data = new MovableData(folder);
        await using (var database = new SqliteDatabase(data.Path, Sealer(), Secret, TimeProvider.System))
        {
            var store = new SqliteFilingStore(database);
            foreach (var some in Enumerable.Range(1, filings).Chunk(200))
            {
                await Task.WhenAll(some.Select(n => SaveAsync(store, n)));
            }
        }

        using var connection = data.Open();
        var random = new Random(8);
        using var transaction = connection.BeginTransaction();
        foreach (var table in MovedTables.All)
        {
            Fill(connection, table, Math.Max(3, filings * PerHundred / 100), random);
        }

        transaction.Commit();
        return data;
    }

    /// <summary>The same ring for every database of a test, as an operator would have it.</summary>
    public static Sealer Sealer() => new(ARing.New());

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Every row of every table, a line each, in the order of the key (of all columns where there is none): what two databases are compared by, byte by byte.</summary>
    public byte[] Export()
    {
        using var connection = Open();
        var text = new StringBuilder();
        foreach (var table in MovedTables.Tables.OrderBy(t => t.Name, StringComparer.Ordinal).Append(new MovedTable("sqlite_sequence", "name", "name seq")))
        {
            var order = string.Join(", ", table.Key.Count > 0 ? table.Key : table.Columns);
            foreach (var row in SqliteMoveRows.All(connection.Statement($"SELECT {string.Join(", ", table.Columns.Select(c => $"\"{c}\""))} FROM {table.Name} ORDER BY {order};")))
            {
                text.Append(table.Name);
                foreach (var value in row)
                {
                    text.Append('\t').Append(value switch
                    {
                        null => "-",
                        byte[] bytes => "b" + Convert.ToHexStringLower(bytes),
                        long number => "i" + number.ToString(CultureInfo.InvariantCulture),
                        _ => "t" + value,
                    });
                }

                text.Append('\n');
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public AuditVerdict Verify(params AuditHead[] heads) => new SqliteExaminer(Path, () => Secret).VerifyAudit(heads, null, default);

    public AuditHead Head() => new SqliteExaminer(Path, () => Secret).AuditHead()!;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task SaveAsync(SqliteFilingStore store, int n)
    {
        var draft = StoredFilings.Draft(n, "account-" + n.ToString(CultureInfo.InvariantCulture), StoredFilings.Noon.AddMinutes(n));
        var saved = (await store.AddAsync(draft, n % 7 == 0 ? new IdempotencyRecord("answer-" + n, "hash", [1, 2, 3], DateTimeOffset.UtcNow.AddHours(3)) : null, default)).Saved!;
        if (n % 5 == 0)
        {
            return;
        }

        saved = (await store.ReplaceAsync(saved.Verified($"site-{n}.example", $"slot:r{n}:1", n % 2 == 0 ? "330000" : "440000"), null, default)).Saved!;
        if (n % 5 > 1)
        {
            saved = (await store.ReplaceAsync(saved.With(new ContactKey("mobile", "digest-" + (n % 50), n % 3 == 0 ? "person" : null)), null, default)).Saved!;
        }

        if (n % 5 == 4)
        {
            await store.ReplaceAsync(saved.Approved(n), null, default);
        }
    }

    /// <summary>Made-up rows; the trail and the tables of the filings have theirs already.</summary>
    private static void Fill(SqliteConnection connection, MovedTable table, int rows, Random random)
    {
        if (table.Name is "filings" or "data_keys" or "audit_entries" or "audit_chain" or "audit_checkpoints")
        {
            return;
        }

        if (!table.IsGroup)
        {
            Insert(connection, table, table.Name is "staff" or "settings" ? 5 : rows, random);
        }

        foreach (var part in table.Parts)
        {
            Insert(connection, part.Table, rows, random, part, table.IsGroup ? ["key 1", "key 2"] : [.. SqliteMoveRows.All(connection.Statement($"SELECT {table.Key[0]} FROM {table.Name};")).Select(r => (string)r[0]!)]);
        }
    }

    private static void Insert(SqliteConnection connection, MovedTable table, int rows, Random random, MovedPart? part = null, string[]? owners = null)
    {
        var types = SqliteMoveRows.All(connection.Statement($"SELECT name, type, \"notnull\" OR pk > 0 FROM pragma_table_xinfo('{table.Name}') WHERE hidden = 0;"))
            .ToDictionary(r => (string)r[0]!, r => (Type: (string)r[1]!, IsNeeded: (long)r[2]! == 1));
        for (var n = 1; n <= rows; n++)
        {
            using var insert = connection.Statement(SqliteMoveRows.InsertInto(table));
            var owner = owners?[n % owners.Length];
            for (var i = 0; i < table.Columns.Count; i++)
            {
                var column = table.Columns[i];
                var (type, isNeeded) = types[column];
                object value = column == part?.Owner ? owner!
                    : column == part?.Only?.Column ? part.Only.Value.Value
                    : column == "account_id" && part is not null ? connection.Statement("SELECT account_id FROM subjects WHERE id = $id;", ("$id", owner)).ExecuteScalar()!
                    : (table.Name, column) is ("auth_codes", "number") ? 1L + (n % 20)
                    : !isNeeded && random.Next(3) == 0 ? DBNull.Value
                    : type == "INTEGER" ? table.Key.Contains(column) ? (table.Name == "review_facts" ? 1000L : 0L) + (n * 3L) : random.NextInt64(0, 2_000_000_000_000)
                    : type == "BLOB" ? Encoding.UTF8.GetBytes($"{table.Name} {column} {n} \0\u00ff {random.Next()}")
                    : $"{column} {n} 测试 '\" {(table.Key.Contains(column) ? string.Empty : random.Next())}";
                insert.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), value);
            }

            insert.ExecuteNonQuery();
        }
    }
}
