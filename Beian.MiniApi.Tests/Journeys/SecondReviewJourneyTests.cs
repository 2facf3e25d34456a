using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>复审 switched on.</summary>
public sealed class SecondReviewJourneyTests
{
    [Fact]
    public async Task Approval_WithTheSwitchOn_TakesTwoAndTheApplicantSeesOne()
    {
        await using var app = TestApp.Start(("Policy:SecondReviewer", "true"));
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("twice", 270));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        using var other = await Reviewing.OpenAsync(app.Address, "admin");
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");

        var first = await review.ApproveAsync(journey);
        var queued = await QueuedAsync(review, journey);
        await review.ClaimAsync(journey);
        var again = await review.PostAsync(journey, "/approval", null, 409);
        await review.PostAsync(journey, "/release", null);
        await other.ClaimAsync(journey);
        var second = await other.ApproveAsync(journey);

        Assert.Equal("providerReview", first.GetProperty("filing").GetProperty("state").GetString());
        Assert.Equal("pending", first.GetProperty("secondReview").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("claim").ValueKind);
        Assert.True(queued.GetProperty("secondReview").GetBoolean());
        Assert.Equal("review.sameReviewer", again.GetProperty("code").GetString());
        Assert.Equal("pendingAuthority", second.GetProperty("filing").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("secondReview").ValueKind);
        var timeline = await (await journey.Client.GetAsync(journey.Path + "/timeline")).JsonAsync();
        string[] actions = [.. timeline.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("action").GetString()!)];
        Assert.Equal(["approve", "passChecks", "submit"], actions[..3]);
        Assert.Contains("confirmFirst", second.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("action").GetString()));
        Assert.DoesNotContain("confirmFirst", await (await journey.Client.GetAsync("/api/v1/me/export")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> QueuedAsync(Reviewing review, ApplicantJourney journey) =>
        (await (await review.Client.GetAsync("/api/v1/review/filings?state=providerReview&limit=100")).JsonAsync())
        .GetProperty("items").EnumerateArray().Single(i => i.GetProperty("id").GetString() == journey.FilingId);
}
