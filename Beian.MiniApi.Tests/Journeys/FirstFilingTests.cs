using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>首次备案 from login to filing number over HTTP, against everything real but the outside world.</summary>
public sealed class FirstFilingTests(RunningApp running) : IClassFixture<RunningApp>
{
    private readonly TestApp _app = running.App;

    [Theory]
    [InlineData("beijing", 201, "110000", "110100", "110105", "京ICP备2026020001号")]
    [InlineData("shenzhen", 202, "440000", "440300", "440305", "粤ICP备2026020002号")]
    [InlineData("nanjing", 203, "320000", "320100", "320106", "苏ICP备2026020003号")]
    public async Task Journey_OfAnOrganisation_EndsWithItsNumbers(string login, int n, string province, string city, string district, string number)
    {
        var who = Applicant.Organisation(login, n) with { Province = province, City = city, District = district };
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who);
        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
        using var review = await Reviewing.OpenAsync(_app.Address);

        await review.ApproveAllTheWayAsync(journey, number);

        var filing = await journey.ReadAsync();
        Assert.Equal("approved", journey.State);
        Assert.Equal(number, filing.GetProperty("subjectNumber").GetString());
        Assert.Equal(number + "-1", filing.GetProperty("sites")[0].GetProperty("number").GetString());
        await AssertFiledAsync(journey, number);
    }

    [Fact]
    public async Task Journey_OfAnIndividual_EndsWithItsNumbers()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Individual("reader", 210));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);

        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026021001号");

        await journey.ReadAsync();
        Assert.Equal("approved", journey.State);
        await AssertFiledAsync(journey, "浙ICP备2026021001号");
    }

    [Fact]
    public async Task Journey_WithTwoPrincipals_NeedsBothTextMessages()
    {
        var who = Applicant.Organisation("twoheads", 211) with { SitePrincipal = Principal.Number(311, "测试乙") with { Email = "another@example.cn" } };
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who);
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);

        var first = await review.SmsAsync(journey, "subjectPrincipal");
        var second = await review.SmsAsync(journey, "sitePrincipal");

        Assert.Equal("smsVerification", first.GetProperty("state").GetString());
        Assert.Equal("authorityReview", second.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Journey_Told_LeavesATimelineAndMessages()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("teller", 212));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026021201号");

        var timeline = await (await journey.Client.GetAsync($"{journey.Path}/timeline")).JsonAsync();
        var inbox = await (await journey.Client.GetAsync("/api/v1/notifications")).JsonAsync();

        string[] states = [.. timeline.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("state").GetString()!)];
        Assert.Equal(["approved", "authorityReview", "smsVerification", "pendingAuthority", "providerReview", "checking", "draft"], states);
        Assert.All(timeline.GetProperty("steps").EnumerateArray(), s => Assert.Equal("done", s.GetProperty("status").GetString()));
        var messages = inbox.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal("notification.recordAuthorityApproval", messages[0].GetProperty("code").GetString());
        Assert.NotEqual(messages[0].GetProperty("code").GetString(), messages[0].GetProperty("message").GetString());
        var read = await (await journey.Client.PostAsync($"/api/v1/notifications/{messages[0].GetProperty("id").GetString()}/read", null)).JsonAsync();
        Assert.Equal(JsonValueKind.String, read.GetProperty("readAt").ValueKind);
    }

    private static async Task AssertFiledAsync(ApplicantJourney journey, string number)
    {
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        var subject = Assert.Single(subjects.GetProperty("items").EnumerateArray());
        Assert.Equal(number, subject.GetProperty("number").GetString());
        var site = Assert.Single(subject.GetProperty("sites").EnumerateArray());
        Assert.Equal(journey.Who.Domain, site.GetProperty("domain").GetString());
        Assert.DoesNotContain(journey.Who.Principal.CertificateNumber, subjects.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(journey.Who.Principal.Mobile, subjects.ToString(), StringComparison.Ordinal);
    }
}
