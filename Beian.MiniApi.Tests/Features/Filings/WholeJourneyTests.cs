using System.Net.Http.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Features.Filings;

/// <summary>From login to the reviewer's desk, for people and companies of several provinces.</summary>
public sealed class WholeJourneyTests
{
    public static TheoryData<string, Applicant> Applicants => new()
    {
        { "organisation in Zhejiang", Applicant.Organisation("zhejiang", 31) },
        { "individual in Shanghai", Applicant.Individual("shanghai", 32) with { Province = "310000", City = "310100", District = "310115" } },
        {
            "organisation in Jiangsu with a principal for the site",
            Applicant.Organisation("jiangsu", 33) with { Province = "320000", City = "320500", District = "320508", SitePrincipal = Principal.Number(34, "测试乙") }
        },
    };

    [Theory]
    [MemberData(nameof(Applicants))]
    public async Task Submit_FilledForm_ReachesTheReviewer(string title, Applicant who)
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, who);

        await journey.SubmitAsync();

        Assert.True(journey.State == "providerReview", title);
        Assert.Equal("firstFiling", journey.Filing.GetProperty("kind").GetString());
        using var reviewer = await ApplicantJourney.StaffAsync(app.Address, "reviewer");
        var queue = await (await reviewer.GetAsync("/api/v1/review/filings?state=providerReview")).JsonAsync();
        Assert.Equal(journey.FilingId, Assert.Single(queue.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Abandon_FilledForm_FreesDomainAndServerForTheNext()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Individual("again", 35));

        await journey.AbandonAsync();
        await journey.FillAsync();
        await journey.SubmitAsync();
        await journey.WithdrawAsync();

        Assert.Equal("draft", journey.State);
    }

    [Fact]
    public async Task Queue_DraftAbandonedBeforeItWasHandedIn_IsNotInIt()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Individual("never", 36));
        await journey.StartAsync();
        await journey.AbandonAsync();
        using var reviewer = await ApplicantJourney.StaffAsync(app.Address, "reviewer");

        foreach (var query in new[] { "", "?state=abandoned" })
        {
            var queue = await (await reviewer.GetAsync("/api/v1/review/filings" + query)).JsonAsync();
            Assert.Empty(queue.GetProperty("items").EnumerateArray());
        }
    }

    [Fact]
    public async Task DeleteSite_WithPapers_TakesTheirBytesAlong()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("papers", 37));
        await journey.StartAsync();
        await journey.VerifyAsync();
        var added = await (await journey.Client.PostAsJsonAsync($"{journey.Path}/sites", new { name = "示例第二网站" })).JsonAsync(201);
        var siteId = added.GetProperty("sites")[1].GetProperty("id").GetString()!;
        var paper = (await journey.UploadAsync("idCard", "front", siteId)).GetProperty("id").GetString()!;

        await (await journey.Client.DeleteAsync($"{journey.Path}/sites/{siteId}")).JsonAsync();

        Assert.Null(await app.Get<IMaterialStore>().OpenAsync(paper, default));
    }
}
