using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Facts as one row per move, written with the filing; figures are read from them and from the columns of the queue.</summary>
public sealed class SqliteReviewFacts(SqliteDatabase database) : IReviewFacts
{
    /// <summary>Filings that one write fills in, so that others wait a few milliseconds at most.</summary>
    private const int PerWrite = 50;

    public Task<ReviewFigures> FiguresAsync(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var moment = connection.BeginTransaction(deferred: true);
            return new SqliteFigures(connection, from, to).With(SqliteWaiting.At(connection, now));
        }));

    public Task<AuthorityDays?> AuthorityDaysAsync(string province, int minSample, CancellationToken cancellationToken) =>
        Task.FromResult(StoredFact.Spread(database.Read(connection => Waits(connection, province)), minSample));

    public async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        var rows = database.Read(Without);
        if (rows.Count > 0)
        {
            await database.WriteAsync(connection => Fill(connection, rows), cancellationToken);
        }

        return rows.Count;
    }

    /// <summary>Adds what has happened since the last time; a filing that was never handed in has no facts.</summary>
    internal static void Put(SqliteConnection connection, Filing filing)
    {
        if (filing.Snapshot.Rounds.Count == 0)
        {
            return;
        }

        using var last = connection.Statement("SELECT coalesce(max(seq), 0) FROM review_facts WHERE filing_id = $id;", ("$id", filing.Id));
        foreach (var fact in StoredFact.Of(filing, (long)last.ExecuteScalar()!))
        {
            Insert(connection, fact);
        }
    }

    private static void Insert(SqliteConnection connection, StoredFact fact) => connection.Run(
        """
        INSERT INTO review_facts (filing_id, seq, at, action, from_state, to_state, since_ms, province, reviewer, reasons)
        VALUES ($id, $seq, $at, $action, $from, $to, $since, $province, $reviewer, $reasons) ON CONFLICT DO NOTHING;
        """,
        ("$id", fact.FilingId),
        ("$seq", fact.Seq),
        ("$at", fact.At),
        ("$action", fact.Action),
        ("$from", fact.From),
        ("$to", fact.To),
        ("$since", fact.SinceMs),
        ("$province", fact.Province),
        ("$reviewer", fact.Reviewer),
        ("$reasons", fact.Reasons.Count == 0 ? null : JsonSerializer.Serialize(fact.Reasons, StoredJson.Options)));

    /// <summary>How long the last answers took.</summary>
    private static List<TimeSpan> Waits(SqliteConnection connection, string province)
    {
        using var query = connection.Statement(
            "SELECT since_ms FROM review_facts WHERE province = $province AND from_state = 'authorityReview' AND action IN ('recordAuthorityApproval', 'recordAuthorityRejection') ORDER BY at DESC LIMIT $take;",
            ("$province", province),
            ("$take", StoredFact.Answers));
        using var reader = query.ExecuteReader();
        var waits = new List<TimeSpan>();
        while (reader.Read())
        {
            waits.Add(TimeSpan.FromMilliseconds(reader.GetInt64(0)));
        }

        return waits;
    }

    private List<Unfilled> Without(SqliteConnection connection)
    {
        using var query = connection.Statement("SELECT payload, revision, id FROM filings WHERE has_facts = 0 AND submitted = 1 ORDER BY id LIMIT $take;", ("$take", PerWrite));
        using var reader = query.ExecuteReader();
        var rows = new List<Unfilled>();
        while (reader.Read())
        {
            rows.Add(new Unfilled(reader.GetString(2), reader.GetInt32(1), Open(reader.GetString(2), reader.GetFieldValue<byte[]>(0))));
        }

        return rows;
    }

    /// <summary>Null for a payload that no key opens, or that is none: it counts nowhere, and the others go on.</summary>
    private Filing? Open(string id, byte[] payload)
    {
        try
        {
            return Filing.Restore(JsonSerializer.Deserialize<FilingSnapshot>(SealedColumns.Filings.Open(database.Sealer, id, payload), StoredJson.Options)!);
        }
        catch (Exception e) when (e is CryptographicException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>One that was saved meanwhile has its facts from that.</summary>
    private static int Fill(SqliteConnection connection, List<Unfilled> rows)
    {
        var filled = 0;
        foreach (var row in rows)
        {
            var changed = connection.Run(
                "UPDATE filings SET kind = $kind, has_facts = 1 WHERE id = $id AND revision = $revision AND has_facts = 0;",
                ("$id", row.Id),
                ("$revision", row.Revision),
                ("$kind", StoredFiling.NameOf(row.Filing?.Snapshot.Kind)));
            if (changed == 1 && row.Filing is not null)
            {
                Put(connection, row.Filing);
                filled++;
            }
        }

        return filled;
    }

    private sealed record Unfilled(string Id, int Revision, Filing? Filing);
}
