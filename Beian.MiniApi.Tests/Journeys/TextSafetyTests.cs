using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Names and remarks pass the content safety when a filing is handed in.</summary>
public sealed class TextSafetyTests(TextSafetyTests.Running running) : IClassFixture<TextSafetyTests.Running>, IAsyncLifetime
{
    private const string Endpoint = "wechat/wxa/msg_sec_check";

    private readonly TestApp _app = running.App;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.MendAsync();

    [Fact]
    public async Task Submit_RiskyText_IsRefusedAtItsField_AndTakenOnceItIsChanged()
    {
        using var journey = await FilledAsync("risky", 720, siteRemark: "站点内容涉及违规示例，记录公司产品");

        var refused = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);

        Assert.Equal("filing.incomplete", Text(refused, "code"));
        var error = Assert.Single(refused.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/sites/0/remark", "content.risky", journey.SiteId), (Text(error, "pointer"), Text(error, "code"), Text(error, "siteId")));
        var due = Assert.Single((await journey.ReadAsync()).GetProperty("requirements").GetProperty("due").EnumerateArray());
        Assert.Equal(("content.risky", "content.safety", "draft"), (Text(due, "code"), Text(due, "check"), journey.State));

        await PutSiteAsync(journey, "记录公司产品的展示与说明");
        Assert.True(journey.Filing.GetProperty("requirements").GetProperty("complete").GetBoolean());
        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
    }

    /// <summary>The verdict on a text that has not changed is asked for again: WeChat may have changed its mind, but nobody hands a risky text in by trying twice.</summary>
    [Fact]
    public async Task Submit_RiskyTextAgain_IsRefusedAgain_AlsoWhileWeChatIsDown()
    {
        using var journey = await FilledAsync("stubborn", 721, subjectRemark: "违规示例");
        await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);
        await _app.FaultAsync(new { endpoint = Endpoint, kind = "http5xx" });

