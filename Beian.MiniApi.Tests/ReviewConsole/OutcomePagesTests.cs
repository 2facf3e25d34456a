using System.Net;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The board of SMS codes and the page that takes files of results.</summary>
public sealed class OutcomePagesTests(AConsole console) : IClassFixture<AConsole>
{
    private const string Header = "filingNumber,result,subjectNumber,siteDomain,siteNumber,reason\n";

    private readonly TestApp _app = console.App;

    [Fact]
    public async Task Board_ListsEachTelephoneOnce_AndTakesAFailureWithItsReason()
    {
        using var journey = await HandedOverAsync(Applicant.Organisation("boardone", 7101) with { SitePrincipal = Principal.Number(7102, "测试乙") });
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/sms");
        var number = journey.Filing.GetProperty("number").GetString()!;
        Assert.Equal(2, browser.Page.Split(number).Length - 1);
        Assert.Contains("data-live", browser.Page, StringComparison.Ordinal);

        await browser.SendAsync($"{OnTheDesk.At(journey)}/sms-results", ("sms", $"sitePrincipal|{journey.SiteId}|failed"), ("smsReason", "tooManyErrors"), ("to", "/console/sms"));
        await browser.FollowAsync();

        Assert.DoesNotContain(number, browser.Page, StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal(("smsFailed", "tooManyErrors"), (journey.State, journey.Filing.GetProperty("rejection").GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Result_OfWhatIsNotExpected_IsRefusedOnTheBoard()
    {
        using var journey = await HandedOverAsync(Applicant.Organisation("boardtwo", 7103));
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/sms");

        await browser.SendAsync($"{OnTheDesk.At(journey)}/sms-results", ("sms", "sitePrincipal|nobody|verified"), ("to", "/console/sms"));

        Assert.Contains("没有这个短信核验对象", await browser.FollowAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_InGbkWithABadRow_IsAppliedRowByRow()
    {
        using var journey = await HandedOverAsync(Applicant.Organisation("boardfile", 7104));
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/results");
        var number = journey.Filing.GetProperty("number").GetString()!;
        var text = $"{Header}{number},smsFailed,,,,timeout\n26010100000008,rejected,,,,名称不符\n";

        await browser.SendFileAsync("/console/results", "file", "results.csv", CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetBytes(text));

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("已登记 1 项，未变 0 项，未接受 1 项", browser.Page, StringComparison.Ordinal);
        Assert.Contains("26010100000008", browser.Page, StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal("smsFailed", journey.State);
    }

    [Theory]
    [InlineData("", "没有任何数据行")]
    [InlineData("number,result\n1,approved\n", "filingNumber")]
    public async Task File_ThatIsNone_IsRefusedWithItsReason(string text, string said)
    {
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/results");

        await browser.SendFileAsync("/console/results", "file", "results.csv", Encoding.UTF8.GetBytes(text));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandOver_OfSeveral_GoesOneByOne_AndSaysWhyOneDidNot()
    {
        using var first = await ApprovedAsync(Applicant.Organisation("bulkone", 7105));
        using var second = await ApprovedAsync(Applicant.Organisation("bulktwo", 7106));
        using var early = await OnTheDesk.SubmittedAsync(_app, Applicant.Organisation("bulkearly", 7107));
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/queue?state=pendingAuthority");
        Assert.All([first, second], j => Assert.Contains($"form=\"hand-overs\" name=\"filing\" value=\"{j.FilingId}\"", browser.Page, StringComparison.Ordinal));
        Assert.DoesNotContain(early.FilingId, browser.Page, StringComparison.Ordinal);

        (string, string)[] ticked = [("filing", first.FilingId), ("filing", "nobody"), ("filing", early.FilingId), ("filing", second.FilingId), ("filing", first.FilingId)];
        await browser.SendAsync("/console/hand-overs", ticked);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("已提交 2 个，未提交 2 个", browser.Page, StringComparison.Ordinal);
        foreach (var (journey, state) in new[] { (first, "smsVerification"), (second, "smsVerification"), (early, "providerReview") })
        {
            await journey.ReadAsync();
            Assert.Equal(state, journey.State);
        }

        await browser.SendAsync("/console/hand-overs", ticked);
        Assert.Contains("已提交 0 个，未提交 4 个", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/console/hand-overs", ("to", "/console/queue?state=pendingAuthority"));
        Assert.Equal("/console/queue?state=pendingAuthority", browser.Location);
        Assert.Contains("没有勾选", await browser.FollowAsync(), StringComparison.Ordinal);
    }

    private async Task<ApplicantJourney> ApprovedAsync(Applicant who)
    {
        var journey = await OnTheDesk.SubmittedAsync(_app, who);
        using var desk = await ABrowser.LoggedInAsync(_app, "reviewer");
        await desk.OpenAsync(OnTheDesk.At(journey));
        await OnTheDesk.ActAsync(desk, journey, "take");
        await OnTheDesk.ActAsync(desk, journey, "calls", ("outcome", "reached"), ("phone", OnTheDesk.FirstPhone(desk)));
        await OnTheDesk.ActAsync(desk, journey, "approval", [.. OnTheDesk.Explained(desk)]);
        return journey;
    }

    private async Task<ApplicantJourney> HandedOverAsync(Applicant who)
    {
        var journey = await OnTheDesk.SubmittedAsync(_app, who);
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);
        await journey.ReadAsync();
        return journey;
    }
}
