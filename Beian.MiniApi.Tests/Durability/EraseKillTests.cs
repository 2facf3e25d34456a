using System.Net;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>A kill in the middle of an erasure leaves somebody whole, or nothing of them.</summary>
public sealed class EraseKillTests(ITestOutputHelper output)
{
    private const int Kills = 8;

    [Fact]
    public async Task Kill_InTheMiddleOfAnErasure_LeavesAllOrNothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-erase-" + Guid.NewGuid().ToString("N"));
        var port = ChildProgram.FreePort();
        var program = await ChildProgram.StartAsync(folder, port);
        var gone = 0;
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                using var journey = await ApplicantJourney.FilledAsync(program.Address, Applicant.Organisation("erasekill" + kill, 660 + kill));
                var erasing = EraseAsync(journey);

                // The last kill comes after the answer: however fast the machine is, one round is past the write.
                var isLast = kill == Kills - 1;
                await (isLast ? erasing : Task.Delay(kill * 4));
                await program.KillAsync();
                var acknowledged = await erasing;
                Assert.True(acknowledged || !isLast, "The last erasure was not answered with 200.");
                await program.DisposeAsync();
                program = await ChildProgram.StartAsync(folder, port);

                var isThere = (await journey.Client.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK;
                Assert.False(isThere && acknowledged, "Acknowledged, and still there.");
                gone += isThere ? 0 : 1;
                await (isThere ? IsWholeAsync(journey) : IsNothingAsync(folder, journey));
            }
        }
        finally
        {
            await program.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine($"{Kills} kills, {gone} after the write, {Kills - gone} before it.");
    }

    private static async Task<bool> EraseAsync(ApplicantJourney journey)
    {
        try
        {
            return (await journey.Client.DeleteAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static async Task IsWholeAsync(ApplicantJourney journey)
    {
        var filing = await journey.ReadAsync();
        foreach (var paper in filing.GetProperty("materials").EnumerateArray())
        {
            Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync($"{journey.Path}/materials/{paper.GetProperty("id").GetString()}/content")).StatusCode);
        }
    }

    /// <summary>The rows are gone at once; the bytes by the sweep at the start.</summary>
    private static async Task IsNothingAsync(string folder, ApplicantJourney journey)
    {
        var papers = journey.Filing.GetProperty("materials").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToArray();
        for (var i = 0; i < 100 && Left(folder, papers).Any(); i++)
        {
            await Task.Delay(100);
        }

        Assert.Empty(Left(folder, papers));
        Assert.Empty(DatabaseFile.Ask(folder, "SELECT id FROM filings WHERE id = $id UNION ALL SELECT filing_id FROM holds WHERE filing_id = $id;", ("$id", journey.FilingId)));
    }

    private static IEnumerable<string> Left(string folder, string[] papers) =>
        Directory.EnumerateFiles(Path.Combine(folder, "materials", "kept"), "*", SearchOption.AllDirectories).Where(f => papers.Contains(Path.GetFileName(f)));
}
