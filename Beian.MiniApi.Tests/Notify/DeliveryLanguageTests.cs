using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>Text messages and mails come in the language that the user chose, else in the provider's.</summary>
public sealed class DeliveryLanguageTests
{
    private static readonly (string Key, string Value)[] Awake = [("Notify:QuietFrom", "00:00"), ("Notify:QuietTo", "00:00")];

    [Fact]
    public async Task Mail_ToAUserWhoChoseEnglishAndThenChinese_FollowsTheChoice()
    {
        await using var app = TestApp.Start(Awake);
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("speaker", 73));
        var me = await ChooseAsync(journey, "en", 200);
        Assert.Equal("en", me.GetProperty("language").GetString());
        await journey.FillAsync();
        await journey.SubmitAsync();
        using var reviewer = await Reviewing.OpenAsync(app.Address);
        await reviewer.ClaimAsync(journey);
        await reviewer.CallAsync(journey, "reached");
        await reviewer.RejectAsync(journey, "modification", new { pointer = "/subject/remark", reason = "made up" });

        await Wait.UntilAsync(async () => (await SubjectsAsync(app)).Any(s => s.StartsWith("Changes requested", StringComparison.Ordinal)));
        Assert.DoesNotContain(await SubjectsAsync(app), s => s.StartsWith("备案", StringComparison.Ordinal));

        // A choice left out stays as it is, and one there are no texts in is refused at its field.
        Assert.Equal("en", (await ChooseAsync(journey, null, 200)).GetProperty("language").GetString());
        var refused = Assert.Single((await ChooseAsync(journey, "fr", 400)).GetProperty("errors").EnumerateArray());
        Assert.Equal(("/language", "account.languageUnknown"), (refused.GetProperty("pointer").GetString(), refused.GetProperty("code").GetString()));

        await ChooseAsync(journey, "zh-CN", 200);
        await app.AdvanceAsync("P6D");
        await Wait.UntilAsync(async () => (await SubjectsAsync(app)).Any(s => s.StartsWith("备案", StringComparison.Ordinal)));
    }

    private static async Task<JsonElement> ChooseAsync(ApplicantJourney journey, string? language, int status) =>
        await (await journey.Client.PutAsJsonAsync("/api/v1/me", new { notifications = new { progress = true, reminders = true }, language })).JsonAsync(status);

    private static async Task<string[]> SubjectsAsync(TestApp app)
    {
        var mails = await (await app.Client.GetAsync("/sandbox/mail")).JsonAsync();
        return [.. mails.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("subject").GetString()!)];
    }
}
