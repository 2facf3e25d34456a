using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The texts for sending back: the data's, staff's own, and where they can be said.</summary>
public sealed class ReasonPagesTests(AConsole console) : IClassFixture<AConsole>
{
    private readonly TestApp _app = console.App;

    [Fact]
    public async Task Texts_OfStaff_AreOfferedAtTheirField_AndTakeThePlaceOfTheDatas()
    {
        using var journey = await OnTheDesk.SubmittedAsync(_app, Applicant.Organisation("reasonday", 7201));
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/reasons");
        Assert.Contains("证件住所与执照不一致", browser.Page, StringComparison.Ordinal);

        await SaveAsync(browser, "", "service.name", "名称像是另一家公司的", "请改名");
        await SaveAsync(browser, "subjectAddressMismatch", "subject.certificateAddress", "住所须与执照一字不差", "");
        await browser.OpenAsync(OnTheDesk.At(journey));
        Assert.Matches("@/sites/0/name\"(?s:.{0,120})名称像是另一家公司的", browser.Page);
        Assert.Contains("住所须与执照一字不差", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("证件住所与执照不一致", browser.Page, StringComparison.Ordinal);

        await ChangeAsync(browser, "subjectAddressMismatch", "hide");
        Assert.DoesNotContain("住所须与执照一字不差", await browser.OpenAsync(OnTheDesk.At(journey)), StringComparison.Ordinal);
        await ChangeAsync(browser, "subjectAddressMismatch", "forget");
        Assert.Contains("证件住所与执照不一致", await browser.OpenAsync(OnTheDesk.At(journey)), StringComparison.Ordinal);
        var reviewer = (await _app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!.Id;
        Assert.Contains(await _app.Get<IAuditLog>().PageAsync(new AuditFilter(reviewer, "subjectAddressMismatch"), null, 10, default), e => (e.Act, e.Kind) == ("deleted", "review_reasons"));
    }

    [Fact]
    public async Task Text_ThatSaysWhatTheDataSays_IsNoVersionOfStaff()
    {
        const string Id = "domainResolves";
        var ofData = TheBook.Shipped.Tables.RejectionReasons.Single(r => r.Id == Id);
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");

        await ChangeAsync(browser, Id, "hide");
        Assert.Contains(await KeptAsync(), r => r is { Id: Id, IsHidden: true, Reason: "" });
        await ChangeAsync(browser, Id, "show");
        Assert.DoesNotContain(await KeptAsync(), r => r.Id == Id);

        // As an earlier version of the program kept it: with a copy of the words.
        await _app.Get<IReasonStore>().SaveAsync(new StaffReason(Id, ofData.Field, ofData.Reason, ofData.Suggestion, true, "somebody", DateTimeOffset.UnixEpoch), default);
        await ChangeAsync(browser, Id, "show");
        Assert.DoesNotContain(await KeptAsync(), r => r.Id == Id);

        await SaveAsync(browser, Id, ofData.Field, "改过的话", ofData.Suggestion);
        await ChangeAsync(browser, Id, "hide");
        await ChangeAsync(browser, Id, "show");
        Assert.Contains(await KeptAsync(), r => r is { Id: Id, IsHidden: false, Reason: "改过的话" });
        await SaveAsync(browser, Id, ofData.Field, ofData.Reason, ofData.Suggestion);
        Assert.DoesNotContain(await KeptAsync(), r => r.Id == Id);

        async Task<IReadOnlyList<StaffReason>> KeptAsync() => await _app.Get<IReasonStore>().ListAsync(default);
    }

    [Fact]
    public async Task Act_ThatIsNone_ChangesNothing()
    {
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/reasons");

        await browser.SendAsync("/console/reasons/change", ("id", "emptyShell"), ("act", "reveal"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Status);
        Assert.Contains("选项无效", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service.name", "", "写了建议", "没有填写退回原因", HttpStatusCode.UnprocessableEntity)]
    [InlineData("subject.shoes", "鞋码不符", "写了建议", "请选择针对的内容", HttpStatusCode.UnprocessableEntity)]
    [InlineData("service.name", "long", "写了建议", "300", HttpStatusCode.BadRequest)]
    public async Task Text_ThatCannotBeKept_IsShownAgain(string field, string reason, string suggestion, string said, HttpStatusCode status)
    {
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/reasons");

        await browser.SendAsync("/console/reasons", ("id", ""), ("field", field), ("reason", reason == "long" ? new string('长', 301) : reason), ("suggestion", suggestion));

        Assert.Equal(status, browser.Status);
        Assert.Contains(said, browser.Page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{suggestion}\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_ThatIsNotThere_CannotBeChanged()
    {
        using var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync("/console/reasons");

        await browser.SendAsync("/console/reasons/change", ("id", "nobody"), ("act", "hide"));

        Assert.Contains("没有这条话术", await browser.FollowAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_KeepsNoMoreThanItMay_ButChangesWhatItHas()
    {
        await using var app = TestApp.Start();
        var store = app.Get<IReasonStore>();
        for (var i = 0; i < IReasonStore.MaxReasons; i++)
        {
            Assert.True(await store.SaveAsync(Reason($"r{i:000}", "原因"), default));
        }

        Assert.False(await store.SaveAsync(Reason("onemore", "原因"), default));
        Assert.True(await store.SaveAsync(Reason("r001", "改过的原因") with { IsHidden = true }, default));
        Assert.True(await store.DeleteAsync("r002", default));
        Assert.False(await store.DeleteAsync("r002", default));
        var kept = await store.ListAsync(default);
        Assert.Equal(IReasonStore.MaxReasons - 1, kept.Count);
        Assert.Equal(Reason("r001", "改过的原因") with { IsHidden = true }, kept.Single(r => r.Id == "r001"));
    }

    /// <summary>A pointer that the review does not know would make every mark there a refusal.</summary>
    [Fact]
    public void Fields_OfTexts_AllStandInAFiling()
    {
        var sites = AFiling.Verified().Snapshot.Sites;
        var paths = ReasonFields.All.Values.SelectMany(p => p).Select(p => p.Replace("*", sites[0].Id, StringComparison.Ordinal)).ToArray();

        Assert.True(paths.Length > 20);
        Assert.Equal([], paths.Where(p => !FormPaths.Exists(p, sites)));
        Assert.All(TheBook.Shipped.Tables.RejectionReasons, r => Assert.True(ReasonFields.All.ContainsKey(r.Field), r.Id));
    }

    [Theory]
    [InlineData("multipleFilingNumbers", "provider", true, "110000", true)]
    [InlineData("multipleFilingNumbers", "provider", true, "330000", false)]
    [InlineData("multipleFilingNumbers", "provider", true, null, false)]
    [InlineData("subjectConflict", "provider", true, "110000", false)]
    [InlineData("subjectConflict", "authority", true, "110000", true)]
    [InlineData("domainResolves", "provider", false, "110000", true)]
    public void Text_OfTheData_IsSaidWhereItFits(string id, string stage, bool isFirst, string? province, bool fits) =>
        Assert.Equal(fits, TheBook.Shipped.Tables.RejectionReasons.Single(r => r.Id == id).Fits(stage, isFirst, province));

    [Theory]
    [InlineData("service.name", "/sites/7/name", true)]
    [InlineData("service.name", "/sites/7/remark", false)]
    [InlineData("person.mobile", "/subject/principal/mobile", true)]
    [InlineData("sms", "", true)]
    [InlineData("nothing", "", false)]
    public void Field_OfAText_StandsWhereItsPointersLead(string field, string pointer, bool holds) => Assert.Equal(holds, ReasonFields.Holds(field, pointer));

    private static StaffReason Reason(string id, string reason) => new(id, "service.name", reason, "建议", false, "somebody", new DateTimeOffset(2026, 11, 27, 4, 0, 0, TimeSpan.Zero));

    private static async Task SaveAsync(ABrowser browser, string id, string field, string reason, string suggestion)
    {
        await browser.OpenAsync("/console/reasons?id=" + id);
        await browser.SendAsync("/console/reasons", ("id", id), ("field", field), ("reason", reason), ("suggestion", suggestion));
        Assert.Contains("已保存", await browser.FollowAsync(), StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(ABrowser browser, string id, string act)
    {
        await browser.OpenAsync("/console/reasons");
        Assert.Matches(new Regex($"name=\"id\" value=\"{id}\""), browser.Page);
        await browser.SendAsync("/console/reasons/change", ("id", id), ("act", act));
        await browser.FollowAsync();
        Assert.DoesNotContain("role=\"alert\"", browser.Page, StringComparison.Ordinal);
    }
}
