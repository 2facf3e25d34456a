using System.Text.Json;
using Beian.MiniApi.Tests.Durability;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>A resource that comes near its end while a filing is open: a date with its reason, and one reminder.</summary>
public sealed class ResourceEndTests
{
    private const string Reminder = "notification.resourceEnding";

    [Fact]
    public async Task Resource_AboutToEndWhileAFilingIsOpen_IsADateAndOneReminderAlsoAcrossARestart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            var who = Applicant.Organisation("lapsing", 4_201);
            var end = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(45).ToUnixTimeSeconds());
            ApplicantJourney journey;
            await using (var app = TestApp.Start("Development", folder))
            {
                journey = await ApplicantJourney.OpenAsync(app.Address, who);
                await journey.StartAsync();
                await journey.VerifyAsync();
                Assert.Null(Date(journey.Filing));
                await journey.FeedResourceAsync(app.Address, end.AddDays(2));
                await journey.FeedResourceAsync(app.Address, end);
            }

            await using var again = TestApp.Start("Development", folder);
            using var one = journey;
            await again.AdvanceAsync("P14D");
            var date = Date(await journey.ReadAtAsync(again.Address, journey.Path))!.Value;
            Assert.Equal(end.AddDays(-30), date.GetProperty("at").GetDateTimeOffset());
            Assert.Contains("30 天", date.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal(0, await RemindersAsync(journey, again));

            await again.AdvanceAsync("P2D");
            await again.AdvanceAsync("P1D");

            Assert.Equal(1, await RemindersAsync(journey, again));
            var timeline = await journey.ReadAtAsync(again.Address, journey.Path + "/timeline");
            Assert.Single(timeline.GetProperty("items").EnumerateArray(), i => i.GetProperty("code").GetString()?.StartsWith("resourceEnding.", StringComparison.Ordinal) == true);

            // Renewed: the date goes, and nothing is said again.
            await journey.FeedResourceAsync(again.Address, end.AddDays(365));
            await again.AdvanceAsync("P1D");
            Assert.Null(Date(await journey.ReadAtAsync(again.Address, journey.Path)));
            Assert.Equal(1, await RemindersAsync(journey, again));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonElement? Date(JsonElement filing)
    {
        var found = filing.GetProperty("deadlines").GetProperty("items").EnumerateArray().Where(i => i.GetProperty("code").GetString() == "deadline.resourceEnding").ToArray();
        return found.Length == 0 ? null : Assert.Single(found);
    }

    private static async Task<int> RemindersAsync(ApplicantJourney journey, TestApp app) =>
        (await journey.ReadAtAsync(app.Address, "/api/v1/notifications")).GetProperty("items").EnumerateArray().Count(i => i.GetProperty("code").GetString() == Reminder);
}
