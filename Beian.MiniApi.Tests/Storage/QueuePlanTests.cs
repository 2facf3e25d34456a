using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>How SQLite goes about the queue, and what becomes of rows that an older program saved.</summary>
public sealed class QueuePlanTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-queue-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;

    public QueuePlanTests() => _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());

    public static TheoryData<string?, string?, string?, bool> Filters
    {
        get
        {
            var all = new TheoryData<string?, string?, string?, bool>();
            foreach (var state in new[] { null, "providerReview" })
            {
                foreach (var province in new[] { null, "330000" })
                {
                    foreach (var assignee in new[] { null, "none", "r1" })
                    {
                        all.Add(state, province, assignee, false);
                        all.Add(state, province, assignee, true);
                    }
                }
            }

            return all;
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => ((IAsyncDisposable)this).DisposeAsync().AsTask();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void Page_ByDue_IsReadOffAnIndexWithoutSorting(string? state, string? province, string? assignee, bool overdue)
    {
        var filter = new QueueFilter(state, province, assignee, overdue ? StoredFilings.Noon : null) { Kind = "addSite" };

        foreach (var order in new[] { (SqliteQueue.IndexForDue(filter), " AND (due_key, id) > (5, 'a') ORDER BY due_key, id"), (SqliteQueue.IndexForNewest(filter), " AND id < 'f' ORDER BY id DESC") })
        {
            var plan = PlanOf(filter, order.Item1, order.Item2);

            Assert.Contains(order.Item1.Split(' ')[2], plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fill_OfRowsWithoutFacts_IsAsIfTheyHadBeenSavedWithThem()
    {
        var store = new SqliteFilingStore(_database);
        var facts = new SqliteReviewFacts(_database);
        foreach (var n in Enumerable.Range(1, 120))
        {
            var filing = StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n).InReview(StoredFilings.Noon);
            Assert.True((await store.AddAsync(n % 2 == 0 ? filing.Approved(n) : filing.SentBack(), null, default)).IsSaved);
        }

        var before = Ask("SELECT group_concat(f, ';') FROM (SELECT filing_id || seq || at || action || since_ms || coalesce(reviewer, '') AS f FROM review_facts ORDER BY filing_id, seq);");
        await _database.WriteAsync(
            c =>
            {
                SqliteDatabase.Execute(c, "DELETE FROM review_facts; UPDATE filings SET has_facts = 0, kind = NULL; UPDATE filings SET payload = x'00' WHERE number = (SELECT min(number) FROM filings WHERE id > '0000000000000000000000000000003c');");
                return 0;
            },
            default);

        var looked = new List<int>();
        for (var some = await facts.FillAsync(default); some > 0; some = await facts.FillAsync(default))
        {
            looked.Add(some);
        }

        Assert.Equal([50, 50, 20], looked);
        Assert.Equal("119 firstFiling, 1 ", Ask("SELECT group_concat(n || ' ' || k, ', ') FROM (SELECT count(*) AS n, coalesce(kind, '') AS k FROM filings GROUP BY kind ORDER BY n DESC);"));
        Assert.Equal(119, before!.Split(';').Select(f => f[..32]).Distinct().Count(id => Ask($"SELECT count(*) FROM review_facts WHERE filing_id = '{id}';") != "0"));
        Assert.Equal("0", Ask("SELECT count(*) FROM filings WHERE has_facts = 0;"));
        Assert.All(Ask("SELECT group_concat(f, ';') FROM (SELECT filing_id || seq || at || action || since_ms || coalesce(reviewer, '') AS f FROM review_facts ORDER BY filing_id, seq);")!.Split(';'), f => Assert.Contains(f, before, StringComparison.Ordinal));
    }

    private string PlanOf(QueueFilter filter, string index, string order) => _database.Read(connection =>
    {
        var (where, values) = SqliteQueue.Narrow(filter);
        using var query = connection.Statement($"EXPLAIN QUERY PLAN SELECT payload, revision, id FROM filings {index}{where}{order} LIMIT 21;", [.. values.Select(v => (v.Name, (object?)v.Value))]);
        using var reader = query.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(3));
        }

        return string.Join('\n', lines);
    });

    private string? Ask(string sql) => _database.Read(connection =>
    {
        using var query = connection.Statement(sql);
        return Convert.ToString(query.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    });
}
