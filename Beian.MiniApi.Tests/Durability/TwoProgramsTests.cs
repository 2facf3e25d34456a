using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>Two programs on one data folder, both letting timers happen: nothing happens twice and nothing is lost, also when one of them is killed.</summary>
public sealed class TwoProgramsTests
{
    private const int Drafts = 8;

    [Fact]
    public async Task Timers_OfTwoProgramsOnOneFolder_HappenOnceEach()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-two-" + Guid.NewGuid().ToString("N"));
        var journeys = new List<ApplicantJourney>();
        var first = await ChildProgram.StartAsync(folder, ChildProgram.FreePort(), TestApp.NoLimits);
        var second = await ChildProgram.StartAsync(folder, ChildProgram.FreePort(), TestApp.NoLimits);
        try
        {
            for (var i = 0; i < Drafts; i++)
            {
                journeys.Add(await ApplicantJourney.OpenAsync((i % 2 == 0 ? first : second).Address, Applicant.Organisation("pair" + i, 4_100 + i)));
                await journeys[i].StartAsync();
            }

            // The resource of one of them is about to end on the fifteenth day, which the first program hears of.
            var day = TimeProvider.System.GetUtcNow();
            await journeys[1].VerifyAsync();
            await journeys[1].FeedResourceAsync(first.Address, day.AddDays(45));
            await Task.WhenAll(MoveAsync(first, day.AddDays(24)), MoveAsync(second, day.AddDays(24)));

            // One of them dies while both work on the second reminder; the other goes on alone to the end.
            var moving = MoveAsync(first, day.AddDays(29.5));
            await second.KillAsync();
            await moving;
            await MoveAsync(first, day.AddDays(31));

            foreach (var journey in journeys)
            {
                var told = await journey.ReadAtAsync(first.Address, journey.Path + "/timeline");
                string[] codes = [.. told.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString() ?? string.Empty).Reverse()];
                Assert.Equal(["started", "draftExpiring.23", "draftExpiring.29", "draftIdle"], codes.Where(c => c.Length > 0 && !IsResource(c)));
                Assert.Equal(journey == journeys[1] ? 1 : 0, codes.Count(IsResource));
                var inbox = await journey.ReadAtAsync(first.Address, "/api/v1/notifications");
                Assert.Equal(
                    ["notification.expireDraft", "notification.draftExpiring", "notification.draftExpiring"],
                    Codes(inbox).Where(c => c != "notification.resourceEnding"));
                Assert.Equal(journey == journeys[1] ? 1 : 0, Codes(inbox).Count(c => c == "notification.resourceEnding"));
            }

            Assert.Equal(["ok"], DatabaseFile.Ask(folder, "PRAGMA integrity_check;"));
        }
        finally
        {
            journeys.ForEach(j => j.Dispose());
            await first.DisposeAsync();
            await second.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsResource(string code) => code.StartsWith("resourceEnding.", StringComparison.Ordinal);

    private static IEnumerable<string> Codes(JsonElement inbox) => inbox.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!);

    private static async Task MoveAsync(ChildProgram program, DateTimeOffset to)
    {
        using var client = new HttpClient { BaseAddress = program.Address, Timeout = TimeSpan.FromSeconds(120) };
        await (await client.PostAsJsonAsync("/sandbox/clock", new { to })).JsonAsync();
    }
}

/// <summary>Reads at one of several programs, whichever the applicant logged in at.</summary>
internal static class ReadingElsewhere
{
    public static async Task<JsonElement> ReadAtAsync(this ApplicantJourney journey, Uri address, string path)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = journey.Client.DefaultRequestHeaders.Authorization;
        return await (await client.GetAsync(path)).JsonAsync();
    }
}
