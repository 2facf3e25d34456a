using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReferenceData;

/// <summary>Rules that an operator lays over the shipped ones while the program runs, seen over HTTP.</summary>
public sealed class LiveOverlayTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly OverlayFiles _overlay = new();
    private TestApp _app = null!;

    private static DateOnly Today => ChinaTime.DateOf(DateTimeOffset.UtcNow);

    public Task InitializeAsync()
    {
        _app = TestApp.Start(_overlay.Settings);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _overlay.Dispose();

    [Fact]
    public async Task Add_APackForOneProvince_ShowsInItsOpenDraftsOnly()
    {
        using var there = await FilledAsync(InGuangdong("rulesa", 401));
        using var elsewhere = await FilledAsync(Applicant.Organisation("rulesb", 402));

        _overlay.AddPack(Today, OverlayFiles.Remark());

        await Wait.UntilAsync(async () => Ids(await there.ReadAsync(), "due").Contains("guangdong-local.remark"), Patience);
        var due = Assert.Single(Due(there.Filing));
        Assert.Equal("guangdong-local@2026-12", due.GetProperty("packVersion").GetString());
        Assert.Equal("/sites/0/remark", due.GetProperty("pointer").GetString());
        Assert.Equal("备注须写明示例登记", due.GetProperty("message").GetString());
        Assert.Empty(Due(await elsewhere.ReadAsync()));
    }

    [Fact]
    public async Task Add_APackOfALaterDay_IsUpcomingUntilThatDay()
    {
        using var draft = await FilledAsync(InGuangdong("rulesc", 403));
        var day = Today.AddDays(3);

        _overlay.AddPack(day, OverlayFiles.Remark());

        await Wait.UntilAsync(async () => Ids(await draft.ReadAsync(), "upcoming").Contains("guangdong-local.remark"), Patience);
        var upcoming = Assert.Single(draft.Filing.GetProperty("requirements").GetProperty("upcoming").EnumerateArray());
        Assert.Equal(day.ToString("yyyy-MM-dd", null), upcoming.GetProperty("effectiveFrom").GetString());
        Assert.Empty(Due(draft.Filing));

        await _app.AdvanceAsync("PT96H");

        await draft.ReadAsync();
        Assert.Equal("guangdong-local.remark", Assert.Single(Due(draft.Filing)).GetProperty("ruleId").GetString());
        Assert.Empty(Ids(draft.Filing, "upcoming"));
    }

    [Fact]
    public async Task Add_APackAfterASubmission_LeavesTheVersionItWasJudgedBy()
    {
        using var submitted = await FilledAsync(InGuangdong("rulesd", 404));
        await submitted.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        var before = Version(await review.ReadAsync(submitted));
        using var later = await FilledAsync(InGuangdong("rulese", 405));

        _overlay.AddPack(Today, OverlayFiles.Remark());
        await Wait.UntilAsync(async () => Due(await later.ReadAsync()).Length > 0, Patience);
        await later.Client.PutAsJsonAsync($"{later.Path}/sites/{later.SiteId}", new
        {
            kind = "website",
            name = later.Who.SiteName,
            homeUrl = "https://www." + later.Who.Domain,
            serviceContents = new[] { 1 },
            remark = "见示例登记",
            languages = new[] { 1 },
            preApprovals = new[] { new { type = "none" } },
        });
        await later.SubmitAsync();

        Assert.Contains("440000@2026-07", before, StringComparison.Ordinal);
        Assert.DoesNotContain("guangdong-local", before, StringComparison.Ordinal);
        Assert.Equal(before, Version(await review.ReadAsync(submitted)));
        Assert.Contains("guangdong-local@2026-12", Version(await review.ReadAsync(later)), StringComparison.Ordinal);
        Assert.Equal("providerReview", (await submitted.ReadAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Add_ARuleThatReplacesAnother_StandsInForIt()
    {
        using var draft = await FilledAsync(InGuangdong("rulesf", 406));

        _overlay.AddPack(Today, """{ "key": "minAge", "replaces": "440000.minAge", "value": { "organization": 90, "individual": 90 }, "source": ["s"], "checkedOn": "2026-11-26" }""");

        await Wait.UntilAsync(async () => Due(await draft.ReadAsync()).Length > 0, Patience);
        Assert.Equal(["guangdong-local.minAge"], Ids(draft.Filing, "due").Distinct());
        var province = await _app.Client.GetFromJsonAsync<JsonElement>("/api/v1/reference/provinces/440000");
        Assert.Equal(90, province.GetProperty("rules").GetProperty("minAge").GetProperty("organization").GetInt32());
    }

    [Fact]
    public async Task Add_APack_ShowsInTheReferenceDataWithNewTags()
    {
        var provinceTag = await TagAsync("provinces/440000");
        var packsTag = await TagAsync("rule-packs");
        var otherTag = await TagAsync("provinces/330000");

        _overlay.AddPack(Today, OverlayFiles.Remark());

        await Wait.UntilAsync(async () => await TagAsync("provinces/440000") != provinceTag, Patience);
        var province = await _app.Client.GetFromJsonAsync<JsonElement>("/api/v1/reference/provinces/440000");
        var row = province.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("id").GetString() == "guangdong-local.remark");
        Assert.Equal("guangdong-local@2026-12", row.GetProperty("packVersion").GetString());
        Assert.Contains("guangdong-local@2026-12", province.GetProperty("packVersions").EnumerateArray().Select(v => v.GetString()));
        Assert.NotEqual(packsTag, await TagAsync("rule-packs"));
        Assert.Equal(otherTag, await TagAsync("provinces/330000"));
        var packs = await _app.Client.GetFromJsonAsync<JsonElement>("/api/v1/reference/rule-packs");
        Assert.Contains(packs.GetProperty("items").EnumerateArray(), p => p.GetProperty("pack").GetString() == "guangdong-local" && p.GetProperty("version").GetString() == "2026-12");
    }

    [Fact]
    public async Task Change_TheRulesAboutNames_ShowsInFindingsAndReferenceDataWithItsVersion()
    {
        using var draft = await FilledAsync(Applicant.Organisation("rulesg", 407));
        var tag = await TagAsync("site-name-rules");
        var names = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(TheBook.Folder, "site-name-rules.json")))!;
        names["version"] = "2026-12-test";
        var words = names["items"]!.AsArray().First(r => r!["kind"]!.GetValue<string>() == "words" && r["severity"]!.GetValue<string>() == "error" && r["provinces"]!.ToString() == "all" && r["appliesTo"]!.GetValue<string>() == "all")!;
        words["words"]!.AsArray().Add("示例");
        words["position"] = "anywhere";

        _overlay.Write("site-name-rules.json", names.ToJsonString());

        await Wait.UntilAsync(async () => Due(await draft.ReadAsync()).Length > 0, Patience);
        var due = Due(draft.Filing)[0];
        Assert.Equal("site-name-rules." + words["id"], due.GetProperty("ruleId").GetString());
        Assert.Equal("site-name-rules@2026-12-test", due.GetProperty("packVersion").GetString());
        Assert.NotEqual(tag, await TagAsync("site-name-rules"));
        var index = await _app.Client.GetFromJsonAsync<JsonElement>("/api/v1/reference");
        Assert.Equal(await TagAsync("site-name-rules"), index.GetProperty("items").EnumerateArray().Single(s => s.GetProperty("set").GetString() == "site-name-rules").GetProperty("eTag").GetString());
    }

    /// <summary>In a process of its own, whose log can be read.</summary>
    [Fact]
    public async Task Break_AFileWhileRunning_IsLoggedOnceAndTheRulesOfBeforeStay()
    {
        using var overlay = new OverlayFiles();
        overlay.AddPack(Today, OverlayFiles.Remark());
        var data = Directory.CreateTempSubdirectory("beian-live-").FullName;
        await using (var program = await ChildProgram.StartAsync(data, ChildProgram.FreePort(), overlay.Settings))
        {
            using var draft = await ApplicantJourney.OpenAsync(program.Address, InGuangdong("rulesh", 408));
            await StartAsync(draft);
            Assert.Contains("guangdong-local.remark", Ids(draft.Filing, "due"));

            var path = overlay.AddPack(Today, OverlayFiles.Remark().Replace("required", "reqiured", StringComparison.Ordinal));
            await Wait.UntilAsync(() => Task.FromResult(program.Output.Contains("those of before stay", StringComparison.Ordinal)), Patience);
            await Task.Delay(TimeSpan.FromSeconds(2.5));

            Assert.Contains($"{path}: rules[0] 'remark' value $.field", program.Output, StringComparison.Ordinal);
            Assert.Contains("'reqiured'", program.Output, StringComparison.Ordinal);
            Assert.Equal(2, program.Output.Split("those of before stay").Length);
            Assert.Contains("guangdong-local.remark", Ids(await draft.ReadAsync(), "due"));

            overlay.AddPack(Today, OverlayFiles.Remark("otherName"));
            await Wait.UntilAsync(async () => Ids(await draft.ReadAsync(), "due").Contains("guangdong-local.otherName"), Patience);
            Assert.DoesNotContain("guangdong-local.remark", Ids(draft.Filing, "due"));

            overlay.Remove("rules/guangdong-local.json");
            await Wait.UntilAsync(async () => !Ids(await draft.ReadAsync(), "due").Contains("guangdong-local.otherName"), Patience);
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task Remove_TheWholeFolderWhileRunning_LeavesTheRulesAndTheProgram()
    {
        _overlay.AddPack(Today, OverlayFiles.Remark());
        using var draft = await ApplicantJourney.OpenAsync(_app.Address, InGuangdong("rulesi", 409));
        await StartAsync(draft);
        await Wait.UntilAsync(async () => Ids(await draft.ReadAsync(), "due").Contains("guangdong-local.remark"), Patience);

        Directory.Move(_overlay.Folder, _overlay.Folder + "-away");
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        var without = Ids(await draft.ReadAsync(), "due");
        Directory.Move(_overlay.Folder + "-away", _overlay.Folder);
        _overlay.Remove("rules/guangdong-local.json");

        Assert.Contains("guangdong-local.remark", without);
        await Wait.UntilAsync(async () => !Ids(await draft.ReadAsync(), "due").Contains("guangdong-local.remark"), Patience);
    }

    private static Applicant InGuangdong(string login, int n) => Applicant.Organisation(login, n) with
    {
        Province = "440000",
        City = "440300",
        District = "440305",
        CertificateNumber = MadeUp.CreditCode(n, "440305"),
    };

    private Task<ApplicantJourney> FilledAsync(Applicant who) => ApplicantJourney.FilledAsync(_app.Address, who);

    private static async Task StartAsync(ApplicantJourney draft)
    {
        await draft.StartAsync();
        await draft.VerifyAsync();
        await draft.PutSiteAsync();
    }

    private async Task<string> TagAsync(string path)
    {
        using var answer = await _app.Client.GetAsync(new Uri("/api/v1/reference/" + path, UriKind.Relative));
        return answer.Headers.ETag!.Tag;
    }

    private static string Version(JsonElement review) => review.GetProperty("rounds")[0].GetProperty("rulesVersion").GetString()!;

    private static JsonElement[] Due(JsonElement filing) => [.. filing.GetProperty("requirements").GetProperty("due").EnumerateArray()];

    private static string?[] Ids(JsonElement filing, string list) => [.. filing.GetProperty("requirements").GetProperty(list).EnumerateArray().Select(f => f.GetProperty("ruleId").GetString())];
}
