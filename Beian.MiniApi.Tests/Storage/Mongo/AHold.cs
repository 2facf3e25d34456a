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
        };
        return database["filings"].Collection.UpdateOneAsync(
            new BsonDocument("_id", filingId), new BsonDocument("$set", fields), new UpdateOptions { IsUpsert = true, BypassDocumentValidation = true });
    }
}
#endif
