using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;
using static Beian.MiniApi.Tests.ReviewConsole.OnTheDesk;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>What stays on the page of a filing after an act on it, and what an act that makes no sense does.</summary>
public sealed class DeskKeepsTests(AConsole console) : IClassFixture<AConsole>
{
    private static readonly (string Name, string Value)[] Typed = [("note", "写到一半的记录"), ("fullViewReason", "写到一半的理由"), ("reason:/sites/0/name", "名称过于笼统"), ("pick", "subjectAddressMismatch@/subject/certificateAddress"), ("why", "总体说明")];

    private readonly TestApp _app = console.App;

    [Fact]
    public async Task Act_TakesItsOwnFields_AndKeepsAllOthers()
    {
        using var journey = await SubmittedAsync("keepacts", 7301);
        using var desk = await OpenAsync(journey);
        var phones = Phones(desk);
        Assert.True(phones.Length > 1);
        (string, string)[] all = [.. Typed, ("phone", phones[1])];

        await desk.SendAsync($"{At(journey)}/take", all);
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        AssertShown(desk, "写到一半的记录", "写到一半的理由", "名称过于笼统", "总体说明");
        Assert.Equal(phones[1], ChosenPhone(desk));

        await desk.SendAsync($"{At(journey)}/full-view", all);
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        AssertShown(desk, "写到一半的记录", "名称过于笼统", "总体说明");
        Assert.DoesNotContain("写到一半的理由", desk.Page, StringComparison.Ordinal);
        Assert.Contains(journey.Who.Principal.Mobile, desk.Page, StringComparison.Ordinal);
        Assert.Equal(Phones(desk)[1], ChosenPhone(desk));

        await desk.SendAsync($"{At(journey)}/calls", [.. all, ("outcome", "reached")]);
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        AssertShown(desk, "名称过于笼统", "总体说明");
        Assert.DoesNotMatch("name=\"note\" value=\"写到一半的记录\"", desk.Page);
        Assert.Equal(Phones(desk)[0], ChosenPhone(desk));
    }

    [Fact]
    public async Task Act_WithNothingElseTyped_LeadsToThePageAnew_AndAnotherNumberIsSomethingTyped()
    {
        using var journey = await SubmittedAsync("keepnumber", 7302);
        using var desk = await OpenAsync(journey);
        var phones = Phones(desk);

        await desk.SendAsync($"{At(journey)}/take", ("phone", phones[1]));
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Equal(phones[1], ChosenPhone(desk));

        await desk.SendAsync($"{At(journey)}/give-back", ("phone", phones[0]));
        Assert.Equal(HttpStatusCode.SeeOther, desk.Status);
    }

    [Fact]
    public async Task Release_WithMarks_KeepsThemOnThePage()
    {
        using var journey = await SubmittedAsync("keeprelease", 7303);
        using var desk = await OpenAsync(journey);
        await desk.SendAsync($"{At(journey)}/take", Typed);
        Assert.Contains($"formaction=\"{At(journey)}/give-back\"", desk.Page, StringComparison.Ordinal);

        await desk.SendAsync($"{At(journey)}/give-back", Typed);

        Assert.Equal(HttpStatusCode.OK, desk.Status);
        AssertShown(desk, "已退回队列", "尚未领取", "写到一半的记录", "写到一半的理由", "名称过于笼统", "总体说明");
        Assert.Matches("value=\"subjectAddressMismatch@/subject/certificateAddress\" checked", desk.Page);
        Assert.Contains("data-typed=\"\"", desk.Page, StringComparison.Ordinal);

        using var other = await ABrowser.LoggedInAsync(_app, "admin");
        await other.OpenAsync(At(journey));
        await ActAsync(other, journey, "take");
        await desk.SendAsync($"{At(journey)}/give-back", Typed);
        Assert.Equal(HttpStatusCode.Conflict, desk.Status);
        AssertShown(desk, "写到一半的记录", "名称过于笼统");
    }

    [Theory]
    [InlineData("approval", "")]
    [InlineData("rejection", "modification")]
    public async Task Decision_WithACallThatIsNotLogged_IsRefused(string act, string kind)
    {
        using var journey = await SubmittedAsync("keepcall" + act, act == "approval" ? 7304 : 7305);
        using var desk = await OpenAsync(journey);
        await ActAsync(desk, journey, "take");

        await desk.SendAsync($"{At(journey)}/{act}", ("kind", kind), ("note", "写到一半的记录"), ("why", "总体说明"));
        Assert.Equal(HttpStatusCode.Conflict, desk.Status);
        AssertShown(desk, "通话记录未登记", "写到一半的记录", "总体说明");

        await desk.SendAsync($"{At(journey)}/rejection", ("kind", "modification"), ("fullViewReason", "写到一半的理由"), ("why", "总体说明"));
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        AssertShown(desk, "写到一半的理由");
        Assert.DoesNotContain("value=\"总体说明\"", desk.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_ThatThePageDoesNotOffer_DecidesNothing()
    {
        using var journey = await SubmittedAsync("keepunknown", 7306);
        using var desk = await OpenAsync(journey);
        await ActAsync(desk, journey, "take");
        foreach (var (act, field, value) in new[]
        {
            ("calls", "outcome", "maybe"), ("calls", "outcome", ""), ("rejection", "kind", "Rejection"), ("rejection", "kind", ""),
            ("authority-result", "result", "yes"), ("authority-result", "result", ""), ("sms-results", "sms", "subjectPrincipal||perhaps"),
        })
        {
            await desk.SendAsync($"{At(journey)}/{act}", (field, value), ("phone", FirstPhone(desk)), ("why", "总体说明"));

            Assert.True(desk.Status == HttpStatusCode.BadRequest, $"{act} {field} {value}: {desk.Status}");
            Assert.Contains("选项无效", desk.Page, StringComparison.Ordinal);
            await desk.OpenAsync(At(journey));
        }

        await journey.ReadAsync();
        Assert.Equal("providerReview", journey.State);
        Assert.Contains("本轮还没有拨打", desk.Page, StringComparison.Ordinal);
    }

    private Task<ApplicantJourney> SubmittedAsync(string login, int n) => OnTheDesk.SubmittedAsync(_app, Applicant.Organisation(login, n));

    private async Task<ABrowser> OpenAsync(ApplicantJourney journey)
    {
        var browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await browser.OpenAsync(At(journey));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        return browser;
    }

    private static void AssertShown(ABrowser desk, params string[] texts) => Assert.All(texts, t => Assert.Contains(t, desk.Page, StringComparison.Ordinal));

    private static string[] Phones(ABrowser desk) => [.. Regex.Matches(desk.Page, "name=\"phone\" value=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];

    private static string ChosenPhone(ABrowser desk) => Assert.Single(Regex.Matches(desk.Page, "name=\"phone\" value=\"([^\"]+)\" checked")).Groups[1].Value;
}
