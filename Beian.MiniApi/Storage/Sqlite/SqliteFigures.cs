using System.Runtime.InteropServices;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Counts the moves of a period where they lie: of most of them nothing comes back but the figures, of decisions how long they took.</summary>
/// <param name="connection">Within a transaction, so that all figures are of one moment.</param>
/// <param name="from">First instant that counts.</param>
/// <param name="to">First instant that no longer does.</param>
internal sealed class SqliteFigures(SqliteConnection connection, DateTimeOffset from, DateTimeOffset to)
{
    private const int MaxReasons = 50;

    private const string InPeriod = "at >= $from AND at < $to";

    private const string Decided = InPeriod + " AND action IN ('approve', 'requestModification', 'reject', 'rejectUnreachable')";

    private static readonly string Submitted = FilingTransitions.NameOf(FilingAction.Submit);
    private static readonly string Passed = FilingTransitions.NameOf(FilingAction.Approve);
    private static readonly string Filed = FilingTransitions.NameOf(FilingAction.RecordAuthorityApproval);
    private static readonly string Refused = FilingTransitions.NameOf(FilingAction.RecordAuthorityRejection);

    private static readonly string[] SentBack = [.. new[] { FilingAction.RequestModification, FilingAction.Reject, FilingAction.RejectUnreachable }.Select(FilingTransitions.NameOf)];

    public ReviewFigures With(IReadOnlyList<WaitingFigures> waiting)
    {
        var (provinces, reviewers) = Shares();
        return new ReviewFigures(waiting, Days(), Reasons(), provinces, reviewers, Sample());
    }

    private List<DayFigures> Days()
    {
        var counts = List(
            $"SELECT (at + $offset) / 86400000, action, count(*) FROM review_facts INDEXED BY review_facts_figures WHERE {InPeriod} GROUP BY 1, 2;",
            r => (Day: DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(r.GetInt32(0)), Action: r.GetString(1), Count: r.GetInt32(2)))
            .ToDictionary(c => (c.Day, c.Action), c => c.Count);
        var days = new List<DayFigures>();
        for (var day = ChinaTime.DateOf(from); ChinaTime.EndOf(day.AddDays(-1)) < to; day = day.AddDays(1))
        {
            int Count(string action) => counts.GetValueOrDefault((day, action));
            days.Add(new DayFigures(day, Count(Submitted), Count(Passed), SentBack.Sum(Count), Count(Filed), Count(Refused)));
        }

        return days;
    }

    private List<ReasonFigures> Reasons() => List(
        $"""
        SELECT value, count(*) FROM review_facts INDEXED BY review_facts_reasons, json_each(reasons) WHERE {Decided} AND reasons IS NOT NULL
        GROUP BY value ORDER BY count(*) DESC, value LIMIT {MaxReasons};
        """,
        r => new ReasonFigures(r.GetString(0), r.GetInt32(1)));

    /// <summary>Of provinces and of reviewers. A middle wants all waits in their order, and sorting numbers here takes a fifth of what the engine needs for it.</summary>
    private (IReadOnlyList<ReviewShare> Provinces, IReadOnlyList<ReviewShare> Reviewers) Shares()
    {
        var (provinces, reviewers) = (new Dictionary<string, Waits>(StringComparer.Ordinal), new Dictionary<string, Waits>(StringComparer.Ordinal));
        using var query = Query($"SELECT province, reviewer, action = $passed, since_ms FROM review_facts INDEXED BY review_facts_figures WHERE {Decided};");
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var (passed, wait) = (reader.GetBoolean(2), reader.GetInt64(3));
            Waits.Of(provinces, reader.IsDBNull(0) ? string.Empty : reader.GetString(0)).Add(passed, wait);
            if (!reader.IsDBNull(1))
            {
                Waits.Of(reviewers, reader.GetString(1)).Add(passed, wait);
            }
        }

        return (Waits.Shares(provinces), Waits.Shares(reviewers));
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
        ("$passed", Passed));

    /// <summary>The decisions of one province or reviewer.</summary>
    private sealed class Waits
    {
        private readonly List<long> _milliseconds = [];
        private int _passed;

        public static Waits Of(Dictionary<string, Waits> all, string key) => CollectionsMarshal.GetValueRefOrAddDefault(all, key, out _) ??= new Waits();

        /// <summary>Most decisions first.</summary>
        public static IReadOnlyList<ReviewShare> Shares(Dictionary<string, Waits> all) =>
            [.. all.Select(a => a.Value.Share(a.Key)).OrderByDescending(s => s.Passed + s.SentBack).ThenBy(s => s.Key, StringComparer.Ordinal)];

        public void Add(bool passed, long milliseconds)
        {
            _passed += passed ? 1 : 0;
            _milliseconds.Add(milliseconds);
        }

        /// <summary>The middle of an even number of waits lies between two; in hours with one decimal.</summary>
        private ReviewShare Share(string key)
        {
            _milliseconds.Sort();
            var (lower, upper) = (_milliseconds[(_milliseconds.Count - 1) / 2], _milliseconds[_milliseconds.Count / 2]);
            return new ReviewShare(key, _passed, _milliseconds.Count - _passed, Math.Round((TimeSpan.FromMilliseconds(lower).TotalHours + TimeSpan.FromMilliseconds(upper).TotalHours) / 2, 1));
        }
    }
}
