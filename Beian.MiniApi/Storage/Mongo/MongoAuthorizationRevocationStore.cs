using System.Globalization;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>One document a withdrawal.</summary>
internal sealed class MongoAuthorizationRevocationStore(MongoDatabase database) : IAuthorizationRevocationStore
{
    public static readonly MongoShape Shape = new(
        "authorization_revocations", 1,
        MongoIndex.Over("authorization_revocations_user", "openid_index", "at", "info"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["openid_index"] = "string", ["at"] = "long", ["info"] = "string" },
    };

    public Task AddAsync(AuthorizationRevocation revocation, CancellationToken cancellationToken)
    {
        var (at, info) = (revocation.At.ToUnixTimeMilliseconds(), revocation.Info ?? string.Empty);
        return database.Write(database[Shape.Name]).Put(null, new BsonDocument
        {
            ["_id"] = string.Create(CultureInfo.InvariantCulture, $"{revocation.OpenIdIndex} {at} {info}"),
            ["openid_index"] = revocation.OpenIdIndex,
            ["at"] = at,
            ["info"] = info,
        }).CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AuthorizationRevocation>> ListAsync(string openIdIndex, CancellationToken cancellationToken) =>
        [.. (await database[Shape.Name].ListAsync(new BsonDocument("openid_index", openIdIndex), new BsonDocument { ["at"] = 1, ["info"] = 1 }, 0, cancellationToken))
            .Select(d => new AuthorizationRevocation(openIdIndex, d["info"].AsString is { Length: > 0 } info ? info : null, d.Time("at")))];
}
