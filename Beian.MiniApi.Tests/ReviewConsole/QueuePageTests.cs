using System.Net;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The queue with real filings in it.</summary>
public sealed class QueuePageTests
{
    [Fact]
    public async Task Queue_ShowsClaimsAndFinds_AndTheTrailNamesTheReviewer()
    {
        await using var app = TestApp.Start(TestApp.NoLimits);
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("console-queue", 31));
        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await journey.ReadAsync()).GetProperty("state").GetString() == "providerReview");
        var number = journey.Filing.GetProperty("number").GetString()!;
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        Assert.Contains(number, await browser.OpenAsync("/console/queue"), StringComparison.Ordinal);
        Assert.Contains("剩余", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/console/filings/{journey.FilingId}/claim", ("to", "/console/queue"));
        Assert.Equal((HttpStatusCode.SeeOther, $"/console/filings/{journey.FilingId}"), (browser.Status, browser.Location));
        await browser.SendAsync($"/console/filings/{journey.FilingId}/claim", ("to", "/console/queue"));

        foreach (var (query, isThere) in new[]
        {
            ("?assignee=me", true), ("?assignee=none", false), ("?state=providerReview", true), ("?state=approved", false), ("?overdue=true", false),
            ($"?province={journey.Who.Province}", true), ("?province=440000", false), ($"?text={number.ToLowerInvariant()}", true), ($"?text={journey.Who.Domain}", true), ("?text=elsewhere-made-up.cn", false),
        })
        {
            Assert.True((await browser.OpenAsync("/console/queue" + query)).Contains(number, StringComparison.Ordinal) == isThere, query);
        }

        await browser.OpenAsync("/console/queue");
        await browser.SendAsync($"/console/filings/{journey.FilingId}/release", ("to", "/console/queue?assignee=none"));
        Assert.Contains("已退回队列", await browser.FollowAsync(), StringComparison.Ordinal);
        Assert.Contains(number, browser.Page, StringComparison.Ordinal);

        var reviewer = (await app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!.Id;
        var trail = await app.Get<IAuditLog>().PageAsync(new AuditFilter(reviewer, null), null, 1000, default);
        Assert.Contains(trail, e => (e.Act, e.Kind, e.Thing, e.Role) == ("viewed", "filings", "*", "reviewer"));
        Assert.Contains(trail, e => (e.Act, e.Kind, e.Thing) == ("changed", "filings", journey.FilingId));
        using var admin = await ABrowser.LoggedInAsync(app, "admin");
        var page = await admin.OpenAsync($"/console/audit?thing={number}&actor={reviewer}");
        Assert.Contains(journey.FilingId, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claim_OfAFilingThatIsNotThere_SaysSoOnThePageOneCameFrom()
    {
        await using var app = TestApp.Start();
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");
        await browser.OpenAsync("/console/queue");

        await browser.SendAsync("/console/filings/none/claim", ("to", "/console/queue?assignee=none"));
        Assert.Equal("/console/queue?assignee=none", browser.Location);
        var page = await browser.FollowAsync();

        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", await browser.OpenAsync("/console/queue"), StringComparison.Ordinal);
    }
}
