using Beian.MiniApi.Storage.Moving;
using Beian.MiniApi.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage.Moving;

public sealed class MovedTablesTests
{
    /// <summary>A failure means that a table or column was added to the schema and would be left behind by a move: add it to the list.</summary>
    [Fact]
    public void List_HasEveryTableAndColumnOfTheSchema()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        SqliteMigrations.Apply(connection);
        var listed = MovedTables.Tables.ToDictionary(t => t.Name);
        var tables = SqliteMoveRows.All(connection.Statement("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!';")).Select(r => (string)r[0]!).ToList();

        Assert.True(tables.Count > 40);
        Assert.Equal(tables.Except(MovedTables.Staying).Order(), listed.Keys.Order());
        Assert.All(listed.Values, table =>
        {
            var columns = SqliteMoveRows.All(connection.Statement($"SELECT name, pk FROM pragma_table_xinfo('{table.Name}') WHERE hidden = 0 ORDER BY cid;"));
            Assert.Equal(columns.Select(c => (string)c[0]!), table.Columns);
            Assert.Equal(columns.Where(c => (long)c[1]! > 0).OrderBy(c => (long)c[1]!).Select(c => (string)c[0]!), table.Key);
        });
        Assert.Equal(
            SqliteMoveRows.All(connection.Statement("SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%';")).Select(r => (string)r[0]!).Order(), listed.Values.Where(t => t.IsNumbered).Select(t => t.Name).Order());
    }

    [Fact]
    public void Sum_OfTheSameRowsInAnotherOrder_IsTheSame_AndOfOthersIsNot()
    {
        var table = new MovedTable("t", "a", "a b");
        object?[][] rows = [["x", 1L], ["y", null], ["z", new byte[] { 1 }]];

        var sum = Of(rows);

        Assert.True(sum.IsSame(Of([rows[2], rows[0], rows[1]])));
        Assert.True(sum.IsSame(RowSum.Parse(sum.ToString())));
        Assert.False(sum.IsSame(Of([rows[0], rows[1], ["z", new byte[] { 2 }]])));
        Assert.False(sum.IsSame(Of([rows[0], rows[0], rows[1], rows[2]])));
        Assert.False(Of([["x", "1"]]).IsSame(Of([["x", 1L]])));
        Assert.False(Of([["ab", "c"]]).IsSame(Of([["a", "bc"]])));

        RowSum Of(object?[][] given)
        {
            var of = new RowSum();
            Array.ForEach(given, r => of.Add(table, r));
            return of;
        }
    }
}