        var refused = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);

        Assert.Equal(("/subject/remark", "content.risky"), (Text(refused.GetProperty("errors")[0], "pointer"), Text(refused.GetProperty("errors")[0], "code")));
    }

    [Fact]
    public async Task Submit_DoubtfulText_IsTheReviewersAlone()
    {
        using var journey = await FilledAsync("doubtful", 722, siteRemark: "待审示例，记录公司产品");
        var check = await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync();
        Assert.All(Items(check), i => Assert.Equal("passed", Text(i, "status")));
        await journey.SubmitAsync();

        Assert.DoesNotContain("content.review", (await journey.ReadAsync()).GetRawText(), StringComparison.Ordinal);
        using var review = await Reviewing.OpenAsync(_app.Address);
        var flag = Assert.Single((await review.ReadAsync(journey)).GetProperty("texts").EnumerateArray());
        Assert.Equal(("/sites/0/remark", "review", "content.review"), (Text(flag, "pointer"), Text(flag, "outcome"), Text(flag, "code")));
        Assert.Contains("21000", Text(flag, "evidence"), StringComparison.Ordinal);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        var open = Assert.Single((await review.PostAsync(journey, "/approval", null, 409)).GetProperty("errors").EnumerateArray());
        Assert.Equal(("content.review", "content.safety", "请在 explanations 中写明人工核对的依据，check 填 ruleId 的值。"), (Text(open, "code"), Text(open, "ruleId"), Text(open, "remedy")));
        await review.ApproveAsync(journey, new { explanations = new[] { new { check = "content.safety", note = "read and found harmless" } } });
    }

    public static TheoryData<string, int?, int> Outages() => new()
    {
        { "errcode", 61010, 730 }, { "errcode", 44991, 731 }, { "errcode", 45009, 732 }, { "errcode", 48001, 733 }, { "errcode", -1, 734 },
        { "http5xx", null, 735 }, { "malformedJson", null, 736 }, { "dropped", null, 737 }, { "slow", null, 738 },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Submit_WeChatGivesNoVerdict_GoesOn_AndTheReviewerHasToExplain(string kind, int? errcode, int number)
    {
        // A quota that is used up closes the endpoint until tomorrow.
        await using var own = errcode == 45009 ? TestApp.Start() : null;
        var app = own ?? _app;
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("unheard" + number, number));
        await app.FaultAsync(new { endpoint = Endpoint, kind, errcode, delayMilliseconds = kind == "slow" ? 10_000 : 0 });

        await journey.SubmitAsync();

        await UntilAsync(journey, "providerReview");
        var warning = Assert.Single(journey.Filing.GetProperty("requirements").GetProperty("warnings").EnumerateArray(), w => Text(w, "check") == "content.safety");
        Assert.Equal(("check.unavailable", "/sites/0/name"), (Text(warning, "code"), Text(warning, "pointer")));
        using var review = await Reviewing.OpenAsync(app.Address);
        Assert.Contains((await review.ReadAsync(journey)).GetProperty("unexplained").EnumerateArray(), u => Text(u, "check") == "content.safety" && Text(u, "outcome") == "unknown");
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        var refused = await review.PostAsync(journey, "/approval", null, 409);
        Assert.Contains(refused.GetProperty("errors").EnumerateArray(), e => Text(e, "code") == "check.unavailable");
        await review.ApproveAsync(journey, new { explanations = new[] { new { check = "content.safety", note = "read and found harmless" } } });
    }

    [Fact]
    public async Task Submit_AnswerCalledHtml_IsReadAllTheSame()
    {
        using var journey = await FilledAsync("html", 740);
        await _app.FaultAsync(new { endpoint = Endpoint, kind = "wrongContentType" });

        await journey.SubmitAsync();

        Assert.Equal("passed", Text(Assert.Single(journey.Filing.GetProperty("sites")[0].GetProperty("checks").EnumerateArray(), c => Text(c, "check") == "content.safety"), "outcome"));
    }

    /// <summary>What has passed is not sent again; a text that was changed is.</summary>
    [Fact]
    public async Task Check_UnchangedText_IsSentOnce()
    {
        using var journey = await FilledAsync("thrifty", 741, siteRemark: "记录公司产品的展示", subjectRemark: "公司自用");
        await _app.FaultAsync(new { endpoint = Endpoint, kind = "slow", delayMilliseconds = 1 });

        var check = await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync();
        Assert.Equal(["/sites/0/name", "/sites/0/remark", "/subject/remark"], Items(check).Select(i => Text(i, "pointer")).Order(StringComparer.Ordinal));
        Assert.Equal(3, await CallsAsync());

        await journey.Client.PostAsync($"{journey.Path}/check", null);
        Assert.Equal(3, await CallsAsync());
        await PutSiteAsync(journey, "记录公司产品的展示与说明");
        await journey.SubmitAsync();
        Assert.Equal(4, await CallsAsync());
    }

    [Fact]
    public async Task Check_BeforeAnybodyAsked_SaysSo()
    {
        using var journey = await FilledAsync("unasked", 742);

        var check = await journey.Client.GetFromJsonAsync<JsonElement>($"{journey.Path}/check");

        Assert.Equal(("unknown", "check.notRun"), (Text(Assert.Single(Items(check)), "status"), Text(Assert.Single(Items(check)), "code")));
    }

    /// <summary>A submission whose other checks take long is judged on its way, and comes back.</summary>
    [Fact]
    public async Task Submit_JudgedInTheBackground_ComesBackWithItsFinding()
    {
        await using var app = TestApp.Start(("WeChat:AttemptTimeoutMilliseconds", "30000"), ("WeChat:CallTimeoutMilliseconds", "60000"));
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("late", 743));
        await PutSiteAsync(journey, "违规示例，记录公司产品");
        await app.FaultAsync(new { endpoint = Endpoint, kind = "slow", delayMilliseconds = 2_500 });

        var answer = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(202);

        Assert.Equal("checking", Text(answer, "state"));
        await UntilAsync(journey, "draft");
        Assert.Equal("content.risky", Text(Assert.Single(journey.Filing.GetProperty("requirements").GetProperty("due").EnumerateArray()), "code"));
    }

    /// <summary>Identity papers are never given to a service that would fetch them from a public address; nothing of the product calls it.</summary>
    [Fact]
    public async Task Journey_WithPapersAndTexts_SendsNoMediaToBeJudged()
    {
        await _app.FaultAsync(new { endpoint = "wechat/wxa/media_check_async", kind = "slow", delayMilliseconds = 1 });
        using var journey = await FilledAsync("private", 744, siteRemark: "记录公司产品的展示");
        await journey.Client.ReadAsync($"{OcrCalls.IdCard}?filingId={journey.FilingId}&part=front", OcrCalls.Picture());
        await journey.Client.ReadAsync($"{OcrCalls.Licence}?filingId={journey.FilingId}", OcrCalls.Picture());
        await journey.Client.PostAsync($"{journey.Path}/check", null);
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026074401号");

        Assert.Equal(0, await CallsAsync());
    }

    private async Task<ApplicantJourney> FilledAsync(string login, int number, string? siteRemark = null, string? subjectRemark = null)
    {
        var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation(login, number));
        if (siteRemark is not null)
        {
            await PutSiteAsync(journey, siteRemark);
        }

        if (subjectRemark is not null)
        {
            await journey.PutSubjectAsync(subjectRemark);
        }

        return journey;
    }

    private static Task PutSiteAsync(ApplicantJourney journey, string remark) => journey.PutAsync($"/sites/{journey.SiteId}", new
    {
        kind = "website",
        name = journey.Who.SiteName,
        homeUrl = "https://www." + journey.Who.Domain,
        serviceContents = new[] { 1 },
        remark,
        languages = new[] { 1 },
        preApprovals = new[] { new { type = "none" } },
    });

    private static async Task UntilAsync(ApplicantJourney journey, string state)
    {
        for (var i = 0; i < 300 && Text(await journey.ReadAsync(), "state") != state; i++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(state, journey.State);
    }

    private static IEnumerable<JsonElement> Items(JsonElement check) => check.GetProperty("items").EnumerateArray().Where(i => Text(i, "check") == "content.safety");

    private async Task<int> CallsAsync() => (await (await _app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0].GetProperty("calls").GetInt32();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>One program for all tests of the class, which run one after the other; each leaves it without faults.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start(("WeChat:BreakerMinimumAttempts", "1000"));

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
