using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Facts as one row per move, written with the filing; figures are read from them and from the columns of the queue.</summary>
public sealed class SqliteReviewFacts(SqliteDatabase database) : IReviewFacts
{
    /// <summary>Filings that one write fills in, so that others wait a few milliseconds at most.</summary>
    private const int PerWrite = 50;

    /// <summary>Answers of an authority that are looked at, the newest.</summary>
    private const int Answers = 200;

    public Task<ReviewFigures> FiguresAsync(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var moment = connection.BeginTransaction(deferred: true);
            return new SqliteFigures(connection, from, to).With(SqliteWaiting.At(connection, now));
        }));

    public Task<AuthorityDays?> AuthorityDaysAsync(string province, int minSample, CancellationToken cancellationToken)
    {
        var waits = database.Read(connection => Waits(connection, province));
        return Task.FromResult(waits.Count == 0 || waits.Count < minSample ? null : new AuthorityDays(Days(waits[(waits.Count - 1) / 10]), Days(waits[waits.Count - 1 - ((waits.Count - 1) / 10)]), waits.Count));
    }

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
        var known = (long)last.ExecuteScalar()!;
        var since = filing.Snapshot.CreatedAt;
        foreach (var entry in filing.Snapshot.History.Where(e => e.From != e.To))
        {
            if (entry.Seq > known)
            {
                Insert(connection, filing.Snapshot, entry, entry.At - since);
            }

            since = entry.At;
        }
    }

    private static void Insert(SqliteConnection connection, FilingSnapshot filing, HistoryEntry entry, TimeSpan inState)
    {
        var reasons = FactReasons.Of(entry);
        connection.Run(
            """
            INSERT INTO review_facts (filing_id, seq, at, action, from_state, to_state, since_ms, province, reviewer, reasons)
            VALUES ($id, $seq, $at, $action, $from, $to, $since, $province, $reviewer, $reasons) ON CONFLICT DO NOTHING;
            """,
            ("$id", filing.Id),
            ("$seq", entry.Seq),
            ("$at", entry.At.ToUnixTimeMilliseconds()),
            ("$action", FilingTransitions.NameOf(entry.Action)),
            ("$from", FilingTransitions.NameOf(entry.From)),
            ("$to", FilingTransitions.NameOf(entry.To)),
            ("$since", (long)inState.TotalMilliseconds),
            ("$province", filing.Verification.Region?.Province),
            ("$reviewer", entry.Role is Role.Reviewer or Role.Admin ? entry.ActorId : null),
            ("$reasons", reasons.Count == 0 ? null : JsonSerializer.Serialize(reasons, StoredJson.Options)));
    }

    /// <summary>How long the last answers took, the quickest first.</summary>
    private static List<TimeSpan> Waits(SqliteConnection connection, string province)
    {
        using var query = connection.Statement(
            "SELECT since_ms FROM review_facts WHERE province = $province AND from_state = 'authorityReview' AND action IN ('recordAuthorityApproval', 'recordAuthorityRejection') ORDER BY at DESC LIMIT $take;",
            ("$province", province),
            ("$take", Answers));
        using var reader = query.ExecuteReader();
        var waits = new List<TimeSpan>();
        while (reader.Read())
        {
            waits.Add(TimeSpan.FromMilliseconds(reader.GetInt64(0)));
        }

        waits.Sort();
        return waits;
    }

    /// <summary>Begun days: who waited three hours waited a day, as people say it.</summary>
    private static int Days(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalDays));

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
                ("$kind", SqliteQueue.NameOf(row.Filing?.Snapshot.Kind)));
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
