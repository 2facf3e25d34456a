using Beian.MiniApi.Storage.Moving;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Sees to it that a database is at rest before its data moves.</summary>
internal static class MongoMoveRest
{
    /// <summary>Asks the server whose connections it has. A server that does not tell is believed; the operator is told so.</summary>
    /// <exception cref="InvalidDataException">An instance of the service is connected.</exception>
    public static async Task RefuseInstancesAsync(MongoClient client, Action<string> tell, CancellationToken cancellationToken)
    {
        BsonDocument answer;
        try
        {
            answer = await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(
                new BsonDocument
                {
                    ["aggregate"] = 1,
                    ["pipeline"] = new BsonArray
                    {
                        new BsonDocument("$currentOp", new BsonDocument { ["allUsers"] = false, ["idleConnections"] = true }),
                        new BsonDocument("$match", new BsonDocument("appName", MongoConnection.Service)),
                        new BsonDocument("$limit", 1),
                        new BsonDocument("$project", new BsonDocument("client", 1)),
                    },
                    ["cursor"] = new BsonDocument(),
                },
                cancellationToken: cancellationToken);
        }
        catch (MongoCommandException)
        {
            tell("The server does not tell who is connected: make sure that no instance of the service runs.");
            return;
        }

        if (answer["cursor"]["firstBatch"].AsBsonArray.FirstOrDefault() is { } instance)
        {
            throw new InvalidDataException($"An instance of the service is connected to the server from {instance.AsBsonDocument.GetValue("client", "somewhere")}: stop all of them. Data is moved while nobody changes it.");
        }
    }

    /// <summary>Whether something of earlier saves is left to do, or the head of the audit trail is behind its entries.</summary>
    public static async Task<bool> IsLeftAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var names = MovedTables.All.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var shape in MongoShapes.All.Where(s => names.Contains(s.Name) && s.Indexes.Any(i => i.Name == MongoSchema.TodoIndex)))
        {
            if (await Collection(shape.Name).Find(new BsonDocument("todo.at", new BsonDocument("$exists", true))).Limit(1).AnyAsync(cancellationToken))
            {
                return true;
            }
        }

        if (await Collection("todos").Find(new BsonDocument()).Limit(1).AnyAsync(cancellationToken))
        {
            return true;
        }

        var last = await Collection(MongoTrail.Entries.Name).Find(new BsonDocument()).Sort(new BsonDocument("_id", -1)).Limit(1).FirstOrDefaultAsync(cancellationToken);
        return last is not null && MongoExaminer.HeadOf(database)?.Seq != last["_id"].ToInt64();

        IMongoCollection<BsonDocument> Collection(string name) => database.GetCollection<BsonDocument>(name);
    }

    /// <summary>A save that was finished by another instance may have told of a resource twice; tables have one row of each, the later one.</summary>
    public static async Task OneChangeOfEachResourceAsync(IMongoDatabase database, CancellationToken cancellationToken)
    {
        var changes = database.GetCollection<BsonDocument>(MongoResourceStore.Changes.Name);
        foreach (var several in (await changes.Find(new BsonDocument()).ToListAsync(cancellationToken)).GroupBy(c => c["resource_id"]).Where(g => g.Count() > 1))
        {
            var earlier = several.Select(c => c["_id"]).Order().SkipLast(1);
            await changes.DeleteManyAsync(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(earlier))), cancellationToken);
        }
    }

    /// <summary>Does what is left.</summary>
    /// <exception cref="InvalidDataException">Some of it cannot be done.</exception>
    public static async Task FinishAsync(MongoDatabase database, CancellationToken cancellationToken)
    {
        // A clock that is ahead may have dated something a little later than now.
        while (await database.FinishAllAsync(TimeSpan.FromHours(-1), cancellationToken) > 0)
        {
        }

        if (database.Trail is { } trail)
        {
            await trail.SettleAsync();
        }

        if (await IsLeftAsync(database.Database, cancellationToken))
        {
            throw new InvalidDataException("Something of an earlier save cannot be finished: start the service on the source, look for what its log says of the database, and move once it is done.");
        }
    }
}
