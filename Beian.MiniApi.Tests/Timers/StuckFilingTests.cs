using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Timers;

/// <summary>A filing that cannot be worked on must not keep the others waiting.</summary>
public sealed class StuckFilingTests
{
    /// <summary>No payload at all.</summary>
    internal const string Damaged = "x'00'";

    /// <summary>A sealed payload with one byte changed where the ciphertext is.</summary>
    internal const string Altered = "CAST(substr(payload, 1, 40) || (CASE substr(payload, 41, 1) WHEN x'00' THEN x'01' ELSE x'00' END) || substr(payload, 42) AS BLOB)";

    [Theory]
    [InlineData(Damaged)]
    [InlineData(Altered)]
    public async Task Outbox_BehindADamagedFiling_IsWorkedOff(string payload)
    {
        await using var app = TestApp.Start();
        await DamageAsync(app, StoredFilings.Draft(1, "a1").Verified("one.cn", "slot:r:1").InReview(StoredFilings.Noon), payload);
        var good = (await app.Get<IFilingStore>().AddAsync(StoredFilings.Draft(2, "a2").Verified("two.cn", "slot:r:2").InReview(StoredFilings.Noon), null, default)).Saved!;

        await app.Get<Outbox>().DrainAsync(default);

        Assert.Empty((await app.Get<IFilingStore>().FindAsync(good.Id, default))!.Snapshot.Outbox);
    }

    [Fact]
    public async Task Outbox_WorkedOffByManyAtOnce_SpeaksOfNoConflict()
    {
        using var log = new LogBook();
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(log));
        for (var n = 1; n <= 10; n++)
        {
            var approved = StoredFilings.Draft(n, "a" + n).Verified($"one{n}.cn", "slot:r:" + n).InReview(StoredFilings.Noon).Approved(n);
            var filing = (await app.Get<IFilingStore>().AddAsync(approved, null, default)).Saved!;

            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => app.Get<Outbox>().DrainAsync(filing.Id, default))));

            Assert.Empty((await app.Get<IFilingStore>().FindAsync(filing.Id, default))!.Snapshot.Outbox);
            Assert.NotNull(await app.Get<ISubjectStore>().FindByAccountAsync("a" + n, default));
        }

        Assert.DoesNotContain("conflicts with another", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Damaged)]
    [InlineData(Altered)]
    public async Task Checks_BehindADamagedFiling_AreFinished(string payload)
    {
        await using var app = TestApp.Start();
        var filings = app.Get<IFilingStore>();
        await DamageAsync(app, Submitted(1), payload);
        var good = (await filings.AddAsync(Submitted(2), null, default)).Saved!;

        var state = FilingState.Checking;
        for (var i = 0; i < 60 && state == FilingState.Checking; i++)
        {
            await Task.Delay(100);
            state = (await filings.FindAsync(good.Id, default))!.State;
        }

        // Its server is not known here.
        Assert.Equal(FilingState.Draft, state);
    }

    /// <summary>As when another instance has fired what was due between two looks: what comes next has its own time.</summary>
    [Fact]
    public async Task Timers_OfAFilingWhoseNextOneIsNotDue_StandStill()
    {
        await using var app = TestApp.Start();
        var filing = (await app.Get<IFilingStore>().AddAsync(StoredFilings.Draft(1, "a1"), null, default)).Saved!;
        var next = filing.NextTimer()!.At;
        await app.Get<SqliteDatabase>().WriteAsync(c => c.Run("UPDATE filings SET timer_at = 0 WHERE id = $id;", ("$id", filing.Id)), default);

        Assert.Equal(0, await app.Get<DueTimers>().FireUntilAsync(next.AddSeconds(-1), default));

        Assert.Equal(filing.Version, (await app.Get<IFilingStore>().FindAsync(filing.Id, default))!.Version);
    }

    [Theory]
    [InlineData(Damaged)]
    [InlineData(Altered)]
    public async Task Timers_BehindADamagedFiling_Fire(string payload)
    {
        await using var app = TestApp.Start();
        await DamageAsync(app, StoredFilings.Draft(1, "a1"), payload);
        var good = (await app.Get<IFilingStore>().AddAsync(StoredFilings.Draft(2, "a2"), null, default)).Saved!;

        await app.Get<DueTimers>().FireUntilAsync(good.NextTimer()!.At.AddDays(30), default);

        Assert.Equal(FilingState.DraftExpired, (await app.Get<IFilingStore>().FindAsync(good.Id, default))!.State);
    }

    private static Filing Submitted(int n) =>
        StoredFilings.Draft(n, "a" + n).Verified($"site{n}.cn", "slot:r:" + n).Submit([], [], [], "rules", AFiling.Applicant, StoredFilings.Noon).Value;

    /// <summary>A row that nobody can read any more, with work of every kind waiting, before everybody else's.</summary>
    internal static async Task DamageAsync(TestApp app, Filing filing, string payload = Damaged)
    {
        await app.Get<IFilingStore>().AddAsync(filing, null, default);
        await app.Get<SqliteDatabase>().WriteAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = $"UPDATE filings SET payload = {payload}, state = $state, outbox = 1, face_open = 1, picture_at = 0 WHERE id = $id;";
                command.Parameters.AddWithValue("$id", filing.Id);
                command.Parameters.AddWithValue("$state", FilingTransitions.NameOf(filing.State));
                return command.ExecuteNonQuery();
            },
            default);
    }
}
