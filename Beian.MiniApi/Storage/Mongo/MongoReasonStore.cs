using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Staff's own texts, a document each. Each new one takes one of so many places, which an index lets only one have: of several who add the last one at once, one does.
/// </summary>
internal sealed class MongoReasonStore(MongoDatabase database) : IReasonStore
{
    public static readonly MongoShape Shape = new(
        "review_reasons", 1,
        MongoIndex.Over("review_reasons_place", "place") with { IsUnique = true, IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["field"] = "string", ["reason"] = "string", ["suggestion"] = "string", ["hidden"] = "long", ["changed_by"] = "string", ["changed_at"] = "long" },
    };

    private MongoTable Table => database[Shape.Name];

    public async Task<IReadOnlyList<StaffReason>> ListAsync(CancellationToken cancellationToken) => [.. (await Table.ListAsync([], new BsonDocument("_id", 1), 0, cancellationToken)).Select(Of)];

    public async Task<bool> SaveAsync(StaffReason reason, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await database.ChangeAsync(Table, reason.Id, (before, write) => SaveAsync(reason, before, write, cancellationToken), cancellationToken);
            }
            catch (MongoDuplicateException)
            {
                // Somebody else took the place.
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => database.ChangeAsync(
        Table, id, (found, write) => Task.FromResult(found is not null && write.Remove(found).IsMade), cancellationToken);

    private async Task<bool> SaveAsync(StaffReason reason, BsonDocument? before, MongoWrite write, CancellationToken cancellationToken)
    {
        var others = await Table.ListAsync(new BsonDocument("_id", DocumentFields.Is("$ne", reason.Id)), null, 0, new BsonDocument("place", 1), cancellationToken);
        if (others.Count >= IReasonStore.MaxReasons)
        {
            return false;
        }

        var after = before?.DeepClone().AsBsonDocument ?? [];
        after["_id"] = reason.Id;
        after["field"] = reason.Field;
        after["reason"] = reason.Reason;
        after["suggestion"] = reason.Suggestion;
        after["hidden"] = reason.IsHidden ? 1L : 0L;
        after["changed_by"] = reason.ChangedBy;
        after["changed_at"] = reason.ChangedAt.ToUnixTimeMilliseconds();
        if (!after.Contains("place"))
        {
            after["place"] = MongoPlaces.Free(others, IReasonStore.MaxReasons);
        }

        write.Put(before, after);
        return true;
    }

    private static StaffReason Of(BsonDocument d) => new(
        d["_id"].AsString, d["field"].AsString, d["reason"].AsString, d["suggestion"].AsString, d["hidden"].ToInt64() != 0, d["changed_by"].AsString,
        DateTimeOffset.FromUnixTimeMilliseconds(d["changed_at"].ToInt64()));
}
