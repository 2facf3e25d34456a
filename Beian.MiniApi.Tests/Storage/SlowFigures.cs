using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>A move as it was kept.</summary>
/// <param name="InState">How long the filing had been in the state it left.</param>
/// <param name="Province">Empty without a region.</param>
/// <param name="Reviewer">Null for moves of applicants and of the program.</param>
internal sealed record Fact(string FilingId, DateTimeOffset At, string Action, TimeSpan InState, string Province, string? Reviewer, IReadOnlyList<string> Reasons);

/// <summary>The figures counted move by move, as plainly as can be: what the counting of the store is held against.</summary>
internal sealed class SlowFigures(DateTimeOffset from, DateTimeOffset to)
{
    private const int MaxReasons = 50;

    private static readonly string Submitted = FilingTransitions.NameOf(FilingAction.Submit);
    private static readonly string Passed = FilingTransitions.NameOf(FilingAction.Approve);
    private static readonly string Filed = FilingTransitions.NameOf(FilingAction.RecordAuthorityApproval);
    private static readonly string Refused = FilingTransitions.NameOf(FilingAction.RecordAuthorityRejection);

    private static readonly HashSet<string> SentBack = new(
        new[] { FilingAction.RequestModification, FilingAction.Reject, FilingAction.RejectUnreachable }.Select(FilingTransitions.NameOf), StringComparer.Ordinal);

    /// <summary>Reads every move of the period and counts it.</summary>
    public ReviewFigures Of(SqliteDatabase database) => Of([], database.Read(connection =>
    {
        using var query = connection.Statement(
            "SELECT filing_id, at, action, since_ms, province, reviewer, reasons FROM review_facts WHERE at >= $from AND at < $to ORDER BY at, filing_id, seq;",
            ("$from", from.ToUnixTimeMilliseconds()),
            ("$to", to.ToUnixTimeMilliseconds()));
        using var reader = query.ExecuteReader();
        var facts = new List<Fact>();
        while (reader.Read())
        {
            facts.Add(new Fact(
                reader.GetString(0),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
                reader.GetString(2),
                TimeSpan.FromMilliseconds(reader.GetInt64(3)),
                reader.IsDBNull(4) ? string.Empty : reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.IsDBNull(6) ? [] : JsonSerializer.Deserialize<IReadOnlyList<string>>(reader.GetString(6), StoredJson.Options)!));
        }

        return facts;
    }));

    private ReviewFigures Of(IReadOnlyList<WaitingFigures> waiting, List<Fact> facts)
    {
        var decided = facts.Where(f => f.Action == Passed || SentBack.Contains(f.Action)).ToArray();
        return new ReviewFigures(
            waiting,
            [.. Days(facts)],
            [.. Reasons(decided)],
            Shares(decided, f => f.Province),
            Shares(decided, f => f.Reviewer),
            facts.Select(f => f.FilingId).Distinct(StringComparer.Ordinal).Count());
    }

    private IEnumerable<DayFigures> Days(List<Fact> facts)
    {
        var byDay = facts.ToLookup(f => ChinaTime.DateOf(f.At));
        for (var day = ChinaTime.DateOf(from); ChinaTime.EndOf(day.AddDays(-1)) < to; day = day.AddDays(1))
        {
            int Count(string action) => byDay[day].Count(f => f.Action == action);
            yield return new DayFigures(day, Count(Submitted), Count(Passed), byDay[day].Count(f => SentBack.Contains(f.Action)), Count(Filed), Count(Refused));
        }
    }

    private static IEnumerable<ReasonFigures> Reasons(IEnumerable<Fact> decided) => decided.SelectMany(f => f.Reasons)
        .GroupBy(r => r, StringComparer.Ordinal)
        .Select(g => new ReasonFigures(g.Key, g.Count()))
        .OrderByDescending(r => r.Count)
        .ThenBy(r => r.Reason, StringComparer.Ordinal)
        .Take(MaxReasons);

    private static IReadOnlyList<ReviewShare> Shares(IEnumerable<Fact> decided, Func<Fact, string?> keyOf) =>
    [
        .. decided.Where(f => keyOf(f) is not null)
            .GroupBy(f => keyOf(f)!, StringComparer.Ordinal)
            .Select(g => new ReviewShare(g.Key, g.Count(f => f.Action == Passed), g.Count(f => f.Action != Passed), Median(g)))
            .OrderByDescending(s => s.Passed + s.SentBack)
            .ThenBy(s => s.Key, StringComparer.Ordinal),
    ];

    /// <summary>In hours, with one decimal.</summary>
    private static double Median(IEnumerable<Fact> facts)
    {
        var waits = facts.Select(f => f.InState.TotalHours).Order().ToArray();
        var half = waits.Length / 2;
        return Math.Round(waits.Length % 2 == 1 ? waits[half] : (waits[half - 1] + waits[half]) / 2, 1);
    }
}
