namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Accounts whose last user was erased. An erasure marks the account first and then takes everything away, so whoever adds something looks at the mark before and once more after: what was added in between
/// is taken away by one of the two.
/// </summary>
internal static class MongoErased
{
    public static Task<bool> IsAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken) =>
        database["erased_accounts"].AnyAsync(new MongoDB.Bson.BsonDocument("_id", accountId), cancellationToken);
}
