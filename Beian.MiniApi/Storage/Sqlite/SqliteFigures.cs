using Beian.MiniApi.Domain;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Counts the moves of a period where they lie: of most of them nothing comes back but the figures, of decisions how long they took.</summary>
/// <param name="connection">Within a transaction, so that all figures are of one moment.</param>
/// <param name="from">First instant that counts.</param>
/// <param name="to">First instant that no longer does.</param>
internal sealed class SqliteFigures(SqliteConnection connection, DateTimeOffset from, DateTimeOffset to)
{
    private const string InPeriod = "at >= $from AND at < $to";

    private const string Decided = InPeriod + " AND action IN ('approve', 'requestModification', 'reject', 'rejectUnreachable')";

    public ReviewFigures With(IReadOnlyList<WaitingFigures> waiting)
    {
        var (provinces, reviewers) = Shares();
        return new ReviewFigures(waiting, Days(), Reasons(), provinces, reviewers, Sample());
    }

    private IReadOnlyList<DayFigures> Days()
    {
        var counts = List(
            $"SELECT (at + $offset) / 86400000, action, count(*) FROM review_facts INDEXED BY review_facts_figures WHERE {InPeriod} GROUP BY 1, 2;",
            r => (Day: StoredFigures.DayOf(r.GetInt64(0)), Action: r.GetString(1), Count: r.GetInt32(2)))
            .ToDictionary(c => (c.Day, c.Action), c => c.Count);
        return StoredFigures.Days(from, to, counts);
    }

    private List<ReasonFigures> Reasons() => List(
        $"""
        SELECT value, count(*) FROM review_facts INDEXED BY review_facts_reasons, json_each(reasons) WHERE {Decided} AND reasons IS NOT NULL
        GROUP BY value ORDER BY count(*) DESC, value LIMIT {StoredFigures.MaxReasons};
        """,
        r => new ReasonFigures(r.GetString(0), r.GetInt32(1)));

    /// <summary>Of provinces and of reviewers. A middle wants all waits in their order, and sorting numbers here takes a fifth of what the engine needs for it.</summary>
    private (IReadOnlyList<ReviewShare> Provinces, IReadOnlyList<ReviewShare> Reviewers) Shares()
    {
        var (provinces, reviewers) = (new WaitsByKey(), new WaitsByKey());
        using var query = Query($"SELECT province, reviewer, action = $passed, since_ms FROM review_facts INDEXED BY review_facts_figures WHERE {Decided};");
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var (passed, wait) = (reader.GetBoolean(2), reader.GetInt64(3));
            provinces.Add(reader.IsDBNull(0) ? string.Empty : reader.GetString(0), passed, wait);
            if (!reader.IsDBNull(1))
            {
                reviewers.Add(reader.GetString(1), passed, wait);
            }
        }

        return (provinces.Shares(), reviewers.Shares());
    }

    private int Sample() => List($"SELECT count(DISTINCT filing_id) FROM review_facts INDEXED BY review_facts_figures WHERE {InPeriod};", r => r.GetInt32(0))[0];

    private List<T> List<T>(string sql, Func<SqliteDataReader, T> rowOf)
    {
        using var query = Query(sql);
        using var reader = query.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(rowOf(reader));
        }

        return rows;
    }

    private SqliteCommand Query(string sql) => connection.Statement(
        sql,
        ("$from", from.ToUnixTimeMilliseconds()),
        ("$to", to.ToUnixTimeMilliseconds()),
        ("$offset", (long)ChinaTime.Offset.TotalMilliseconds),
        ("$passed", StoredFigures.Passed));
}
