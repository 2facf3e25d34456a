using System.Text.Json;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Auth codes. All checks that protect a quota or a used code run on the single writer, inside the write they guard.</summary>
public sealed class SqliteAuthCodeStore(SqliteDatabase database) : IAuthCodeStore
{
    /// <summary>Sorts behind every id, which is hexadecimal.</summary>
    private const string AfterEveryId = "~";

    public Task<AuthCode?> FindByHashAsync(string codeHash, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => One(connection, "WHERE code_hash = $a", codeHash)));

    public Task<AuthCode?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => One(connection, "WHERE id = $a", id)));

    public Task<AuthCode?> FindAsync(string id, string issuerAccountId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => One(connection, "WHERE id = $a AND issuer_id = $b", id, issuerAccountId)));

    public Task<IReadOnlyList<AuthCode>> FindByIssuerAsync(string issuerAccountId, string? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuthCode>>(database.Read(connection =>
        {
            using var query = Select(connection, "WHERE issuer_id = $a AND id < $b ORDER BY id DESC LIMIT $take", issuerAccountId, before ?? AfterEveryId);
            query.Parameters.AddWithValue("$take", take);
            return Rows(connection, query);
        }));

    public Task<IReadOnlyList<AuthCode>> PageAsync(string? resourceId, string? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuthCode>>(database.Read(connection =>
        {
            using var query = Select(connection, (resourceId is null ? "WHERE id < $a" : "WHERE id < $a AND resource_id = $b") + " ORDER BY id DESC LIMIT $take", before ?? AfterEveryId, resourceId);
            query.Parameters.AddWithValue("$take", take);
            return Rows(connection, query);
        }));

    public Task<IReadOnlyDictionary<string, int>> CountByResourceAsync(IReadOnlyCollection<string> resourceIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, int>>(database.Read(connection =>
        {
            var counts = new Dictionary<string, int>(StringComparer.Ordinal);
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT resource_id, COUNT(*) FROM auth_codes WHERE resource_id IN (SELECT value FROM json_each($ids)) GROUP BY resource_id;";
            query.Parameters.AddWithValue("$ids", JsonSerializer.Serialize(resourceIds));
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                counts.Add(reader.GetString(0), reader.GetInt32(1));
            }

            return counts;
        }));

    public Task<AuthCodeChange> AddAsync(IReadOnlyList<AuthCode> codes, ResourceProfile profile, IdempotencyRecord? idempotency, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (AccountRows.IsErased(connection, codes[0].IssuerAccountId))
                {
                    return AuthCodeChange.NotFound;
                }

                var resourceId = codes[0].ResourceId;
                var free = FreeNumbers(connection, resourceId, profile);
                if (free.Count < codes.Count)
                {
                    return AuthCodeChange.QuotaExceeded;
                }

                SqliteIdempotencyStore.Insert(connection, idempotency);
                for (var i = 0; i < codes.Count; i++)
                {
                    Write(
                        connection,
                        "INSERT INTO auth_codes (id, code_hash, issuer_id, target_id, resource_id, number, payload) VALUES ($id, $hash, $issuer, $target, $resource, $number, $payload);",
                        codes[i] with { ResourceId = resourceId, Number = free[i] });
                }

                return AuthCodeChange.Done;
            },
            cancellationToken);

    public Task<AuthCodeChange> ReplaceAsync(AuthCode code, ResourceProfile profile, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (One(connection, "WHERE id = $a AND issuer_id = $b", code.Id, code.IssuerAccountId) is not { } stored)
                {
                    return AuthCodeChange.NotFound;
                }

                if (IsHeld(connection, code.Id))
                {
                    return AuthCodeChange.InUse;
                }

                var number = stored.Number;
                if (stored.ResourceId != code.ResourceId)
                {
                    number = FreeNumbers(connection, code.ResourceId, profile).FirstOrDefault();
                    if (number == 0)
                    {
                        return AuthCodeChange.QuotaExceeded;
                    }
                }

                Write(
                    connection,
                    "UPDATE auth_codes SET code_hash = $hash, issuer_id = $issuer, target_id = $target, resource_id = $resource, number = $number, payload = $payload WHERE id = $id;",
                    code with { Number = number });
                return AuthCodeChange.Done;
            },
            cancellationToken);

    public Task<AuthCodeChange> DeleteAsync(string id, string issuerAccountId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (One(connection, "WHERE id = $a AND issuer_id = $b", id, issuerAccountId) is null)
                {
                    return AuthCodeChange.NotFound;
                }

                if (IsHeld(connection, id))
                {
                    return AuthCodeChange.InUse;
                }

                using var delete = connection.CreateCommand();
                delete.CommandText = "DELETE FROM auth_codes WHERE id = $id;";
                delete.Parameters.AddWithValue("$id", id);
                delete.ExecuteNonQuery();
                return AuthCodeChange.Done;
            },
            cancellationToken);

    /// <summary>Takes the issuer's own words off their codes; returns how many codes there are.</summary>
    internal static int ForgetNotes(SqliteConnection connection, string issuerId)
    {
        var codes = Issued(connection, issuerId);
        foreach (var code in codes.Where(c => c.Note is not null))
        {
            Write(connection, "UPDATE auth_codes SET payload = $payload WHERE id = $id;", code with { Note = null });
        }

        return codes.Count;
    }

    private static List<AuthCode> Issued(SqliteConnection connection, string issuerId)
    {
        using var query = Select(connection, "WHERE issuer_id = $a", issuerId, null);
        return Rows(connection, query);
    }

    private static bool IsHeld(SqliteConnection connection, string id)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT 1 FROM holds WHERE key = $key;";
        query.Parameters.AddWithValue("$key", AuthCode.HoldKeyOf(id));
        return query.ExecuteScalar() is not null;
    }

    /// <summary>Numbers that codes of the resource can still take, lowest first, as many as its profile leaves.</summary>
    private static List<int> FreeNumbers(SqliteConnection connection, string resourceId, ResourceProfile profile)
    {
        var taken = new HashSet<int>();
        using (var query = connection.CreateCommand())
        {
            query.CommandText = "SELECT number FROM auth_codes WHERE resource_id = $resource;";
            query.Parameters.AddWithValue("$resource", resourceId);
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                taken.Add(reader.GetInt32(0));
            }
        }

        using var slots = connection.CreateCommand();
        slots.CommandText = "SELECT COUNT(*) FROM holds WHERE key IN (SELECT value FROM json_each($keys));";
        slots.Parameters.AddWithValue("$keys", JsonSerializer.Serialize(ResourceSlots.KeysOf(resourceId, profile)));
        var use = new ResourceUse((int)(long)slots.ExecuteScalar()!, taken.Count);
        return [.. Enumerable.Range(1, profile.Codes).Where(n => !taken.Contains(n)).Take(Eligibility.CodesLeft(profile, use))];
    }

    private static AuthCode? One(SqliteConnection connection, string where, string a, string? b = null)
    {
        using var query = Select(connection, where, a, b);
        return Rows(connection, query).SingleOrDefault();
    }

    private static SqliteCommand Select(SqliteConnection connection, string where, string a, string? b)
    {
        var query = connection.CreateCommand();
#pragma warning disable CA2100 // Only the constant conditions above come here.
        query.CommandText = $"SELECT id, code_hash, issuer_id, resource_id, number, payload FROM auth_codes {where};";
#pragma warning restore CA2100
        query.Parameters.AddWithValue("$a", a);
        query.Parameters.AddWithValue("$b", (object?)b ?? DBNull.Value);
        return query;
    }

    private static List<AuthCode> Rows(SqliteConnection connection, SqliteCommand query)
    {
        var found = new List<AuthCode>();
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var plain = SealedColumns.AuthCodes.Open(connection, reader.GetString(0), reader.GetFieldValue<byte[]>(5));
            found.Add(StoredAuthCode.Read(plain, reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4)));
        }

        return found;
    }

    private static void Write(SqliteConnection connection, string sql, AuthCode code)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", code.Id);
        command.Parameters.AddWithValue("$hash", code.CodeHash);
        command.Parameters.AddWithValue("$issuer", code.IssuerAccountId);
        command.Parameters.AddWithValue("$target", code.TargetAccountId);
        command.Parameters.AddWithValue("$resource", code.ResourceId);
        command.Parameters.AddWithValue("$number", code.Number);
        command.Parameters.AddWithValue("$payload", SealedColumns.AuthCodes.Seal(connection, code.Id, StoredAuthCode.Write(code)));
        command.ExecuteNonQuery();
    }
}
