using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The board of SMS codes when many wait at once.</summary>
public sealed class SmsBoardTests : IAsyncLifetime
{
    private const int PageSize = 50;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly TestApp _app = TestApp.Start(TestApp.NoLimits);
    private ABrowser _browser = null!;

    public async Task InitializeAsync() => _browser = await ABrowser.LoggedInAsync(_app, "reviewer");

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Board_OfManyTelephones_HasWhatEndsFirstOnTopOfPagesOfFifty()
    {
        // The later its number, the sooner it ends; every third filing has two telephones, and the fiftieth place would fall between those of one.
        foreach (var n in Enumerable.Range(1, 100))
        {
            await AddAsync(n);
        }

        var pages = await PagesAsync();

        Assert.All(pages, p => Assert.InRange(p.Length, 1, PageSize));
        Assert.Equal(Enumerable.Range(1, 100).Reverse().SelectMany(n => Enumerable.Repeat(StoredFilings.Id(n), Phones(n))), pages.SelectMany(p => p));
        Assert.All(pages, p => Assert.All(p.GroupBy(id => id), g => Assert.Equal(Phones(Convert.ToInt32(g.Key, 16)), g.Count())));
        Assert.Equal(3, pages.Count);
        Assert.DoesNotContain("rel=\"next\"", _browser.Page, StringComparison.Ordinal);
        Assert.Equal(pages[^1].Length, Regex.Count(_browser.Page, "data-live"));
    }

    [Fact]
    public async Task Result_OnALaterPage_LeadsBackToThatPage()
    {
        foreach (var n in Enumerable.Range(1, PageSize + 2).Select(n => (n * 3) + 1))
        {
            await AddAsync(n);
        }

        await _browser.OpenAsync("/console/sms");
        var second = Next();
        await _browser.OpenAsync(second);
        Assert.Equal(second, _browser.Field("to"));

        await _browser.SendAsync($"/console/filings/{StoredFilings.Id(4)}/sms-results", ("sms", "subjectPrincipal||failed"), ("to", _browser.Field("to")));

        Assert.Equal(second, _browser.Location);
        await _browser.FollowAsync();
        Assert.Equal([StoredFilings.Id(7)], Rows());
    }

    [Theory]
    [InlineData("MDAwMDE")]
    [InlineData("!")]
    public async Task Cursor_OfAnotherList_IsRefused(string cursor)
    {
        await _browser.OpenAsync("/console/sms?cursor=" + Uri.EscapeDataString(cursor));

        Assert.Equal(HttpStatusCode.BadRequest, _browser.Status);
    }

    private static int Phones(int n) => n % 3 == 0 ? 2 : 1;

    private async Task<List<string[]>> PagesAsync()
    {
        var pages = new List<string[]>();
        for (var at = "/console/sms"; at.Length > 0; at = Next())
        {
            await _browser.OpenAsync(at);
            pages.Add(Rows());
        }

        return pages;
    }

    private string[] Rows() => [.. Regex.Matches(_browser.Page, "<th scope=\"row\"><a href=\"/console/filings/([0-9a-f]{32})\"").Select(m => m.Groups[1].Value)];

    private string Next() => Regex.Match(_browser.Page, "rel=\"next\" href=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>Handed over, the later its number the longer ago.</summary>
    private async Task AddAsync(int n)
    {
        var (at, reviewer, applicant) = (Now.AddMinutes(-n), new Actor(Role.Reviewer, "reviewer-1"), new Actor(Role.Applicant, "user"));
        var filing = StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n);
        if (Phones(n) == 2)
        {
            filing = filing.PutSitePrincipal(filing.Snapshot.Sites[0].Id, false, new Person { Name = "测试乙", Mobile = MadeUp.Mobile(2) }, OpenFields.Of(filing.Snapshot, []), applicant, Now).Value;
        }

        var approved = filing.InReview(Now).ClaimFor(reviewer, Now).Value.LogCall(MadeUp.Mobile(1), CallOutcome.Reached, null, reviewer, Now).Value.Approve([], [], reviewer, Now).Value;
        var sent = approved.SubmitToAuthority(["subjectPrincipal", "sitePrincipal"], [], reviewer, at).Value;
        Assert.True((await _app.Get<IFilingStore>().AddAsync(sent, null, default)).IsSaved);
    }
}
