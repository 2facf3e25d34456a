using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Performance;
using Beian.MiniApi.Tests.Storage;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>What the statistics show, in the picture and in words, and the queue they lead to.</summary>
public sealed class StatsPageTests : IAsyncLifetime
{
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
    public async Task Stats_OfAnEmptyService_SaySo()
    {
        await _browser.OpenAsync("/console/stats?days=abc");

        Assert.Equal(HttpStatusCode.OK, _browser.Status);
        Assert.Contains("这段时间没有数据。", _browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"chart\"", _browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_OfTwoDecisions_AreDrawnAndTold()
    {
        await AddAsync(1, f => f.Reject(true, [new FindingDraft("/subject/name", "made up", null, null)], null, Reviewer, Now).Value);
        await AddAsync(2, f => f.LogCall(MadeUp.Mobile(1), CallOutcome.Reached, null, Reviewer, Now).Value.Approve([], [], Reviewer, Now).Value);
        await AddAsync(3, f => f);

        var chinese = await _browser.OpenAsync("/console/stats");
        var english = await _browser.OpenAsync("/console/stats?days=90", "en");

        Assert.Matches("<dt>通过率</dt>\\s*<dd>50%</dd>", chinese);
        Assert.Matches("aria-label=\"退回原因：[^\"]+ 1\"", chinese);
        Assert.DoesNotContain("/subject/name", chinese + english, StringComparison.Ordinal);
        Assert.Contains("接入商审核结果：" + ChinaTime.DateOf(Now).ToString("MM-dd", CultureInfo.InvariantCulture) + " 1 / 1", chinese, StringComparison.Ordinal);
        Assert.Matches("aria-label=\"Decisions of the provider: [^\"]* 1 / 1\"", english);
        Assert.Matches("<rect class=\"bar\" x=\"140\" y=\"4\" width=\"[1-9]", english);
        Assert.DoesNotContain("stats.", chinese + english, StringComparison.Ordinal);
        Assert.DoesNotContain("测试甲", chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_OfManyFilings_HasTheMostUrgentFirstOnEveryPage()
    {
        await ManyFilings.AddAsync(_app.Get<IFilingStore>(), 45, Now);
        var numbers = new List<string>();
        await _browser.OpenAsync("/console/queue");
        for (var pages = 1; ; pages++)
        {
            numbers.AddRange(Listed());
            if (Regex.Match(_browser.Page, "rel=\"next\" href=\"([^\"]+)\"") is not { Success: true } next)
            {
                Assert.Equal(3, pages);
                break;
            }

            await _browser.OpenAsync(next.Groups[1].Value);
        }

        Assert.Equal(Enumerable.Range(1, 45).Select(StoredFilings.Id), numbers);
        await _browser.OpenAsync("/console/queue?kind=addSite&text=d5.cn");
        Assert.Contains(StoredFilings.Id(6), _browser.Page, StringComparison.Ordinal);
        await _browser.OpenAsync("/console/queue?kind=firstFiling&text=d5.cn");
        Assert.DoesNotContain(StoredFilings.Id(6), _browser.Page, StringComparison.Ordinal);
        await _browser.OpenAsync("/console/queue?kind=addSite&text=" + Uri.EscapeDataString("  D5.CN "));
        Assert.Contains(StoredFilings.Id(6), _browser.Page, StringComparison.Ordinal);
        await _browser.OpenAsync("/console/queue?kind=firstFiling");
        await _browser.OpenAsync(Regex.Match(_browser.Page, "rel=\"next\" href=\"([^\"]+)\"").Groups[1].Value);
        Assert.Equal(Enumerable.Range(0, 45).Where(n => n % 5 != 0).Skip(20).Select(n => StoredFilings.Id(n + 1)), Listed());
        await _browser.OpenAsync("/console/queue?cursor=MDAwMDE");
        Assert.Equal(HttpStatusCode.BadRequest, _browser.Status);
    }

    /// <summary>The filings on the page, in their order.</summary>
    private IEnumerable<string> Listed() => Regex.Matches(_browser.Page, "<th scope=\"row\">\\s*<a href=\"/console/filings/([0-9a-f]{32})\"").Select(m => m.Groups[1].Value);

    private static Actor Reviewer => new(Role.Reviewer, "reviewer-1");

    private async Task AddAsync(int n, Func<Filing, Filing> decide)
    {
        var inReview = StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n).InReview(Now.AddDays(1)).ClaimFor(Reviewer, Now).Value;
        Assert.True((await _app.Get<IFilingStore>().AddAsync(decide(inReview), null, default)).IsSaved);
    }
}
