#if CLUSTER
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>The figures of one engine are those of the other, and what an older program saved is filled in.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoFiguresTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private readonly string _folder = Directory.CreateTempSubdirectory("beian-figures-").FullName;
    private readonly SqliteDatabase _sqlite;
    private readonly MongoStores _stores = new();

    public MongoFiguresTests() => _sqlite = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());

    private MongoTable Facts => _stores.Database["review_facts"];

    private MongoTable Filings => _stores.Database["filings"];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _sqlite.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        await _stores.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 7)]
    [InlineData(3, 700)]
    [InlineData(4, 5_000)]
    public async Task Figures_OfRandomMoves_AreThoseOfTheOtherEngine(int seed, int count)
    {
        var (from, length) = (Noon.AddHours(seed), TimeSpan.FromDays(12));
        await new RandomMoves(seed, from, length).AddAsync(_sqlite, count);
        await CopyAsync();

        foreach (var (first, end) in new[] { (from, from + length), (from.AddMilliseconds(1), from + length), (from.AddDays(-3), from.AddDays(5)), (from.AddDays(4), from.AddDays(4)), (from.AddDays(2.3), from.AddDays(9.9)) })
        {
            var expected = await new SqliteReviewFacts(_sqlite).FiguresAsync(first, end, Noon, default);

            Assert.Equal(Text(expected), Text(await _stores.Facts.FiguresAsync(first, end, Noon, default)));
            Assert.True(count < 5_000 || end == first || expected is { Reasons.Count: 50, Sample: > 1_000 });
        }
    }

    [Fact]
    public async Task Fill_OfFilingsWithoutFacts_IsAsIfTheyHadBeenSavedWithThem()
    {
        foreach (var n in Enumerable.Range(1, 120))
        {
            var filing = StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n).InReview(Noon);
            Assert.True((await _stores.Filings.AddAsync(n % 2 == 0 ? filing.Approved(n) : filing.SentBack(), null, default)).IsSaved);
        }

        var before = await AllAsync();
        await Facts.DropAsync([], default);
        foreach (var filing in await Filings.ListAsync([], null, 0, default))
        {
            filing["has_facts"] = 0L;
            filing.Remove("kind");
            filing["payload"] = filing["_id"] == StoredFilings.Id(60) ? new byte[] { 0 } : filing["payload"];
            await Filings.Collection.ReplaceOneAsync(new BsonDocument("_id", filing["_id"]), MongoFilings.Derived(filing), new MongoDB.Driver.ReplaceOptions(), default);
        }

        var looked = new List<int>();
        for (var some = await _stores.Facts.FillAsync(default); some > 0; some = await _stores.Facts.FillAsync(default))
        {
            looked.Add(some);
        }

        Assert.Equal([50, 50, 20], looked);
        Assert.Equal(119, await Filings.CountAsync(new BsonDocument("kind", "firstFiling"), default));
        Assert.Equal(0, await Filings.CountAsync(new BsonDocument("has_facts", 0L), default));
        Assert.Equal(before.Where(f => !f.StartsWith(StoredFilings.Id(60), StringComparison.Ordinal)), await AllAsync());
    }

    private static string Text(ReviewFigures figures) => JsonSerializer.Serialize(figures, StoredJson.Options);

    private async Task<List<string>> AllAsync() => [.. (await Facts.ListAsync([], new BsonDocument("_id", 1), 0, default)).Select(f => f["_id"].AsString + f.ToJson())];

    private async Task CopyAsync()
    {
        var moves = _sqlite.Read(connection =>
        {
            using var query = connection.Statement("SELECT filing_id, seq, at, action, since_ms, province, reviewer, reasons FROM review_facts;");
            using var reader = query.ExecuteReader();
            var found = new List<BsonDocument>();
            while (reader.Read())
            {
                found.Add(new BsonDocument
                {
                    ["_id"] = $"{reader.GetString(0)} {reader.GetInt64(1)}",
                    ["filing_id"] = reader.GetString(0),
                    ["seq"] = reader.GetInt64(1),
                    ["at"] = reader.GetInt64(2),
                    ["action"] = reader.GetString(3),
                    ["since_ms"] = reader.GetInt64(4),
                }
                .With("province", reader.IsDBNull(5) ? null : reader.GetString(5))
                .With("reviewer", reader.IsDBNull(6) ? null : reader.GetString(6))
                .With("reasons", reader.IsDBNull(7) ? null : new BsonArray(JsonSerializer.Deserialize<string[]>(reader.GetString(7)))));
            }

            return found;
        });
        if (moves.Count > 0)
        {
            await Facts.Collection.InsertManyAsync(moves);
        }
    }
}
#endif
