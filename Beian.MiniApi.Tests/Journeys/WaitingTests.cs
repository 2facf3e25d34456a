using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>What happens by itself, made to happen by the sandbox's clock. Every test has a program of its own: time moves for everybody.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task Calls_UnansweredTwiceAnHourApart_Reject()
    {
        await using var app = TestApp.Start();
        using var journey = await SubmittedAsync(app, Applicant.Organisation("silent", 240));
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "noAnswer");
        var tooSoon = await review.CallAsync(journey, "noAnswer");
        Assert.Equal("providerReview", tooSoon.GetProperty("filing").GetProperty("state").GetString());
        await app.AdvanceAsync("PT1H");
        await review.ClaimAsync(journey);

        var second = await review.CallAsync(journey, "wrongNumber");

        Assert.Equal("providerRejected", second.GetProperty("filing").GetProperty("state").GetString());
        var filing = await journey.ReadAsync();
        Assert.Equal("callUnreachable", filing.GetProperty("rejection").GetProperty("reason").GetString());
        var phones = filing.GetProperty("rejection").GetProperty("openFields").EnumerateArray().Select(p => p.GetString());
        Assert.Contains("/subject/principal/mobile", phones);
        await journey.PutPrincipalAsync();
        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Sms_NotVerifiedInADay_FailsAndCanBeResubmitted()
    {
        await using var app = TestApp.Start();
        using var journey = await SubmittedAsync(app, Applicant.Organisation("forgetful", 241));
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.PassAsync(journey);
        await app.AdvanceAsync("PT23H");
        await journey.ReadAsync();
        Assert.Equal("smsVerification", journey.State);

        await app.AdvanceAsync("PT2H");

        await journey.ReadAsync();
        Assert.Equal("smsFailed", journey.State);
        await journey.SubmitAsync();
        Assert.Equal("pendingAuthority", journey.State);
        await review.HandOverAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.AuthorityApprovesAsync(journey, "浙ICP备2026024101号", "浙ICP备2026024101号");
        await journey.ReadAsync();
        Assert.Equal("approved", journey.State);
    }

    [Fact]
    public async Task Draft_LeftForAMonth_ExpiresAlsoAcrossARestart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            var who = Applicant.Organisation("drifter", 242);
            string path;
            await using (var app = TestApp.Start("Development", folder))
            {
                using var journey = await ApplicantJourney.FilledAsync(app.Address, who);
                path = journey.Path;
                await app.AdvanceAsync("P24D");
                var inbox = await (await journey.Client.GetAsync("/api/v1/notifications")).JsonAsync();
                Assert.Equal("notification.draftExpiring", Assert.Single(inbox.GetProperty("items").EnumerateArray()).GetProperty("code").GetString());
            }

            await using var again = TestApp.Start("Development", folder);
            using var later = await ApplicantJourney.OpenAsync(again.Address, who);
            var before = await (await later.Client.GetAsync(path)).JsonAsync();
            Assert.Equal("draft", before.GetProperty("state").GetString());
            await again.AdvanceAsync("P7D");
            var expired = await (await later.Client.GetAsync(path)).JsonAsync();
            Assert.Equal("draftExpired", expired.GetProperty("state").GetString());

            // It no longer counts as open, holds nothing, and its words can be taken along.
            await later.StartAsync(new { copyFrom = expired.GetProperty("id").GetString() });
            Assert.Equal(who.Name, later.Filing.GetProperty("subject").GetProperty("name").GetString());
            await later.VerifyAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Modification_LeftFor45Days_GoesBackToTheDraft()
    {
        await using var app = TestApp.Start();
        using var journey = await SubmittedAsync(app, Applicant.Organisation("sleeper", 243));
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.RejectAsync(journey, "modification", new { pointer = "/subject/remark", reason = "请说明" });

        await app.AdvanceAsync("P46D");

        var filing = await journey.ReadAsync();
        Assert.Equal(("draft", "everything"), (journey.State, filing.GetProperty("editable").GetString()));
        var inbox = await (await journey.Client.GetAsync("/api/v1/notifications")).JsonAsync();
        string[] codes = [.. inbox.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];
        Assert.Equal(3, codes.Count(c => c == "notification.waitingForYou"));
        Assert.Equal("notification.returnToDraft", codes[0]);
    }

    [Fact]
    public async Task Submission_WithASlowRegistry_IsCheckedInTheBackground()
    {
        await using var app = TestApp.Start(("SiteProbe:TimeoutSeconds", "4"));
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("slowly", 244) with { Domain = "slow-example.com" });

        await journey.SubmitAsync();

        Assert.Equal("checking", journey.State);
        for (var i = 0; i < 100 && journey.State == "checking"; i++)
        {
            await Task.Delay(100);
            await journey.ReadAsync();
        }

        Assert.Equal("providerReview", journey.State);
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        var refused = await review.PostAsync(journey, "/approval", null, 409);
        Assert.Equal("review.unknownUnexplained", refused.GetProperty("code").GetString());
        var seen = await review.ReadAsync(journey);
        var explanations = seen.GetProperty("unexplained").EnumerateArray().Select(u => new { check = u.GetProperty("check").GetString(), note = "已在注册局网页核对" }).ToArray();
        var approved = await review.ApproveAsync(journey, new { explanations });
        Assert.Equal("pendingAuthority", approved.GetProperty("filing").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("PT-1H")]
    [InlineData("nonsense")]
    [InlineData("P400Y")]
    public async Task Clock_MovedBadly_IsRefused(string advance)
    {
        await using var app = TestApp.Start();

        var answer = await app.Client.PostAsJsonAsync("/sandbox/clock", new { advance });

        Assert.Equal("sandbox.badClock", (await answer.JsonAsync(422)).GetProperty("code").GetString());
    }

    private static async Task<ApplicantJourney> SubmittedAsync(TestApp app, Applicant who)
    {
        var journey = await ApplicantJourney.FilledAsync(app.Address, who);
        await journey.SubmitAsync();
        return journey;
    }
}
