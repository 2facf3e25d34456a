#if CLUSTER
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Audit;
using Beian.MiniApi.Tests.Fixtures;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>Two instances of the program over one database, as far as its stores go. Both keep the audit trail.</summary>
internal sealed class TwoMongos : IAsyncDisposable
{
    private readonly MongoOptions _options = new() { ConnectionString = MongoStores.Server, Database = "beian-test-" + Guid.NewGuid().ToString("N")[..12] };

    public TwoMongos()
    {
        One = Open();
        Two = Open();
    }

    public MongoDatabase One { get; }

    public MongoDatabase Two { get; }

    /// <summary>Does something many times at once, on both instances in turn.</summary>
    public Task<T[]> ManyAsync<T>(int times, Func<MongoDatabase, int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(n => Task.Run(() => call(n % 2 == 0 ? One : Two, n))));

    /// <summary>What the trail says of a kind, by its acts in order, after both instances have written what they know.</summary>
    public async Task<IReadOnlyList<(string Act, string Thing)>> TrailAsync(string kind)
    {
        await One.Trail!.DrainAsync();
        await Two.Trail!.DrainAsync();
        var entries = await One["audit_entries"].ListAsync(new BsonDocument("kind", kind), new BsonDocument("_id", 1), 0, default);
        return [.. entries.Select(e => (e["act"].AsString, e["thing"].AsString))];
    }

    public async ValueTask DisposeAsync()
    {
        await One.Database.Client.DropDatabaseAsync(_options.Database);
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }

    private MongoDatabase Open() => MongoDatabase.Open(_options, ARing.Sealer(), ATrail.Secret, TimeProvider.System);
}
#endif
