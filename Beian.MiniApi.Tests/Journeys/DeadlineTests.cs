using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Dates with their reasons, the call window, and what is told of progress.</summary>
public sealed class DeadlineTests(RunningApp running) : IClassFixture<RunningApp>
{
    private readonly TestApp _app = running.App;

    private static int _drafts = 4_000;

    private static readonly string[] WholeDay = ["09:00", "18:00"];

    [Fact]
    public async Task Journey_InEachState_NamesItsDatesWithReasons()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("dated", 271));
        using var review = await Reviewing.OpenAsync(_app.Address);
        Assert.Equal(["deadline.draftExpires"], await CodesAsync(journey));
        await journey.SubmitAsync();
        Assert.Equal(["deadline.reviewDue"], await CodesAsync(journey));
        var due = journey.Filing.GetProperty("deadlines");
        Assert.Equal(due.GetProperty("reviewDueAt").GetDateTimeOffset(), due.GetProperty("items")[0].GetProperty("at").GetDateTimeOffset());
        Assert.Contains("2 个工作日", due.GetProperty("items")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        await review.ApproveAsync(journey);
        Assert.Equal(["deadline.handOverDue"], await CodesAsync(journey));
        await review.HandOverAsync(journey);
        Assert.Equal(["deadline.smsSecondText", "deadline.smsVerifyBy"], await CodesAsync(journey));
        var estimate = (await TimelineAsync(journey)).GetProperty("estimate");
        Assert.Equal(("province", 7, 10), (estimate.GetProperty("basis").GetString(), estimate.GetProperty("minDays").GetInt32(), estimate.GetProperty("maxDays").GetInt32()));
        Assert.Equal(JsonValueKind.Null, estimate.GetProperty("latestAt").ValueKind);
        await review.SmsAsync(journey, "subjectPrincipal");
        Assert.Equal(["deadline.authorityDue"], await CodesAsync(journey));
        var running = (await TimelineAsync(journey)).GetProperty("estimate");
        Assert.Equal(journey.Filing.GetProperty("stateSince").GetDateTimeOffset().AddDays(10), running.GetProperty("latestAt").GetDateTimeOffset());
        await review.AuthorityApprovesAsync(journey, "浙ICP备2026027101号", "浙ICP备2026027101号");

        var timeline = await TimelineAsync(journey);

        Assert.Equal(["deadline.policeFiling"], await CodesAsync(journey));
        Assert.Equal(JsonValueKind.Null, timeline.GetProperty("estimate").ValueKind);
        var after = timeline.GetProperty("afterApproval");
        var footer = Assert.Single(after.GetProperty("footers").EnumerateArray());
        Assert.Equal("浙ICP备2026027101号-1", footer.GetProperty("footerText").GetString());
        Assert.Contains(">浙ICP备2026027101号-1</a>", footer.GetProperty("footerHtml").GetString(), StringComparison.Ordinal);
        Assert.Contains("href=\"https://beian.miit.gov.cn/\"", footer.GetProperty("footerHtml").GetString(), StringComparison.Ordinal);
        var approvedOn = ChinaTime.DateOf(journey.Filing.GetProperty("stateSince").GetDateTimeOffset());
        Assert.Equal(ChinaTime.EndOf(approvedOn.AddDays(30)), after.GetProperty("policeFilingBy").GetDateTimeOffset());
        Assert.Equal(["staff", "staff", "staff", "staff", "system", "applicant", "applicant"], timeline.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Call_Missed_BecomesATaskWithADateBothSidesSee()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("missed", 272));
        var set = await PutWindowAsync(journey, new { from = "10:00", to = "12:00", note = "请拨打手机" });
        Assert.Equal("10:00", set.GetProperty("callWindow").GetProperty("from").GetString());
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ClaimAsync(journey);
        var before = (await review.ReadAsync(journey)).GetProperty("callTask");

        var missed = await review.CallAsync(journey, "noAnswer");

        var task = missed.GetProperty("callTask");
        Assert.Equal((0, 1), (before.GetProperty("attempts").GetInt32(), task.GetProperty("attempts").GetInt32()));
        Assert.Equal("请拨打手机", missed.GetProperty("filing").GetProperty("callWindow").GetProperty("note").GetString());
        var next = task.GetProperty("nextFrom").GetDateTimeOffset().ToOffset(ChinaTime.Offset).TimeOfDay;
        Assert.InRange(next, TimeSpan.FromHours(10), TimeSpan.FromHours(12));
        await journey.ReadAsync();
        var told = Assert.Single(journey.Filing.GetProperty("deadlines").GetProperty("items").EnumerateArray(), i => i.GetProperty("code").GetString() == "deadline.callAgain");
        Assert.Equal(task.GetProperty("dueAt").GetDateTimeOffset(), told.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(TimeSpan.FromHours(12), told.GetProperty("at").GetDateTimeOffset().ToOffset(ChinaTime.Offset).TimeOfDay);

        var reached = await review.CallAsync(journey, "reached");
        Assert.Equal(JsonValueKind.Null, reached.GetProperty("callTask").ValueKind);
    }

    [Theory]
    [InlineData("9:00", "12:00", "/from", "filing.callTimeBad")]
    [InlineData("09:00", "24:00", "/to", "filing.callTimeBad")]
    [InlineData(null, "12:00", "/from", "filing.callTimeBad")]
    [InlineData("08:59", "12:00", "/to", "filing.callWindowOutside")]
    [InlineData("12:00", "12:59", "/to", "filing.callWindowOutside")]
    [InlineData("15:00", "10:00", "/to", "filing.callWindowOutside")]
    [InlineData("17:00", "18:01", "/to", "filing.callWindowOutside")]
    public async Task CallWindow_ThatIsNone_IsRefused(string? from, string? to, string pointer, string code)
    {
        using var journey = await DraftAsync();

        var refused = await (await journey.Client.PutAsJsonAsync(journey.Path + "/call-window", new { from, to })).JsonAsync(400);

        var error = Assert.Single(refused.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task CallWindow_IsTakenBackAndKeepsTheVersion()
    {
        using var journey = await DraftAsync();
        var version = journey.Version;

        var set = await PutWindowAsync(journey, new { from = WholeDay[0], to = WholeDay[1] });
        var none = await PutWindowAsync(journey, new { });

        Assert.Equal((version, version), (set.GetProperty("version").GetInt32(), none.GetProperty("version").GetInt32()));
        Assert.Equal(JsonValueKind.Null, none.GetProperty("callWindow").ValueKind);
    }

    [Fact]
    public void Footer_InGuangdong_IsTheSubjectsNumber()
    {
        var approved = AFiling.Approved();
        var s = approved.Snapshot;
        var moved = Filing.Restore(s with { Verification = s.Verification with { Region = s.Verification.Region! with { Province = "440000" } } });

        Assert.Equal(AFiling.SubjectNumber + "-1", Footer(approved));
        Assert.Equal(AFiling.SubjectNumber, Footer(moved));
        Assert.Null(Beian.MiniApi.Features.Filings.AfterApproval.Of(AFiling.InSms(), TheBook.Rules, AFiling.ResultAt));
    }

    private async Task<ApplicantJourney> DraftAsync()
    {
        var n = Interlocked.Increment(ref _drafts);
        var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("windowed" + n, n));
        await journey.StartAsync();
        return journey;
    }

    private static string Footer(Filing filing) => Beian.MiniApi.Features.Filings.AfterApproval.Of(filing, TheBook.Rules, AFiling.ResultAt)!.Footers.Single().FooterText;

    private static async Task<JsonElement> PutWindowAsync(ApplicantJourney journey, object body) =>
        await (await journey.Client.PutAsJsonAsync(journey.Path + "/call-window", body)).JsonAsync();

    private static async Task<JsonElement> TimelineAsync(ApplicantJourney journey) => await (await journey.Client.GetAsync(journey.Path + "/timeline")).JsonAsync();

    /// <summary>The dates as the filing and its timeline name them.</summary>
    private static async Task<string[]> CodesAsync(ApplicantJourney journey)
    {
        static string[] Codes(JsonElement items) => [.. items.EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];

        await journey.ReadAsync();
        var codes = Codes(journey.Filing.GetProperty("deadlines").GetProperty("items"));
        Assert.Equal(codes, Codes((await TimelineAsync(journey)).GetProperty("deadlines")));
        Assert.All(journey.Filing.GetProperty("deadlines").GetProperty("items").EnumerateArray(), i => Assert.EndsWith("。", i.GetProperty("reason").GetString(), StringComparison.Ordinal));
        return codes;
    }
}
