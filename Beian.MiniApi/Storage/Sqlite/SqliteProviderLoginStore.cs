using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Logins at the identity provider that have begun.</summary>
public sealed class SqliteProviderLoginStore(SqliteDatabase database) : IProviderLoginStore
{
    public Task AddAsync(string digest, byte[] payload, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                connection.Run("DELETE FROM provider_logins WHERE expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds()));
                return connection.Run(
                    "INSERT INTO provider_logins (digest, payload, expires_at) VALUES ($digest, $payload, $expires);",
                    ("$digest", digest),
                    ("$payload", SealedColumns.ProviderLogins.Seal(connection, digest, payload)),
                    ("$expires", expiresAt.ToUnixTimeMilliseconds()));
            },
            cancellationToken);

    public Task<byte[]?> TakeAsync(string digest, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                using var take = connection.Statement(
                    "DELETE FROM provider_logins WHERE digest = $digest RETURNING payload, expires_at > $now;", ("$digest", digest), ("$now", now.ToUnixTimeMilliseconds()));
                using var reader = take.ExecuteReader();
                return reader.Read() && reader.GetBoolean(1) ? Open(connection, digest, reader.GetFieldValue<byte[]>(0)) : null;
            },
            cancellationToken);

    /// <summary>Null when it was sealed by keys that are lost: the login begins anew.</summary>
    private static byte[]? Open(SqliteConnection connection, string digest, byte[] stored)
    {
        try
        {
            return SealedColumns.ProviderLogins.Open(connection, digest, stored);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
