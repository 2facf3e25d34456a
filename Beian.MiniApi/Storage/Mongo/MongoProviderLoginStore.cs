using System.Security.Cryptography;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Logins at the identity provider that have begun; taking one deletes its document.</summary>
internal sealed class MongoProviderLoginStore(MongoDatabase database) : IProviderLoginStore
{
    public static readonly MongoShape Shape = new("provider_logins", 1, MongoIndex.Over("provider_logins_expires", "expires_at"))
    {
        Fields = new Dictionary<string, string> { ["payload"] = "binData", ["expires_at"] = "long" },
    };

    private MongoTable Logins => database[Shape.Name];

    public async Task AddAsync(string digest, byte[] payload, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        await Logins.DropAsync(new BsonDocument("expires_at", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds())), cancellationToken);
        var login = new BsonDocument
        {
            ["_id"] = digest,
            ["payload"] = SealedColumns.ProviderLogins.Seal(database.Sealer, digest, payload),
            ["expires_at"] = expiresAt.ToUnixTimeMilliseconds(),
        };
        if (!await Logins.AddAsync(login, cancellationToken))
        {
            throw new InvalidOperationException("A login with this state has begun already.");
        }
    }

    public async Task<byte[]?> TakeAsync(string digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Logins.TakeAsync(new BsonDocument("_id", digest), null, cancellationToken) is { } taken && taken["expires_at"].ToInt64() > now.ToUnixTimeMilliseconds()
            ? Open(digest, taken["payload"].AsByteArray)
            : null;

    /// <summary>Null when it was sealed by keys that are lost: the login begins anew.</summary>
    private byte[]? Open(string digest, byte[] stored)
    {
        try
        {
            return SealedColumns.ProviderLogins.Open(database.Sealer, digest, stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
