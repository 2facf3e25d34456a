using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// One collection. Reading, and writes that the audit trail does not tell of; whatever it tells of is written by <see cref="MongoWrite"/>. Filters and updates are documents as the
/// server gets them.
/// </summary>
internal sealed class MongoTable(MongoShape shape, IMongoCollection<BsonDocument> collection)
{
    public MongoShape Shape => shape;

    public string Name => shape.Name;

    /// <summary>The collection itself, for what is not said here.</summary>
    public IMongoCollection<BsonDocument> Collection => collection;

    /// <summary>The document of that id, or null.</summary>
    public Task<BsonDocument?> FindAsync(BsonValue id, CancellationToken cancellationToken) => FirstAsync(new BsonDocument("_id", id), null, cancellationToken);

    public async Task<BsonDocument?> FirstAsync(BsonDocument filter, BsonDocument? sort, CancellationToken cancellationToken)
    {
        var found = await ListAsync(filter, sort, 1, cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <param name="filter">Empty for all.</param>
    /// <param name="sort">Null for whatever order.</param>
    /// <param name="limit">0 for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<List<BsonDocument>> ListAsync(BsonDocument filter, BsonDocument? sort, int limit, CancellationToken cancellationToken)
    {
        var found = await MongoErrors.RunAsync(() => Find(filter, sort, limit).ToListAsync(cancellationToken));
        found.ForEach(Upgrade);
        return found;
    }

    /// <summary>As <see cref="ListAsync(BsonDocument, BsonDocument?, int, CancellationToken)"/>, but with these fields alone, and not upgraded.</summary>
    public Task<List<BsonDocument>> ListAsync(BsonDocument filter, BsonDocument? sort, int limit, BsonDocument fields, CancellationToken cancellationToken) =>
        MongoErrors.RunAsync(() => Find(filter, sort, limit).Project<BsonDocument>(fields).ToListAsync(cancellationToken));

    public Task<long> CountAsync(BsonDocument filter, CancellationToken cancellationToken) =>
        MongoErrors.RunAsync(() => collection.CountDocumentsAsync(filter, cancellationToken: cancellationToken));

    public async Task<bool> AnyAsync(BsonDocument filter, CancellationToken cancellationToken) =>
        (await ListAsync(filter, null, 1, new BsonDocument("_id", 1), cancellationToken)).Count > 0;

    public Task<List<BsonDocument>> AggregateAsync(IEnumerable<BsonDocument> stages, CancellationToken cancellationToken) =>
        MongoErrors.RunAsync(() => collection.Aggregate<BsonDocument>(stages.ToArray(), cancellationToken: cancellationToken).ToListAsync(cancellationToken));

    /// <summary>Adds a document; false when its id is there already.</summary>
    /// <exception cref="MongoDuplicateException">Another unique index refused it.</exception>
    public async Task<bool> AddAsync(BsonDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await MongoErrors.RunAsync(async () =>
            {
                await collection.InsertOneAsync(Marked(document), cancellationToken: cancellationToken);
                return true;
            });
            return true;
        }
        catch (MongoDuplicateException e) when (e.Index is "_id_")
        {
            return false;
        }
    }

    /// <summary>Changes one document and returns it as it is afterwards; null when none matched.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="update">Operators such as <c>$set</c>.</param>
    /// <param name="sort">Which of several; null for any.</param>
    /// <param name="isUpsert">Adds it where none matches; an id must then be in the filter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<BsonDocument?> ChangeAsync(BsonDocument filter, BsonDocument update, BsonDocument? sort, bool isUpsert, CancellationToken cancellationToken)
    {
        var options = new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After, Sort = sort, IsUpsert = isUpsert };
        try
        {
            return await MongoErrors.RunAsync(() => collection.FindOneAndUpdateAsync<BsonDocument>(filter, Marked(update, isUpsert), options, cancellationToken))!;
        }
        catch (MongoDuplicateException e) when (isUpsert && e.Index is "_id_")
        {
            // Two upserts at once: the other one has added it.
            return await MongoErrors.RunAsync(() => collection.FindOneAndUpdateAsync<BsonDocument>(filter, Marked(update, isUpsert), options, cancellationToken))!;
        }
    }

    public Task<BsonDocument?> ChangeAsync(BsonDocument filter, BsonDocument update, CancellationToken cancellationToken) => ChangeAsync(filter, update, null, false, cancellationToken);

    /// <summary>How many were changed.</summary>
    public async Task<long> ChangeAllAsync(BsonDocument filter, BsonDocument update, CancellationToken cancellationToken) =>
        (await MongoErrors.RunAsync(() => IsOne(filter)
            ? collection.UpdateOneAsync(filter, update, cancellationToken: cancellationToken)
            : collection.UpdateManyAsync(filter, update, cancellationToken: cancellationToken))).ModifiedCount;

    /// <summary>Deletes one document and returns it; null when none matched.</summary>
    public Task<BsonDocument?> TakeAsync(BsonDocument filter, BsonDocument? sort, CancellationToken cancellationToken) =>
        MongoErrors.RunAsync(() => collection.FindOneAndDeleteAsync(filter, new FindOneAndDeleteOptions<BsonDocument> { Sort = sort }, cancellationToken))!;

    /// <summary>How many were deleted.</summary>
    public async Task<long> DropAsync(BsonDocument filter, CancellationToken cancellationToken) =>
        (await MongoErrors.RunAsync(() => IsOne(filter) ? collection.DeleteOneAsync(filter, cancellationToken) : collection.DeleteManyAsync(filter, cancellationToken))).DeletedCount;

    /// <summary>Brings a document to the version of this program.</summary>
    /// <exception cref="InvalidDataException">A newer program wrote it.</exception>
    public void Upgrade(BsonDocument document)
    {
        var version = document.GetValue("v", shape.Version).ToInt32();
        if (version > shape.Version)
        {
            throw new InvalidDataException(
                $"A document of {shape.Name} has version {version}, and this program knows {shape.Version} at most: a newer program wrote it. Run that version, or restore a backup from before.");
        }

        for (; version < shape.Version; version++)
        {
            shape.Upgrades[version](document);
            document["v"] = version + 1;
        }
    }

    internal BsonDocument Marked(BsonDocument document)
    {
        document["v"] = shape.Version;
        return document;
    }

    private BsonDocument Marked(BsonDocument update, bool isUpsert)
    {
        if (!isUpsert)
        {
            return update;
        }

        var marked = update.DeepClone().AsBsonDocument;
        var inserted = marked.GetValue("$setOnInsert", new BsonDocument()).AsBsonDocument;
        inserted["v"] = shape.Version;
        marked["$setOnInsert"] = inserted;
        return marked;
    }

    /// <summary>True for one document at most: such a write is tried again by the driver when a primary steps down, one of many is not.</summary>
    private static bool IsOne(BsonDocument filter) => filter.TryGetValue("_id", out var id) && !id.IsBsonDocument;

    private IFindFluent<BsonDocument, BsonDocument> Find(BsonDocument filter, BsonDocument? sort, int limit)
    {
        var find = collection.Find(filter);
        find = sort is null ? find : find.Sort(sort);
        return limit > 0 ? find.Limit(limit) : find;
    }
}
