#if CLUSTER
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Fixtures;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>What the MongoDB room promises whatever is kept in it.</summary>
public sealed class MongoDatabaseTests : IAsyncLifetime
{
    private readonly AuditSecret _secret = new(Enumerable.Repeat((byte)7, 32).ToArray());
    private readonly MongoOptions _options = new() { ConnectionString = MongoStores.Server, Database = "beian-test-" + Guid.NewGuid().ToString("N")[..12], ServerSelectionMilliseconds = 3000 };
    private readonly List<MongoDatabase> _opened = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        using var client = MongoConnection.Client(_options);
        await client.DropDatabaseAsync(_options.Database);
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Trail_OfThreeInstances_IsOneChainWithoutGaps()
    {
        MongoDatabase[] instances = [Open(), Open(), Open()];

        await Task.WhenAll(Enumerable.Range(0, 90).Select(i => instances[i % 3].Trail!.RecordAsync(
            [instances[i % 3].NoteOf(AuditActs.Viewed, "filings", $"f{i}", "a1", null, null), instances[i % 3].NoteOf(AuditActs.Exported, "filings", $"f{i}", "a1", null, null)])));

        using var examiner = new MongoExaminer(_options, () => _secret);
        var verdict = examiner.VerifyAudit([examiner.AuditHead()!], null, default);
        Assert.Equal((180L, 180L, 0), (verdict.Entries, verdict.LastSeq, verdict.Faults.Count));
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("missing")]
    [InlineData("cutOff")]
    public async Task Trail_ThatSomebodyChanged_IsNotVerified(string how)
    {
        var database = Open();
        await database.Trail!.RecordAsync([.. Enumerable.Range(0, 20).Select(i => database.NoteOf(AuditActs.Viewed, "filings", $"f{i}", "a1", null, null))]);
        var entries = database[MongoTrail.Entries.Name].Collection;
        await (how switch
        {
            "altered" => (Task)entries.UpdateOneAsync(new BsonDocument("_id", 7L), new BsonDocument("$set", new BsonDocument("actor", "nobody"))),
            "missing" => entries.DeleteOneAsync(new BsonDocument("_id", 7L)),
            _ => entries.DeleteOneAsync(new BsonDocument("_id", 20L)),
        });

        using var examiner = new MongoExaminer(_options, () => _secret);
        Assert.Contains(how, examiner.VerifyAudit([], null, default).Faults.Select(f => f.Code));
    }

    [Fact]
    public async Task Document_OfANewerProgram_IsRefusedWithTheRemedy()
    {
        var database = Open();
        await database[MongoIdempotencyStore.Shape.Name].Collection.InsertOneAsync(new BsonDocument { ["_id"] = "k", ["v"] = 99 });

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => database[MongoIdempotencyStore.Shape.Name].FindAsync("k", default));

        Assert.Contains("has version 99", e.Message, StringComparison.Ordinal);
        Assert.Contains("Run that version", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnIndexOfAnotherKind_SaysWhichToDrop()
    {
        using var client = MongoConnection.Client(_options);
        await client.GetDatabase(_options.Database).GetCollection<BsonDocument>("idempotency").Indexes
            .CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("other", 1), new CreateIndexOptions { Name = "idempotency_owner" }));

        var e = Assert.Throws<InvalidDataException>(() => Open());

        Assert.Contains("db.idempotency.dropIndex(\"idempotency_owner\")", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithDuplicatesUnderAUniqueIndex_NamesItsFields()
    {
        using var client = MongoConnection.Client(_options);
        await client.GetDatabase(_options.Database).GetCollection<BsonDocument>("audit_entries").InsertManyAsync([new BsonDocument("n", "same"), new BsonDocument("n", "same")]);

        var e = Assert.Throws<InvalidDataException>(() => Open());

        Assert.Contains("audit_note of the collection audit_entries cannot be built: two documents have the same n", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongodb://u:secret@127.0.0.1:1/?replicaSet=rs0", "no primary answered at 127.0.0.1:1")]
    [InlineData("mongodb://u:sec:ret@@@", "cannot be read")]
    public void Start_WithoutAServer_SaysWhatToCheckAndNoPassword(string address, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => MongoDatabase.Open(
            new MongoOptions { ConnectionString = address, ServerSelectionMilliseconds = 600 }, ARing.Sealer(), null, TimeProvider.System));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_OfASaveThatWasKilled_IsFinishedByWhoeverAsks()
    {
        var (database, other) = (Open(), Open());
        var record = new IdempotencyRecord("k1", "hash", [1, 2, 3], DateTimeOffset.UtcNow.AddHours(24));
        var todos = database.Todos;
        await MongoIdempotencyStore.ClaimAsync(database, record, "n1", todos.Name, "doc", default);
        var follow = new BsonArray { MongoIdempotencyStore.Keep(database, record) };
        await todos.Collection.InsertOneAsync(new BsonDocument
        {
            ["_id"] = "doc",
            [MongoDatabase.Todo] = new BsonArray { new BsonDocument { ["n"] = "n1", ["at"] = 0L, ["do"] = new BsonDocument { ["a"] = follow, ["notes"] = new BsonArray() }.ToBson() } },
        });

        var found = await new MongoIdempotencyStore(other).FindAsync("k1", DateTimeOffset.UtcNow, default);

        Assert.Equal([1, 2, 3], found!.Answer);
    }

    [Fact]
    public async Task Seals_OfTwoInstances_AddUp()
    {
        MongoDataKeys[] keys = [new(Open()), new(Open())];
        await Task.WhenAll(keys.Select(k => k.KeepAsync(default)));
        var before = Seals();

        foreach (var (database, i) in _opened.Select((d, i) => (d, i)))
        {
            for (var n = 0; n < 30 + i; n++)
            {
                database.Sealer.Seal("kind", "id", [1]);
            }

            await keys[i].KeepAsync(default);
            await keys[i].KeepAsync(default);
        }

        Assert.Equal(before + 61, Seals());
    }

    private long Seals() => MongoDataKeys.List(_opened[0][MongoDataKeys.Shape.Name].Collection)[^1].Seals;

    private MongoDatabase Open()
    {
        var database = MongoDatabase.Open(_options, _opened.Count == 0 ? ARing.Sealer() : new Beian.MiniApi.Vault.Sealer(_opened[0].Sealer.Ring), _secret, TimeProvider.System);
        _opened.Add(database);
        return database;
    }
}
#endif
