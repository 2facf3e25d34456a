using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Results of the authority that come as a file.</summary>
public sealed class BatchTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Header = "filingNumber,result,subjectNumber,siteDomain,siteNumber,reason\n";
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Import_OfSmsAndResults_MovesFilingsOnce()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("batched", 250));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);
        var number = journey.Filing.GetProperty("number").GetString();
        var rows = $"{number},smsVerified,,,,\n{number},approved,浙ICP备2026025001号,{journey.Who.Domain},浙ICP备2026025001号-1,\n26010100000008,approved,浙ICP备2026025002号,x.cn,浙ICP备2026025002号-1,\n";

        var first = await ImportAsync(review, Header + rows);
        var second = await ImportAsync(review, Header + rows);

        Assert.Equal((2, 0, 1), Counts(first));
        Assert.Equal((0, 2, 1), Counts(second));
        Assert.Equal("filing.notFound", first.GetProperty("items")[2].GetProperty("code").GetString());
        await journey.ReadAsync();
        Assert.Equal("approved", journey.State);
        var timeline = await (await journey.Client.GetAsync($"{journey.Path}/timeline")).JsonAsync();
        Assert.Equal("import", timeline.GetProperty("synchronisation").GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("a,b\n1,2\n", "import.rejected")]
    [InlineData(Header, "import.empty")]
    [InlineData(Header + "\"26010100000008,approved,,,,\n", "import.notCsv")]
    public async Task Import_OfWhatIsNoResultFile_SaysWhy(string body, string code)
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var content = Issuers.Text(body, "text/csv");

        var answer = await review.Client.PostAsync("/api/v1/review/authority-results:import", content);

        Assert.Equal(code, (await answer.JsonAsync(422)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task HandOver_IsDownloadedByStaff()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("handed", 251));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        var before = await review.Client.GetAsync($"/api/v1/review/filings/{journey.FilingId}/hand-over");
        await review.PassAsync(journey);

        var file = await review.GetAsync(journey, "/hand-over");

        Assert.Equal(404, (int)before.StatusCode);
        Assert.Equal(journey.Filing.GetProperty("number").GetString(), file.GetProperty("filingNumber").GetString());
        Assert.Equal(journey.Who.Domain, file.GetProperty("sites")[0].GetProperty("domain").GetString());
    }

    [Fact]
    public async Task HandOver_AndTheDatabase_AreForTheirOwnUserAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("private", 253));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);

        var folder = Path.Combine(_app.Folder, "hand-over");
        var number = journey.Filing.GetProperty("number").GetString();
        var file = Assert.Single(Directory.GetFiles(folder, number + "*"));

        const UnixFileMode strangers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in new[] { _app.Folder, folder, file, Path.Combine(_app.Folder, "beian.db"), Path.Combine(_app.Folder, "beian.db-wal") })
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & strangers);
        }
    }

    [Fact]
    public async Task Queue_ShowsDueTimesAndNarrows()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("queued", 252));
        using var review = await Reviewing.OpenAsync(_app.Address);
        var draft = await review.Client.GetAsync($"/api/v1/review/filings/{journey.FilingId}");
        Assert.Equal(404, (int)draft.StatusCode);
        await journey.SubmitAsync();

        var mine = await (await review.Client.GetAsync("/api/v1/review/filings?state=providerReview&province=330000&assignee=none&limit=100")).JsonAsync();
        var stats = await (await review.Client.GetAsync("/api/v1/review/stats")).JsonAsync();

        var item = Assert.Single(mine.GetProperty("items").EnumerateArray(), i => i.GetProperty("id").GetString() == journey.FilingId);
        Assert.Equal(JsonValueKind.String, item.GetProperty("dueAt").ValueKind);
        Assert.False(item.GetProperty("overdue").GetBoolean());
        Assert.True(stats.GetProperty("queue").GetProperty("providerReview").GetInt32() >= 1);
    }

    private static async Task<JsonElement> ImportAsync(Reviewing review, string csv)
    {
        using var content = Issuers.Text(csv, "text/csv");
        return await (await review.Client.PostAsync("/api/v1/review/authority-results:import", content)).JsonAsync();
    }

    private static (int Applied, int Unchanged, int Refused) Counts(JsonElement view) =>
        (view.GetProperty("applied").GetInt32(), view.GetProperty("unchanged").GetInt32(), view.GetProperty("refused").GetInt32());
}
