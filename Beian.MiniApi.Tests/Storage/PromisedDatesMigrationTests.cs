using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the migration 0145 does with filings of a program that knew no promised dates and no duty to register with the police.</summary>
public sealed class PromisedDatesMigrationTests : IDisposable
{
    private const string Folder = "Beian.MiniApi.Storage.Sqlite.Migrations.";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    private readonly string _folder = Directory.CreateTempSubdirectory("beian-dates-").FullName;

    private string DatabaseFile => Path.Combine(_folder, "beian.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Those approved lately get the first reminder on its day; nobody is reminded of a day that has passed. What was promised is looked at when it is due, unless something comes before.</summary>
    [Theory]
    [InlineData("approved", -5, null, null, 15)]
    [InlineData("approved", -19, null, null, 1)]
    [InlineData("approved", -21, null, null, null)]
    [InlineData("approved", -5, null, 3, 3)]
    [InlineData("providerReview", -5, 2, null, 2)]
    [InlineData("providerReview", -5, 2, 1, 1)]
    [InlineData("authorityReview", -5, 2, 4, 2)]
    [InlineData("authorityReview", -5, null, null, null)]
    [InlineData("draft", -5, 2, 9, 9)]
    public async Task Migration_OfAFiling_SetsItsTimer(string state, int sinceDays, int? dueInDays, int? timerInDays, int? expectedInDays)
    {
        await OldAsync(state, Now.AddDays(sinceDays), In(dueInDays), In(timerInDays));

        await using var upgraded = new SqliteDatabase(DatabaseFile, ARing.Sealer());

        var timer = upgraded.Read(c =>
        {
            using var query = c.Statement("SELECT timer_at FROM filings;");
            return query.ExecuteScalar() as long?;
        });
        Assert.Equal(In(expectedInDays)?.ToUnixTimeMilliseconds(), timer);
        Assert.Equal(20, FilingTimes.PoliceReminderDays[0]);
    }

    private static DateTimeOffset? In(int? days) => days is { } n ? Now.AddDays(n) : null;

    /// <summary>A file as it was before, with one filing.</summary>
    private async Task OldAsync(string state, DateTimeOffset since, DateTimeOffset? due, DateTimeOffset? timer)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabaseFile, Pooling = false }.ToString());
        await connection.OpenAsync();
        connection.Run("CREATE TABLE schema_migrations (name TEXT PRIMARY KEY) STRICT;");
        var assembly = typeof(SqliteDatabase).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..]).Order(StringComparer.Ordinal)
            .TakeWhile(n => string.CompareOrdinal(n, "0145") < 0))
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(Folder + name)!);
            SqliteDatabase.Execute(connection, await script.ReadToEndAsync());
            connection.Run("INSERT INTO schema_migrations VALUES ($name);", ("$name", name));
        }

        connection.Run(
            """
            INSERT INTO filings (id, account_id, number, state, revision, created_at, state_since, due_at, timer_at, outbox, payload)
            VALUES ('f', 'a', '26010100000008', $state, 1, 0, $since, $due, $timer, 0, x'00');
            """,
            ("$state", state),
            ("$since", since.ToUnixTimeMilliseconds()),
            ("$due", due?.ToUnixTimeMilliseconds()),
            ("$timer", timer?.ToUnixTimeMilliseconds()));
    }
}
