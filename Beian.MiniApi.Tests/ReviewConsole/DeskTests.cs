using System.Net;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using static Beian.MiniApi.Tests.ReviewConsole.OnTheDesk;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The page of a filing, in a browser without script.</summary>
public sealed class DeskTests(AConsole console) : IClassFixture<AConsole>
{
    private readonly TestApp _app = console.App;

    [Fact]
    public async Task Filing_GoesFromTheClaimToItsNumbers()
    {
        using var journey = await SubmittedAsync("deskday", 7001);
        using var desk = await OpenAsync(journey);
        Assert.Contains("尚未领取", desk.Page, StringComparison.Ordinal);

        await ActAsync(desk, journey, "take");
        await ActAsync(desk, journey, "calls", ("outcome", "noAnswer"), ("phone", FirstPhone(desk)), ("note", "无人接听"));
        Assert.Contains("再次未接通计数", desk.Page, StringComparison.Ordinal);
        await ActAsync(desk, journey, "calls", ("outcome", "reached"), ("phone", FirstPhone(desk)), ("note", "核对无误"));
        Assert.Contains("核对无误", desk.Page, StringComparison.Ordinal);
        await ActAsync(desk, journey, "approval", [.. Explained(desk)]);
        Assert.Contains("tag pendingAuthority", desk.Page, StringComparison.Ordinal);
        await ActAsync(desk, journey, "authority-submission");
        Assert.Contains("tag smsVerification", desk.Page, StringComparison.Ordinal);
        await desk.OpenAsync($"{At(journey)}/hand-over");
        Assert.Contains(journey.Who.Principal.CertificateNumber, desk.Page, StringComparison.Ordinal);

        await desk.OpenAsync("/console/sms");
        Assert.DoesNotContain(journey.Who.Principal.Mobile, desk.Page, StringComparison.Ordinal);
        await desk.SendAsync($"{At(journey)}/sms-results", ("sms", "subjectPrincipal||verified"), ("to", "/console/sms"));
        Assert.Contains("核验结果已登记", await desk.FollowAsync(), StringComparison.Ordinal);

        await desk.OpenAsync(At(journey));
        await ActAsync(desk, journey, "authority-result", ("result", "approved"), ("subjectNumber", "浙ICP备2026700101号"), ($"number:{journey.SiteId}", "浙ICP备2026700101号-1"));
        Assert.Contains("浙ICP备2026700101号-1", desk.Page, StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal("approved", journey.State);
    }

    [Fact]
    public async Task Page_IsMasked_UntilAReasonIsGiven()
    {
        using var journey = await SubmittedAsync("deskmask", 7002);
        using var desk = await OpenAsync(journey);
        string[] secrets = [journey.Who.Principal.Mobile, journey.Who.Principal.CertificateNumber, journey.Who.Principal.Email];
        Assert.All(secrets, s => Assert.DoesNotContain(s, desk.Page, StringComparison.Ordinal));

        await desk.SendAsync($"{At(journey)}/full-view", ("fullViewReason", "  "), ("why", "还在写"));
        Assert.Equal(HttpStatusCode.BadRequest, desk.Status);
        Assert.Contains("id=\"wrong-fullViewReason\"", desk.Page, StringComparison.Ordinal);
        Assert.All(secrets, s => Assert.DoesNotContain(s, desk.Page, StringComparison.Ordinal));

        await ActAsync(desk, journey, "full-view", ("fullViewReason", "核对身份证件"));
        Assert.All(secrets, s => Assert.Contains(s, desk.Page, StringComparison.Ordinal));
        var acts = await ActsOnAsync(journey);
        Assert.Contains("viewedInFull", acts);
        Assert.Contains("viewed", acts);
    }

    [Fact]
    public async Task Refusal_ShowsThePageAgain_WithEverythingTyped()
    {
        using var journey = await SubmittedAsync("deskkeep", 7003);
        using var desk = await OpenAsync(journey);
        (string, string)[] typed =
        [
            ("kind", "modification"), ("why", "总体说明在此"), ("reason:/sites/0/name", "名称过于笼统"), ("suggestion:/sites/0/name", "写明内容"), ("suggestion:/subject/name", "只有建议"),
            ("pick", "subjectAddressMismatch@/subject/certificateAddress"), ("version", Version(desk)),
        ];

        await desk.SendAsync($"{At(journey)}/rejection", typed);
        Assert.Equal(HttpStatusCode.Conflict, desk.Status);
        Assert.Contains("尚未领取", desk.Page, StringComparison.Ordinal);
        Assert.All(["总体说明在此", "名称过于笼统", "写明内容", "只有建议"], t => Assert.Contains(t, desk.Page, StringComparison.Ordinal));
        Assert.Matches("value=\"subjectAddressMismatch@/subject/certificateAddress\" checked", desk.Page);

        await desk.SendAsync($"{At(journey)}/take", typed);
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Contains("由您审核", desk.Page, StringComparison.Ordinal);
        Assert.Contains("名称过于笼统", desk.Page, StringComparison.Ordinal);

        await desk.SendAsync($"{At(journey)}/rejection", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, desk.Status);
        Assert.Contains("id=\"wrong-reason:/subject/name\"", desk.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"wrong-reason:/sites/0/name\"", desk.Page, StringComparison.Ordinal);
        Assert.Contains("只有建议", desk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_FromCatalogueAndOwnWords_ReachTheApplicant_AndTheNextRoundShowsWhatChanged()
    {
        using var journey = await SubmittedAsync("deskmark", 7004);
        using var desk = await OpenAsync(journey);
        Assert.DoesNotContain("与上一轮的差异", desk.Page, StringComparison.Ordinal);
        Assert.Contains("subjectAddressMismatch@/subject/certificateAddress", desk.Page, StringComparison.Ordinal);
        var paper = journey.Filing.GetProperty("materials")[0].GetProperty("id").GetString()!;
        await ActAsync(desk, journey, "take");

        await ActAsync(
            desk, journey, "rejection", ("kind", "modification"), ("pick", "subjectAddressMismatch@/subject/certificateAddress"), ("reason:/sites/0/name", "名称过于笼统"),
            ($"reason:paper:{paper}", "看不清"), ("why", "请按意见修改"));

        Assert.Contains("已要求修改", desk.Page, StringComparison.Ordinal);
        var rejection = (await journey.ReadAsync()).GetProperty("rejection");
        Assert.Equal("请按意见修改", rejection.GetProperty("message").GetString());
        var findings = rejection.GetProperty("findings").EnumerateArray().Select(f => (Text(f, "pointer"), Text(f, "reason"), Text(f, "suggestion"))).ToArray();
        Assert.Equal(
            [("/subject/certificateAddress", "证件住所与执照不一致", "照执照逐字填写"), ("/sites/0/name", "名称过于笼统", null), ("/materials", "看不清", null)], findings);

        await RenameAsync(journey, "示例科技新产品展示");
        await journey.SubmitAsync();
        await desk.OpenAsync(At(journey));
        Assert.Contains("与上一轮的差异", desk.Page, StringComparison.Ordinal);
        Assert.Contains($"原为 {journey.Who.SiteName}", desk.Page, StringComparison.Ordinal);
        Assert.Contains("第 2 次提交", desk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondReviewer_SeesWhoHasIt_AndDecidesNothing()
    {
        using var journey = await SubmittedAsync("desktwo", 7005);
        using var first = await OpenAsync(journey, "admin");
        await ActAsync(first, journey, "take");
        using var second = await OpenAsync(journey);
        Assert.Contains("admin 正在审核", second.Page, StringComparison.Ordinal);

        await second.SendAsync($"{At(journey)}/rejection", ("kind", "rejection"), ("why", "想要驳回"));

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("已被其他审核员领取", second.Page, StringComparison.Ordinal);
        Assert.Contains("想要驳回", second.Page, StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Decision_OnAnOldPage_OrWithMarksLeft_IsRefused()
    {
        using var journey = await SubmittedAsync("deskold", 7006);
        using var desk = await OpenAsync(journey);
        var old = Version(desk);
        await journey.WithdrawAsync();
        await RenameAsync(journey, "示例科技新产品展示");
        await journey.SubmitAsync();
        await ActAsync(desk, journey, "take");

        await desk.SendAsync($"{At(journey)}/rejection", ("kind", "rejection"), ("why", "依据旧页面"), ("version", old));
        Assert.Equal(HttpStatusCode.Conflict, desk.Status);
        Assert.Contains("备案单已有变化", desk.Page, StringComparison.Ordinal);
        Assert.NotEqual(old, Version(desk));

        await desk.SendAsync($"{At(journey)}/approval", ("reason:/sites/0/name", "名称过于笼统"), ("version", Version(desk)));
        Assert.Contains("还有标记未处理", desk.Page, StringComparison.Ordinal);
        await journey.ReadAsync();
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Text_OfApplicantsAndReviewers_IsNeverMarkup()
    {
        using var journey = await SubmittedAsync("deskscript", 7007, remark: "<script>alert(1)</script>");
        using var desk = await OpenAsync(journey);
        await desk.SendAsync($"{At(journey)}/look", ("why", "</textarea><img src=x>"), ("reason:/subject/name", "\"><b>"));

        var raw = await desk.Last.Content.ReadAsStringAsync();
        Assert.Contains("<script>alert(1)</script>", desk.Page, StringComparison.Ordinal);
        Assert.All(["<script>alert", "</textarea><img", "\"><b>"], t => Assert.DoesNotContain(t, raw, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Form_OfTheLargestFiling_IsReadWhole()
    {
        using var journey = await SubmittedAsync("desklarge", 7008);
        using var desk = await OpenAsync(journey);
        var many = Enumerable.Range(0, 2000).Select(i => ($"reason:/sites/{i}/name", string.Empty));

        await desk.SendAsync($"{At(journey)}/look", [.. many, ("why", "写在最后")]);

        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Contains("写在最后", desk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paper_OpensBesideTheForm_AndIsRecorded()
    {
        using var journey = await SubmittedAsync("deskpaper", 7009);
        using var desk = await OpenAsync(journey);
        var paper = journey.Filing.GetProperty("materials")[0].GetProperty("id").GetString()!;
        Assert.DoesNotContain("<img", desk.Page, StringComparison.Ordinal);

        await desk.SendAsync($"{At(journey)}/look?paper={paper}&copy=", ("why", "边看边写"));
        Assert.Contains($"<img src=\"{At(journey)}/papers/{paper}\"", desk.Page, StringComparison.Ordinal);
        Assert.Contains("边看边写", desk.Page, StringComparison.Ordinal);
        await desk.OpenAsync($"{At(journey)}/papers/{paper}");

        Assert.Equal("image/jpeg", desk.Last.Content.Headers.ContentType?.MediaType);
        Assert.Equal("default-src 'none'; sandbox", Assert.Single(desk.Last.Headers.GetValues("Content-Security-Policy")));
        var reviewer = (await _app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!.Id;
        var trail = await _app.Get<IAuditLog>().PageAsync(new AuditFilter(reviewer, paper), null, 10, default);
        Assert.Contains(trail, e => (e.Act, e.Kind) == ("viewedInFull", "materials"));
    }

    [Theory]
    [InlineData("/console/filings/none")]
    [InlineData("/console/filings/none/papers/none")]
    public async Task Page_OfNoFiling_IsNotFound(string path)
    {
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");

        await browser.OpenAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    private Task<ApplicantJourney> SubmittedAsync(string login, int n, string? remark = null) => OnTheDesk.SubmittedAsync(_app, Applicant.Organisation(login, n), remark);

    private async Task<ABrowser> OpenAsync(ApplicantJourney journey, string userName = "reviewer")
    {
        var browser = await ABrowser.LoggedInAsync(_app, userName);
        await browser.OpenAsync(At(journey));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return browser;
    }

    private async Task<string[]> ActsOnAsync(ApplicantJourney journey)
    {
        var reviewer = (await _app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!.Id;
        return [.. (await _app.Get<IAuditLog>().PageAsync(new AuditFilter(reviewer, journey.FilingId), null, 50, default)).Where(e => e.Kind == "filings").Select(e => e.Act)];
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
