namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a withdrawal.</summary>
public sealed class SqliteAuthorizationRevocationStore(SqliteDatabase database) : IAuthorizationRevocationStore
{
    public Task AddAsync(AuthorizationRevocation revocation, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                "INSERT INTO authorization_revocations (openid_index, at, info) VALUES ($index, $at, $info) ON CONFLICT DO NOTHING;",
                ("$index", revocation.OpenIdIndex),
                ("$at", revocation.At.ToUnixTimeMilliseconds()),
                ("$info", revocation.Info ?? string.Empty)),
            cancellationToken);

    public Task<IReadOnlyList<AuthorizationRevocation>> ListAsync(string openIdIndex, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<AuthorizationRevocation>>(connection =>
        {
            using var query = connection.Statement("SELECT info, at FROM authorization_revocations WHERE openid_index = $index ORDER BY at, info;", ("$index", openIdIndex));
            using var reader = query.ExecuteReader();
            var found = new List<AuthorizationRevocation>();
            while (reader.Read())
            {
                found.Add(new AuthorizationRevocation(openIdIndex, reader.GetString(0) is { Length: > 0 } info ? info : null, DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1))));
            }

            return found;
        }));
}
