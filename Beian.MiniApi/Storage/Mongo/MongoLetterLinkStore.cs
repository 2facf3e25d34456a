using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>One document an address; using it up deletes the document, which only one caller can.</summary>
internal sealed class MongoLetterLinkStore(MongoDatabase database) : ILetterLinkStore
{
    public static readonly MongoShape Shape = new(
        "letter_links", 1,
        MongoIndex.Over("letter_links_expiry", "expires_at"),
        MongoIndex.Over("letter_links_account", "account_id"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["filing_id"] = "string", ["account_id"] = "string", ["kind"] = "string", ["expires_at"] = "long" },
    };

    private MongoTable Table => database[Shape.Name];

    public async Task AddAsync(LetterLink link, CancellationToken cancellationToken)
    {
        if (await MongoErased.IsAsync(database, link.AccountId, cancellationToken))
        {
            return;
        }

        var document = new BsonDocument
        {
            ["_id"] = link.Hash,
            ["filing_id"] = link.FilingId,
            ["account_id"] = link.AccountId,
            ["kind"] = link.Kind,
            ["expires_at"] = link.ExpiresAt.ToUnixTimeMilliseconds(),
        };
        await database.Write(Table).Put(null, document.With("site_id", link.SiteId)).CommitAsync(cancellationToken);
        if (await MongoErased.IsAsync(database, link.AccountId, CancellationToken.None))
        {
            await TakeAsync(link.Hash, DateTimeOffset.MinValue, CancellationToken.None);
        }
    }

    public Task<bool> IsOpenAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        Table.AnyAsync(new BsonDocument { ["_id"] = hash, ["expires_at"] = new BsonDocument("$gt", now.ToUnixTimeMilliseconds()) }, cancellationToken);

    public Task<LetterLink?> TakeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        hash,
        (found, write) =>
        {
            if (found is null || found.Time("expires_at") <= now)
            {
                return Task.FromResult<LetterLink?>(null);
            }

            write.Remove(found);
            return Task.FromResult<LetterLink?>(new LetterLink(
                hash, found["filing_id"].AsString, found["account_id"].AsString, found["kind"].AsString, found.TextOrNull("site_id"), found.Time("expires_at")));
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => MongoRemoval.RemoveAllAsync(database, Table, MongoFields.Until("expires_at", now), cancellationToken);
}
