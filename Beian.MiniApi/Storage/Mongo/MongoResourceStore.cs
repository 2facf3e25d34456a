using Beian.MiniApi.Domain.Resources;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Resources: id and owner as fields, everything else in the payload. They are saved one by one, the answer with the last of them. That a resource changed is noted as something that follows of its save, under
/// a new number each time; several numbers of one resource tell the same filings the same.
/// </summary>
internal sealed class MongoResourceStore(MongoDatabase database) : IResourceStore
{
    public static readonly MongoShape Shape = new(
        "resources", 1,
        MongoIndex.Over("resources_id", "id") with { IsUnique = true },
        MongoIndex.Over("resources_account", "account_id", "_id"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["id"] = "string", ["account_id"] = "string", ["payload"] = "binData" },
    };

    public static readonly MongoShape Changes = new("resource_changes", 1, MongoIndex.Over("resource_changes_resource", "resource_id"))
    {
        Fields = new Dictionary<string, string> { ["resource_id"] = "string" },
    };

    private static readonly BsonDocument NewestFirst = new("_id", -1);

    private MongoTable Table => database[Shape.Name];

    public async Task<CloudResource?> FindAsync(string id, CancellationToken cancellationToken) =>
        await Table.FirstAsync(new BsonDocument("id", id), null, cancellationToken) is { } found ? Row(found).Resource : null;

    public async Task<IReadOnlyDictionary<string, CloudResource>> FindAllAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await Table.ListAsync(MongoFields.In("id", ids), null, 0, cancellationToken)).Select(d => Row(d).Resource).ToDictionary(r => r.Id, StringComparer.Ordinal);

    public async Task<IReadOnlyList<ResourceRow>> FindByOwnerAsync(string accountId, long? before, int take, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(MongoFields.Below("_id", before ?? long.MaxValue).With("account_id", accountId), NewestFirst, take, cancellationToken)).Select(Row)];

    public async Task<IReadOnlyList<ResourceRow>> PageAsync(long? before, int take, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(MongoFields.Below("_id", before ?? long.MaxValue), NewestFirst, take, cancellationToken)).Select(Row)];

    public async Task SaveAsync(IReadOnlyList<CloudResource> resources, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        if (resources.Count == 0 && idempotency is not null)
        {
            await new MongoIdempotencyStore(database).SaveAsync(idempotency, cancellationToken);
        }

        var used = await MongoHolds.OpenByResourceAsync(database, [.. resources.Select(r => r.Id)], cancellationToken);
        for (var i = 0; i < resources.Count; i++)
        {
            await SaveAsync(resources[i], used.ContainsKey(resources[i].Id), i == resources.Count - 1 ? idempotency : null, cancellationToken);
        }

        await NoteLateAsync([.. resources.Select(r => r.Id).Where(id => !used.ContainsKey(id))]);
    }

    public async Task<IReadOnlyList<ResourceChange>> ChangedAsync(int take, CancellationToken cancellationToken)
    {
        var changes = await database[Changes.Name].ListAsync([], new BsonDocument("_id", 1), take, cancellationToken);
        var used = await MongoHolds.OpenByResourceAsync(database, [.. changes.Select(c => c["resource_id"].AsString)], cancellationToken);
        return [.. changes.Select(c => (Sequence: c["_id"].ToInt64(), Resource: c["resource_id"].AsString))
            .Select(c => new ResourceChange(c.Sequence, c.Resource, used.TryGetValue(c.Resource, out var filings) ? [.. filings] : []))];
    }

    public Task ToldAsync(long sequence, CancellationToken cancellationToken) => database[Changes.Name].DropAsync(new BsonDocument("_id", sequence), cancellationToken);

    public async Task<int> AddMissingAsync(IReadOnlyList<CloudResource> resources, CancellationToken cancellationToken)
    {
        var there = await FindAllAsync([.. resources.Select(r => r.Id)], cancellationToken);
        var added = 0;
        foreach (var resource in resources.Where(r => !there.ContainsKey(r.Id)))
        {
            try
            {
                var document = await WithAsync(null, resource, cancellationToken);
                added += await database.Write(Table).Put(null, document).CommitAsync(cancellationToken) ? 1 : 0;
            }
            catch (MongoDuplicateException)
            {
                // It came in meanwhile and stays as it is.
            }
        }

        return added;
    }

    private async Task SaveAsync(CloudResource resource, bool isUsed, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var found = await Table.FirstAsync(new BsonDocument("id", resource.Id), null, cancellationToken);
            var write = database.Write(Table).Put(found, await WithAsync(found, resource, cancellationToken)).Answer(idempotency);
            if (isUsed)
            {
                var change = await ChangeAsync(resource.Id, cancellationToken);
                write.ThenAdd(database[Changes.Name], change).ThenDrop(database[Changes.Name], Former(change));
            }

            try
            {
                if (await write.CommitAsync(cancellationToken))
                {
                    return;
                }
            }
            catch (MongoDuplicateException)
            {
                // Somebody else added it: it is there to be replaced now.
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Notes what filings began to use between the look at them and the save: a filing that comes later was checked against the resource as it is now.</summary>
    private async Task NoteLateAsync(IReadOnlyCollection<string> resourceIds)
    {
        foreach (var id in (await MongoHolds.OpenByResourceAsync(database, resourceIds, CancellationToken.None)).Keys)
        {
            var change = await ChangeAsync(id, CancellationToken.None);
            await database[Changes.Name].AddAsync(change, CancellationToken.None);
            await database[Changes.Name].DropAsync(Former(change), CancellationToken.None);
        }
    }

    private async Task<BsonDocument> ChangeAsync(string resourceId, CancellationToken cancellationToken) =>
        new() { ["_id"] = await MongoCounters.NextAsync(database, Changes.Name, cancellationToken), ["resource_id"] = resourceId };

    private static BsonDocument Former(BsonDocument change) => MongoFields.Below("_id", change["_id"]).With("resource_id", change["resource_id"]);

    private async Task<BsonDocument> WithAsync(BsonDocument? found, CloudResource resource, CancellationToken cancellationToken)
    {
        var next = found?.Copy() ?? new BsonDocument { ["_id"] = await MongoCounters.NextAsync(database, Shape.Name, cancellationToken), ["id"] = resource.Id };
        next["account_id"] = resource.OwnerAccountId;
        next["payload"] = SealedColumns.Resources.Seal(database.Sealer, resource.Id, StoredResource.Write(resource));
        return next;
    }

    private ResourceRow Row(BsonDocument d)
    {
        var plain = SealedColumns.Resources.Open(database.Sealer, d["id"].AsString, d["payload"].AsByteArray);
        return new ResourceRow(d["_id"].ToInt64(), StoredResource.Read(plain, d["id"].AsString, d["account_id"].AsString));
    }
}
