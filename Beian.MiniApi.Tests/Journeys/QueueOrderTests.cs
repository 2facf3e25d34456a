using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Performance;
using Beian.MiniApi.Tests.Storage;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>The queue by due time and the figures, as the API has them.</summary>
public sealed class QueueOrderTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start(TestApp.NoLimits);
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        await ManyFilings.AddAsync(_app.Get<IFilingStore>(), 120, _now);
        _client = await ApplicantJourney.StaffAsync(_app.Address, "reviewer");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Pages_ByDue_GoThroughTheWholeQueueOverdueFirst()
    {
        var (seen, cursor) = (new List<JsonElement>(), string.Empty);
        do
        {
            var page = await GetAsync("?sort=due&limit=50" + cursor);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : string.Empty;
        }
        while (cursor.Length > 0);

        Assert.Equal(120, seen.Select(i => i.GetProperty("id").GetString()).Distinct().Count());
        var due = seen.Select(i => i.GetProperty("dueAt").GetDateTimeOffset()).ToArray();
        Assert.Equal(due.Order(), due);
        Assert.Equal(50, seen.TakeWhile(i => i.GetProperty("overdue").GetBoolean()).Count());
    }

    [Fact]
    public async Task Queue_NarrowedToOneFiling_FindsItByNumberAndByADomainAsItIsTyped()
    {
        var all = await GetAsync("?sort=due&limit=1");
        var number = all.GetProperty("items")[0].GetProperty("number").GetString();

        Assert.Equal(number, Assert.Single((await GetAsync("?number=" + number)).GetProperty("items").EnumerateArray()).GetProperty("number").GetString());
        Assert.Equal(StoredFilings.Id(18), Assert.Single((await GetAsync("?sort=due&domain=HTTP://www.D17.cn/")).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(24, (await GetAsync("?kind=addSite&limit=100")).GetProperty("items").GetArrayLength());
        Assert.Empty((await GetAsync("?domain=%20nonsense")).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("?sort=oldest", "/sort", "review.sortUnknown")]
    [InlineData("?kind=change", "/kind", "review.kindUnknown")]
    [InlineData("?state=draft", "/state", "review.stateUnknown")]
    [InlineData("?sort=due&cursor=MDAwMDE", "/cursor", "request.badCursor")]
    public async Task Queue_AskedForWhatItDoesNotKnow_SaysWhatIsWrong(string query, string pointer, string code)
    {
        var answer = await (await _client.GetAsync("/api/v1/review/filings" + query)).JsonAsync(400);

        Assert.Contains(answer.GetProperty("errors").EnumerateArray(), e => e.GetProperty("pointer").GetString() == pointer && e.GetProperty("code").GetString() == code);
    }

    [Fact]
    public async Task Stats_CountEverythingThatWaits()
    {
        var stats = await (await _client.GetAsync("/api/v1/review/stats")).JsonAsync();

        Assert.Equal((120, 50), (stats.GetProperty("queue").GetProperty("providerReview").GetInt32(), stats.GetProperty("overdue").GetInt32()));
        Assert.Equal(JsonValueKind.String, stats.GetProperty("oldestSince").ValueKind);
    }

    private async Task<JsonElement> GetAsync(string query) => await (await _client.GetAsync("/api/v1/review/filings" + query)).JsonAsync();
}
