using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Sealing and opening with the cipher of a connection.</summary>
internal static class SealedColumnsOfConnections
{
    public static byte[] Seal(this SealedColumn column, SqliteConnection connection, string id, byte[] plain) => column.Seal(SealedConnection.SealerOf(connection), id, plain);

    public static byte[] Open(this SealedColumn column, SqliteConnection connection, string id, byte[] stored) => column.Open(SealedConnection.SealerOf(connection), id, stored);

    public static string? SealText(this SealedColumn column, SqliteConnection connection, string id, string? plain) =>
        plain is null ? null : column.SealText(SealedConnection.SealerOf(connection), id, plain);

    public static string? OpenText(this SealedColumn column, SqliteConnection connection, string id, string? stored) =>
        stored is null ? null : column.OpenText(SealedConnection.SealerOf(connection), id, stored);
}

/// <summary>A connection that knows the cipher of its database, so that every step of a write can seal.</summary>
internal sealed class SealedConnection(string connectionString, Sealer sealer) : SqliteConnection(connectionString)
{
    /// <exception cref="ArgumentException">A connection that <see cref="SqliteDatabase"/> did not open.</exception>
    public static Sealer SealerOf(SqliteConnection connection) =>
        connection is SealedConnection ours ? ours.Sealer : throw new ArgumentException("Not a connection of the database.", nameof(connection));

    private Sealer Sealer { get; } = sealer;
}
