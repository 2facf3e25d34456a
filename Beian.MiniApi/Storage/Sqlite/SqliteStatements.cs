using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One-line statements for the stores of this engine.</summary>
internal static class SqliteStatements
{
    /// <summary>A command with its parameters; null becomes NULL.</summary>
    /// <param name="connection">Where it runs.</param>
    /// <param name="sql">A constant of this room.</param>
    /// <param name="values">Parameters by name, with their <c>$</c>.</param>
    public static SqliteCommand Statement(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constant statements of this room come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Statement(sql, values);
        return command.ExecuteNonQuery();
    }
}
