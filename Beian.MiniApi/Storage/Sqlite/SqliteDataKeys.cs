using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>The rows of data keys. A key seals only after its row is on the disk.</summary>
public sealed class SqliteDataKeys(SqliteDatabase database, TimeProvider time) : IDataKeyStore
{
    /// <summary>Seals that a row counts ahead. Between two counts, <see cref="IDataKeyStore.KeepAsync"/> apart, fewer happen: writes come by the thousand a second at most.</summary>
    internal const long Ahead = 1L << 22;

    public int ActiveId => database.Sealer.ActiveId;

    public async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var rows = await database.HousekeepAsync(connection => Add(connection, database.Sealer, time.GetUtcNow()), cancellationToken);
        database.Sealer.Load(rows);
        return database.Sealer.ActiveId;
    }

    public async Task<KeysKept> KeepAsync(CancellationToken cancellationToken)
    {
        var (sealer, now) = (database.Sealer, time.GetUtcNow());
        sealer.Load(database.Read(List));
        var rewrapped = await RewrapAsync(sealer, cancellationToken);
        var active = database.Read(List)[^1];
        var isRenewed = sealer.Seals >= Sealer.SealsPerKey || now - active.CreatedAt >= Sealer.LifeOfKey;
        if (isRenewed)
        {
            await RenewAsync(cancellationToken);
        }
        else if (sealer.Seals + (Ahead / 2) > active.Seals)
        {
            await database.HousekeepAsync(
                connection => connection.Run("UPDATE data_keys SET seals = max(seals, $seals) WHERE id = $id;", ("$id", active.Id), ("$seals", sealer.Seals + Ahead)), cancellationToken);
        }

        return new KeysKept(rewrapped, isRenewed);
    }

    /// <summary>Makes the first key where there is none, and hands all of them to the sealer.</summary>
    /// <exception cref="InvalidDataException">The ring does not open one of them.</exception>
    internal static void Open(SqliteConnection connection, Sealer sealer, Func<IReadOnlyList<DataKeyRow>> reload)
    {
        sealer.Reload = reload;
        var rows = List(connection);
        if (rows.Count == 0)
        {
            using var transaction = connection.BeginTransaction();
            rows = Add(connection, sealer, TimeProvider.System.GetUtcNow());
            transaction.Commit();
        }
        else
        {
            // What was sealed before the last end of the program is within what the row counts.
            connection.Run("UPDATE data_keys SET seals = seals + $ahead WHERE id = (SELECT max(id) FROM data_keys);", ("$ahead", Ahead));
        }

        try
        {
            sealer.Load(rows);
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The key ring does not open the data keys: a key of it has the id of another one, or the table data_keys was altered.", e);
        }
    }

    internal static IReadOnlyList<DataKeyRow> List(SqliteConnection connection)
    {
        using var query = connection.Statement("SELECT id, wrapped, created_at, seals FROM data_keys ORDER BY id;");
        using var reader = query.ExecuteReader();
        var rows = new List<DataKeyRow>();
        while (reader.Read())
        {
            rows.Add(new DataKeyRow(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), reader.GetInt64(3)));
        }

        return rows;
    }

    private static IReadOnlyList<DataKeyRow> Add(SqliteConnection connection, Sealer sealer, DateTimeOffset now)
    {
        var id = List(connection).Select(r => r.Id).LastOrDefault() + 1;
        connection.Run(
            "INSERT INTO data_keys (id, wrapped, created_at, seals) VALUES ($id, $wrapped, $now, $ahead);",
            ("$id", id),
            ("$wrapped", sealer.NewKey(id)),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$ahead", Ahead));
        return List(connection);
    }

    /// <summary>Wraps by the ring's active key what another one wraps; a row that somebody else has wrapped anew meanwhile is left.</summary>
    private async Task<int> RewrapAsync(Sealer sealer, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var row in database.Read(List))
        {
            if (sealer.Rewrap(row) is { } wrapped)
            {
                count += await database.HousekeepAsync(
                    connection => connection.Run("UPDATE data_keys SET wrapped = $new WHERE id = $id AND wrapped = $old;", ("$id", row.Id), ("$new", wrapped), ("$old", row.Wrapped)),
                    cancellationToken);
            }
        }

        if (count > 0)
        {
            sealer.Load(database.Read(List));
        }

        return count;
    }
}
