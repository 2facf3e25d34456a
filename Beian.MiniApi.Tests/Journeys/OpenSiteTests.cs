using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Sites as they are seen from outside, and the pre-submission list that tells of them.</summary>
public sealed class OpenSiteTests(OpenSiteTests.Impatient running) : IClassFixture<OpenSiteTests.Impatient>
{
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Journey_WithASiteThatIsOpen_PassesOnceItIsClosed()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("early", 401));
        var version = journey.Version;
        await SetAsync(journey.Who.Domain, new { resolves = true });

        var check = await CheckAsync(journey);

        var item = Item(check, "site.closed");
        Assert.Equal(("reachability", "failed", "site.open", "/verification/domain", false), (Text(item, "group"), Text(item, "status"), Text(item, "code"), Text(item, "pointer"), item.GetProperty("ignorable").GetBoolean()));
        Assert.Equal(journey.SiteId, Text(item, "siteId"));
        Assert.Contains(journey.Who.Domain + " (127.0.0.1): http 200", Text(item, "evidence"), StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal(version, journey.Version);
        Assert.Equal(["site.open"], Due(journey.Filing));
        var refused = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);
        Assert.Equal(["site.open"], [.. refused.GetProperty("errors").EnumerateArray().Select(e => Text(e, "code")!)]);

        await SetAsync(journey.Who.Domain, new { resolves = false });

        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
        Assert.Empty(Due(await journey.ReadAsync()));
    }

    [Fact]
    public async Task Check_OfAFormThatLacksSomething_NamesTheJudgeOfEachItem()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("judged", 419));
        await journey.PutAsync("/subject", new { name = journey.Who.Name, certificateAddress = "示例省示例市示例路 1 号" });

        var judged = (await CheckAsync(journey)).GetProperty("items").EnumerateArray().Where(i => Text(i, "group") is "form" or "materials" && Text(i, "status") is "failed").ToArray();

        Assert.Contains(judged, i => Text(i, "code") == "subject.mailingAddress.missing");
        Assert.All(judged, i => Assert.Equal((Text(i, "check"), "error"), (Text(i, "ruleId"), Text(i, "severity"))));
        Assert.DoesNotContain(judged, i => string.IsNullOrEmpty(Text(i, "packVersion")));
    }

    [Fact]
    public async Task Submission_OfASiteFoundOpenBefore_IsNotRefusedBeforeItIsAskedAgain()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("tardy", 402));
        await SetAsync(journey.Who.Domain, new { resolves = true });
        Assert.Equal("failed", Text(Item(await CheckAsync(journey), "site.closed"), "status"));

        await SetAsync(journey.Who.Domain, new { resolves = false, behaviour = "slow" });

        await journey.SubmitAsync();
        Assert.Equal("checking", journey.State);
        for (var i = 0; i < 150 && journey.State == "checking"; i++)
        {
            await Task.Delay(100);
            await journey.ReadAsync();
        }

        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Approval_OfASiteOpenedSince_IsRefused()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("sly", 403));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        await SetAsync(journey.Who.Domain, new { resolves = true, site = "error" });

        var refused = await review.PostAsync(journey, "/approval", null, 409);

        Assert.Equal(["site.open"], [.. refused.GetProperty("errors").EnumerateArray().Select(e => Text(e, "code")!)]);
        var seen = await review.ReadAsync(journey);
        Assert.Contains(seen.GetProperty("filing").GetProperty("sites")[0].GetProperty("checks").EnumerateArray(), c => Text(c, "check") == "site.closed" && Text(c, "outcome") == "failed");
        await SetAsync(journey.Who.Domain, new { resolves = true, site = "silent" });
        await review.ApproveAsync(journey);
    }

    [Fact]
    public async Task Check_WithASlowSource_GoesOnInTheBackground()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("slug", 404) with { Domain = "slow-slug.cn" });
        Assert.Equal(("done", "unknown", "check.notRun"), Outcome(await journey.Client.GetFromJsonAsync<JsonElement>($"{journey.Path}/check"), "site.closed"));
        var watch = Stopwatch.StartNew();

        var first = await CheckAsync(journey);

        Assert.InRange(watch.Elapsed.TotalSeconds, 4.9, 7);
        Assert.Equal(("running", "pending", null), Outcome(first, "site.closed"));
        Assert.Equal(("running", "passed", null), Outcome(first, "resource"));
        Assert.Equal(("running", "unknown", "check.unavailable"), Outcome(first, "domain.registrar"));
        Assert.Equal(("running", "pending", null), Outcome(await journey.Client.GetFromJsonAsync<JsonElement>($"{journey.Path}/check"), "site.closed"));

        // Joined: a run of its own would not be done within 5 s either.
        var joined = await CheckAsync(journey);
        Assert.Equal(("done", "unknown", "check.unavailable"), Outcome(joined, "site.closed"));
        Assert.Equal(("done", "unknown", "check.unavailable"), Outcome(await journey.Client.GetFromJsonAsync<JsonElement>($"{journey.Path}/check"), "site.closed"));
        Assert.True((await journey.ReadAsync()).GetProperty("requirements").GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Check_WithSourcesThatAreDown_HasEverythingElse()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("broken", 405) with { Domain = "down-broken.com" });

        var check = await CheckAsync(journey);

        Assert.Equal("done", Text(check, "status"));
        string[] unknown = [.. check.GetProperty("items").EnumerateArray().Where(i => Text(i, "status") == "unknown").Select(i => Text(i, "check")!)];
        Assert.Equal(["domain.registrar", "domain.expiry", "domain.realName", "domain.holder", "site.closed", "register"], unknown);
        Assert.DoesNotContain(check.GetProperty("items").EnumerateArray(), i => Text(i, "status") is "failed" or "pending");
        string[] groups = [.. check.GetProperty("items").EnumerateArray().Select(i => Text(i, "group")!).Distinct()];
        Assert.Equal(["form", "content", "resource", "domain", "reachability", "images", "register", "conflicts"], groups);
    }

    [Fact]
    public async Task Check_OfADraftJustBegun_ListsItsForm()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("novice", 406));
        await journey.StartAsync();

        var check = await CheckAsync(journey);

        Assert.Equal(JsonValueKind.Null, check.GetProperty("checkedAt").ValueKind);
        Assert.Contains(check.GetProperty("items").EnumerateArray(), i => Text(i, "group") == "form" && Text(i, "status") == "failed" && Text(i, "pointer") == "/verification/domain");
    }

    [Fact]
    public async Task Check_OfAFurtherSite_PointsAtIt()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("double", 407));
        await SetAsync("double-two.cn", new { resolves = true });
        var site = new { name = "第二网站", domain = "double-two.cn", resource = new { kind = "resource", resourceId = journey.Who.ResourceId } };
        await (await journey.Client.PostAsJsonAsync($"{journey.Path}/sites", site)).JsonAsync(201);

        await CheckAsync(journey);

        var due = Assert.Single((await journey.ReadAsync()).GetProperty("requirements").GetProperty("due").EnumerateArray(), d => Text(d, "code") == "site.open");
        Assert.Equal("/sites/1/domain", Text(due, "pointer"));
    }

    [Theory]
    [InlineData("shown", 411, "filed.reachable passed ", "filed.footer passed ")]
    [InlineData("bare", 412, "filed.reachable passed ", "filed.footer warning filed.footerMissing")]
    [InlineData("failing", 413, "filed.reachable warning filed.siteDown")]
    public async Task Check_OfAnAddedSite_LooksAtTheFiledOnes(string login, int n, params string[] expected)
    {
        var who = Applicant.Organisation(login, n);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        var number = $"浙ICP备2026{n:000000}号";
        await ImportAsync(who, number, login + "-old.cn");
        await SetAsync(login + "-old.cn", new { resolves = true, site = login == "failing" ? "error" : "open", footerNumber = login == "bare" ? null : number + "-1" });
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        await journey.StartAsync(new { subjectId = Text(subjects.GetProperty("items")[0], "id") });

        var check = await CheckAsync(journey);

        string[] filed = [.. check.GetProperty("items").EnumerateArray().Where(i => Text(i, "group") == "filedSites").Select(i => $"{Text(i, "check")} {Text(i, "status")} {Text(i, "code")}")];
        Assert.Equal(expected, filed);
        string[] warnings = [.. (await journey.ReadAsync()).GetProperty("requirements").GetProperty("warnings").EnumerateArray().Select(w => $"{Text(w, "pointer")} {Text(w, "code")}")];
        Assert.Equal(expected.Where(e => e.Contains("warning", StringComparison.Ordinal)).Select(e => "/verification " + e.Split(' ')[^1]), warnings);
    }

    private async Task SetAsync(string domain, object settings) => await (await _app.Client.PutAsJsonAsync("/sandbox/rdap/" + domain, settings)).JsonAsync();

    private static async Task<JsonElement> CheckAsync(ApplicantJourney journey) => await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync();

    private static JsonElement Item(JsonElement check, string name) => Assert.Single(check.GetProperty("items").EnumerateArray(), i => Text(i, "check") == name);

    private static (string?, string?, string?) Outcome(JsonElement check, string name) => (Text(check, "status"), Text(Item(check, name), "status"), Text(Item(check, name), "code"));

    private static string[] Due(JsonElement filing) => [.. filing.GetProperty("requirements").GetProperty("due").EnumerateArray().Select(d => Text(d, "code")!)];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private async Task ImportAsync(Applicant who, string number, string domain)
    {
        using var admin = await ApplicantJourney.StaffAsync(_app.Address, "admin");
        var line = new
        {
            account = who.AccountId,
            subject = new { who.Province, who.City, who.District, subjectNature = who.Nature, who.CertificateType, who.CertificateNumber, who.Name },
            principal = new { who.Principal.Name },
            numbers = new { subject = number },
            sites = new[] { new { number = number + "-1", name = "示例旧网站", domain } },
        };
        using var body = Issuers.Text(JsonSerializer.Serialize(line, JsonSerializerOptions.Web), "application/x-ndjson");
        await (await admin.PostAsync("/api/v1/admin/subjects:import", body)).JsonAsync();
    }

    /// <summary>A program that asks the registry every time and gives a site 8 s: longer than a caller waits, shorter than two callers do.</summary>
    public sealed class Impatient : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public Task InitializeAsync()
        {
            App = TestApp.Start(("Registry:CacheSeconds", "0"), ("SiteProbe:TimeoutSeconds", "8"));
            return Task.CompletedTask;
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
