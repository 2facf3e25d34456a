using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Changes of resources on their way to the filings that use them.</summary>
internal static class ResourceChanges
{
    /// <summary>Reservations of filings that are not approved, with the resource or the code behind each.</summary>
    private const string Holders = """
        SELECT h.filing_id FROM holds h WHERE h.used = 0 AND h.key >= 'slot:' || r.id || ':' AND h.key < 'slot:' || r.id || ';'
        UNION SELECT h.filing_id FROM auth_codes c JOIN holds h ON h.key = 'code:' || c.id WHERE h.used = 0 AND c.resource_id = r.id
        """;

    /// <summary>Notes those of the resources that an open filing uses.</summary>
    public static void Note(SqliteConnection connection, IEnumerable<string> resourceIds) => connection.Run(
        $"INSERT OR REPLACE INTO resource_changes (resource_id) SELECT r.id FROM (SELECT value AS id FROM json_each($ids)) r WHERE EXISTS ({Holders});",
        ("$ids", JsonSerializer.Serialize(resourceIds)));

    public static IReadOnlyList<ResourceChange> Page(SqliteConnection connection, int take)
    {
        using var query = connection.Statement(
            $"SELECT r.sequence, r.id, (SELECT json_group_array(filing_id) FROM ({Holders})) FROM (SELECT sequence, resource_id AS id FROM resource_changes ORDER BY sequence LIMIT $take) r ORDER BY r.sequence;",
            ("$take", take));
        using var reader = query.ExecuteReader();
        var rows = new List<ResourceChange>();
        while (reader.Read())
        {
            rows.Add(new ResourceChange(reader.GetInt64(0), reader.GetString(1), JsonSerializer.Deserialize<string[]>(reader.GetString(2))!));
        }

        return rows;
    }
}
