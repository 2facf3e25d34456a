using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Steps of a write on the rows of deliveries, and what is read of them.</summary>
internal static class DeliveryRows
{
    private const string Columns = "id, key, channel, target, filing_id, event, state, reason, attempts, queued_at, due_at, ended_at, receipt";

    /// <returns>False when its key is known.</returns>
    public static bool Add(SqliteConnection connection, NewDelivery delivery, byte[] body)
    {
        var stream = StoredDelivery.StreamOf(delivery);
        var added = connection.Run(
            """
            INSERT INTO deliveries (key, channel, target, lane, stream, seq, account_id, filing_id, event, body, quiet, state, queued_at, due_at, expires_at)
            VALUES ($key, $channel, $target, $lane, $stream, $seq, $account, $filing, $event, $body, $quiet, 'queued', $at, $at, $expires)
            ON CONFLICT (key) DO NOTHING;
            """,
            ("$key", delivery.Key),
            ("$channel", delivery.Channel),
            ("$target", delivery.Target),
            ("$lane", delivery.Lane),
            ("$stream", stream),
            ("$seq", delivery.Seq),
            ("$account", delivery.AccountId),
            ("$filing", delivery.FilingId),
            ("$event", delivery.Event),
            ("$body", body),
            ("$quiet", delivery.IsQuiet ? 1 : 0),
            ("$at", delivery.QueuedAt.ToUnixTimeMilliseconds()),
            ("$expires", delivery.ExpiresAt.ToUnixTimeMilliseconds())) == 1;
        if (added && !delivery.IsQuiet)
        {
            connection.Run("UPDATE deliveries SET quiet = 0 WHERE stream = $stream AND seq < $seq AND state = 'queued' AND quiet = 1;", ("$stream", stream), ("$seq", delivery.Seq));
        }

        return added;
    }

    public static IReadOnlyList<DeliveryRow> Page(SqliteConnection connection, DeliveryFilter filter, long? before, int limit)
    {
        using var query = connection.Statement(
            $"""
            SELECT {Columns} FROM deliveries WHERE id < $before{And("state", filter.State)}{And("channel", filter.Channel)}{And("filing_id", filter.FilingId)}{And("target", filter.Target)}
            ORDER BY id DESC LIMIT $limit;
            """,
            ("$before", before ?? long.MaxValue),
            ("$state", filter.State is { } state ? StoredDelivery.NameOf(state) : null),
            ("$channel", filter.Channel),
            ("$filing_id", filter.FilingId),
            ("$target", filter.Target),
            ("$limit", limit));
        using var reader = query.ExecuteReader();
        var rows = new List<DeliveryRow>();
        while (reader.Read())
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    public static DeliveryRow? Find(SqliteConnection connection, long id)
    {
        using var query = connection.Statement($"SELECT {Columns} FROM deliveries WHERE id = $id;", ("$id", id));
        using var reader = query.ExecuteReader();
        return reader.Read() ? Row(reader) : null;
    }

    /// <summary>Only what is asked for stands in the statement, so that an index serves it.</summary>
    private static string And(string column, object? wanted) => wanted is null ? string.Empty : $" AND {column} = ${column}";

    private static DeliveryRow Row(SqliteDataReader reader)
    {
        var state = Enum.Parse<DeliveryState>(reader.GetString(6), ignoreCase: true);
        return new DeliveryRow(
            reader.GetInt64(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetString(5),
            state,
            reader.IsDBNull(7) ? null : reader.GetString(7),
            reader.GetInt32(8),
            MessageRows.At(reader.GetInt64(9)),
            state == DeliveryState.Queued ? MessageRows.At(reader.GetInt64(10)) : null,
            reader.IsDBNull(11) ? null : MessageRows.At(reader.GetInt64(11)),
            reader.IsDBNull(12) ? null : reader.GetString(12));
    }
}
