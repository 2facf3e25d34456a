using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>A document an upload. One that is open has one of its owner's places, which an index lets only one have.</summary>
internal sealed class MongoResumableUploadStore(MongoDatabase database) : IResumableUploadStore
{
    public static readonly MongoShape Shape = new(
        "resumable_uploads", 1,
        MongoIndex.Over("resumable_uploads_owner", "owner", "expires_at"),
        MongoIndex.Over("resumable_uploads_expires", "expires_at"),
        MongoIndex.Over("resumable_uploads_seat", "seat") with { IsUnique = true, IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["owner"] = "string", ["length"] = "long", ["expires_at"] = "long" },
    };

    private MongoTable Table => database[Shape.Name];

    public async Task<bool> AddAsync(ResumableUpload upload, int maxOpen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var open = Open(upload.OwnerId, now);
            var others = await Table.ListAsync(open, null, 0, new BsonDocument("place", 1), cancellationToken);
            if (others.Count >= maxOpen)
            {
                return false;
            }

            var place = MongoPlaces.Free(others, maxOpen);
            try
            {
                await Table.ChangeAllAsync(Expired(upload.OwnerId, now), new BsonDocument("$unset", new BsonDocument("seat", "")), cancellationToken);
                return await Table.AddAsync(Of(upload, place), cancellationToken) ? true : throw new InvalidOperationException("There is an upload of this id.");
            }
            catch (MongoDuplicateException)
            {
                // Somebody else took the place.
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    public async Task<ResumableUpload?> FindAsync(string id, string ownerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Table.FirstAsync(Open(ownerId, now).With("_id", id), null, cancellationToken) is { } found
            ? new ResumableUpload(
                id, ownerId, found["length"].ToInt64(),
                MongoDatabase.BytesOrNull(found, "metadata") is { } metadata ? SealedColumns.Uploads.Open(database.Sealer, id, metadata) : null,
                DateTimeOffset.FromUnixTimeMilliseconds(found["expires_at"].ToInt64()))
            : null;

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Table.DropAsync(new BsonDocument("_id", id), cancellationToken);

    public async Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var expired = new BsonDocument("expires_at", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds()));
        return limit <= 0 ? [] : [.. (await Table.ListAsync(expired, new BsonDocument("expires_at", 1), limit, new BsonDocument("_id", 1), cancellationToken)).Select(d => d["_id"].AsString)];
    }

    private static BsonDocument Open(string ownerId, DateTimeOffset now) => new() { ["owner"] = ownerId, ["expires_at"] = DocumentFields.Is("$gt", now.ToUnixTimeMilliseconds()) };

    private static BsonDocument Expired(string ownerId, DateTimeOffset now) => new() { ["owner"] = ownerId, ["expires_at"] = DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds()) };

    private BsonDocument Of(ResumableUpload upload, long place) => new BsonDocument
    {
        ["_id"] = upload.Id,
        ["owner"] = upload.OwnerId,
        ["length"] = upload.Length,
        ["expires_at"] = upload.ExpiresAt.ToUnixTimeMilliseconds(),
        ["place"] = place,
        ["seat"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{upload.OwnerId} {place}"),
    }.With("metadata", upload.Metadata is null ? null : new BsonBinaryData(SealedColumns.Uploads.Seal(database.Sealer, upload.Id, upload.Metadata)));
}
