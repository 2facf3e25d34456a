using System.Globalization;
using Beian.MiniApi.Domain;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Counts the moves of a period where they lie; of decisions alone how long they took comes here, a few numbers each, read as they pass.</summary>
/// <param name="facts">The moves.</param>
/// <param name="from">First instant that counts.</param>
/// <param name="to">First instant that no longer does.</param>
internal sealed class MongoFigures(MongoTable facts, DateTimeOffset from, DateTimeOffset to)
{
    private const int MillisecondsPerDay = 86_400_000;

    private BsonDocument InPeriod => new("at", new BsonDocument { ["$gte"] = from.ToUnixTimeMilliseconds(), ["$lt"] = to.ToUnixTimeMilliseconds() });

    private BsonDocument Decided => InPeriod.With("action", DocumentFields.In(StoredFigures.Decided));

    public async Task<ReviewFigures> WithAsync(IReadOnlyList<WaitingFigures> waiting, CancellationToken cancellationToken)
    {
        var (provinces, reviewers) = await SharesAsync(cancellationToken);
        return new ReviewFigures(waiting, await DaysAsync(cancellationToken), await ReasonsAsync(cancellationToken), provinces, reviewers, await SampleAsync(cancellationToken));
    }

    /// <summary>Counts what waits, by state.</summary>
    public static async Task<IReadOnlyList<WaitingFigures>> WaitingAsync(MongoTable filings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limits = WaitingFigures.AgeLimits;
        var group = new BsonDocument { ["_id"] = "$state", ["count"] = Sum(1), ["overdue"] = SumWhere("$lt", MongoFilings.DueKey, now), ["since"] = new BsonDocument("$min", "$state_since") };
        for (var i = 0; i < limits.Count; i++)
        {
            group[Age(i)] = SumWhere("$gt", "state_since", now.AddDays(-limits[i]));
        }

        var found = await filings.AggregateAsync(
            [
                new BsonDocument("$match", new BsonDocument { [MongoFilings.Queued] = 1L, ["state"] = DocumentFields.In(StoredFigures.Waiting) }),
                new BsonDocument("$group", group),
                new BsonDocument("$sort", new BsonDocument("_id", 1)),
            ],
            cancellationToken);
        return [.. found.Select(f => new WaitingFigures(
            f["_id"].AsString,
            f["count"].ToInt32(),
            f["overdue"].ToInt32(),
            DateTimeOffset.FromUnixTimeMilliseconds(f["since"].ToInt64()),
            StoredFigures.Ages(Enumerable.Range(0, limits.Count).Select(i => f[Age(i)].ToInt32()), f["count"].ToInt32())))];
    }

    private async Task<IReadOnlyList<DayFigures>> DaysAsync(CancellationToken cancellationToken)
    {
        var inShanghai = new BsonDocument("$add", new BsonArray { "$at", (long)ChinaTime.Offset.TotalMilliseconds });
        var day = new BsonDocument("$floor", new BsonDocument("$divide", new BsonArray { inShanghai, MillisecondsPerDay }));
        var found = await facts.AggregateAsync(
            [
                new BsonDocument("$match", InPeriod),
                new BsonDocument("$group", new BsonDocument { ["_id"] = new BsonDocument { ["day"] = day, ["action"] = "$action" }, ["count"] = Sum(1) }),
            ],
            cancellationToken);
        return StoredFigures.Days(from, to, found.ToDictionary(f => (StoredFigures.DayOf(f["_id"]["day"].ToInt64()), f["_id"]["action"].AsString), f => f["count"].ToInt32()));
    }

    private async Task<IReadOnlyList<ReasonFigures>> ReasonsAsync(CancellationToken cancellationToken)
    {
        var found = await facts.AggregateAsync(
            [
                new BsonDocument("$match", Decided.With("reasons", DocumentFields.Is("$exists", true))),
                new BsonDocument("$unwind", "$reasons"),
                new BsonDocument("$group", new BsonDocument { ["_id"] = "$reasons", ["count"] = Sum(1) }),
                new BsonDocument("$sort", new BsonDocument { ["count"] = -1, ["_id"] = 1 }),
                new BsonDocument("$limit", StoredFigures.MaxReasons),
            ],
            cancellationToken);
        return [.. found.Select(f => new ReasonFigures(f["_id"].AsString, f["count"].ToInt32()))];
    }

    /// <summary>Of provinces and of reviewers. A middle wants all waits in their order, which the server has no exact operator for.</summary>
    private Task<(IReadOnlyList<ReviewShare> Provinces, IReadOnlyList<ReviewShare> Reviewers)> SharesAsync(CancellationToken cancellationToken) => MongoErrors.RunAsync(async () =>
    {
        var (provinces, reviewers) = (new WaitsByKey(), new WaitsByKey());
        var fields = new BsonDocument { ["_id"] = 0, ["action"] = 1, ["province"] = 1, ["reviewer"] = 1, ["since_ms"] = 1 };
        using var decisions = await facts.Collection.Find(Decided).Project<BsonDocument>(fields).ToCursorAsync(cancellationToken);
        while (await decisions.MoveNextAsync(cancellationToken))
        {
            foreach (var decision in decisions.Current)
            {
                var (passed, wait) = (decision["action"] == StoredFigures.Passed, decision["since_ms"].ToInt64());
                provinces.Add(MongoDatabase.TextOrNull(decision, "province") ?? string.Empty, passed, wait);
                if (MongoDatabase.TextOrNull(decision, "reviewer") is { } reviewer)
                {
                    reviewers.Add(reviewer, passed, wait);
                }
            }
        }

        return (provinces.Shares(), reviewers.Shares());
    });

    private async Task<int> SampleAsync(CancellationToken cancellationToken)
    {
        var found = await facts.AggregateAsync(
            [new BsonDocument("$match", InPeriod), new BsonDocument("$group", new BsonDocument("_id", "$filing_id")), new BsonDocument("$count", "filings")], cancellationToken);
        return found.Count == 0 ? 0 : found[0]["filings"].ToInt32();
    }

    private static string Age(int i) => string.Create(CultureInfo.InvariantCulture, $"age{i}");

    private static BsonDocument Sum(BsonValue what) => new("$sum", what);

    private static BsonDocument SumWhere(string comparison, string field, DateTimeOffset than) =>
        Sum(new BsonDocument("$cond", new BsonArray { new BsonDocument(comparison, new BsonArray { "$" + field, than.ToUnixTimeMilliseconds() }), 1, 0 }));
}
