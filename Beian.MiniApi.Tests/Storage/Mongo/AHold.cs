#if CLUSTER
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>Filings that are nothing but a reservation, for the stores of what is reserved.</summary>
internal static class AHold
{
    public static Task PutAsync(MongoDatabase database, string key, string filingId, bool used)
    {
        var fields = new BsonDocument
        {
            ["account_id"] = "target",
            ["number"] = filingId,
            ["state"] = FilingTransitions.NameOf(used ? FilingState.Approved : FilingState.ProviderReview),
            ["holds"] = new BsonArray { key },
            ["revision"] = 1L,
            ["created_at"] = 0L,
            ["state_since"] = 0L,
            ["submitted"] = 1L,
            ["due_key"] = long.MaxValue,
            ["payload"] = new byte[1],
        };
        return database["filings"].Collection.UpdateOneAsync(
            new BsonDocument("_id", filingId), new BsonDocument("$set", fields), new UpdateOptions { IsUpsert = true });
    }
}
#endif
