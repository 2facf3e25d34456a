using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>新增网站 to a subject that is filed here: by a filing of this system, or imported.</summary>
public sealed class AddedSiteJourneyTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string SubjectNumber = "浙ICP备2026022001号";
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Journey_OnAnAuthCode_AddsTheSiteToTheSubject()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("grower", 220));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ApproveAllTheWayAsync(journey, SubjectNumber);
        var code = await CodeForAsync(journey.Who.AccountId, "grower");
        var subjectId = await SubjectIdAsync(journey);

        await journey.StartAsync(new { subjectId });
        await FillAddedSiteAsync(journey, "grower-two.com", new { kind = "authCode", authCode = code });
        await journey.SubmitAsync();
        await review.PassAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.AuthorityApprovesAsync(journey, null, SubjectNumber, 2);

        var subject = await (await journey.Client.GetAsync($"/api/v1/subjects/{subjectId}")).JsonAsync();
        string[] numbers = [.. subject.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("number").GetString()!)];
        Assert.Equal([SubjectNumber + "-1", SubjectNumber + "-2"], numbers);
        var again = await journey.Client.PostAsJsonAsync("/api/v1/auth-codes/check", new { code });
        Assert.Equal("authCode.used", (await again.JsonAsync(422)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Journey_OfAnImportedSubject_NeedsItsConfirmation()
    {
        var who = Applicant.Organisation("veteran", 221);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportAsync(who, "浙ICP备09022100号", "veteran-old.cn");

        // Once more: the same subject, not a second one.
        await ImportAsync(who, "浙ICP备09022100号", "veteran-old.cn");
        var subjectId = await SubjectIdAsync(journey);
        await journey.StartAsync(new { subjectId });
        var unconfirmed = journey.Filing.GetProperty("requirements").GetProperty("due").EnumerateArray().Select(d => d.GetProperty("code").GetString());
        Assert.Contains("subject.notConfirmed", unconfirmed);
        var changed = await journey.Client.PostAsJsonAsync($"{journey.Path}/subject/confirmation", new { unchanged = false });
        Assert.Equal("filing.subjectChanged", (await changed.JsonAsync(409)).GetProperty("code").GetString());

        await FillAddedSiteAsync(journey, "veteran-new.cn", new { kind = "resource", resourceId = who.ResourceId });

        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Import_OnceMoreAfterASiteWasAdded_KeepsTheAddedSite()
    {
        const string number = "浙ICP备09022400号";
        var who = Applicant.Organisation("keptsite", 224);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportAsync(who, number, "keptsite-old.cn");
        var subjectId = await SubjectIdAsync(journey);
        await journey.StartAsync(new { subjectId });
        await FillAddedSiteAsync(journey, "keptsite-new.cn", new { kind = "resource", resourceId = who.ResourceId });
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.AuthorityApprovesAsync(journey, null, number, 2);

        await ImportAsync(who, number, "keptsite-old.cn");

        var subject = await (await journey.Client.GetAsync($"/api/v1/subjects/{subjectId}")).JsonAsync();
        Assert.Equal([number + "-1", number + "-2"], subject.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("number").GetString()!));
    }

    [Fact]
    public async Task Verification_OfADomainFiledHere_IsRefused()
    {
        var who = Applicant.Organisation("keeper", 222);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportAsync(who, "浙ICP备09022200号", "keeper-old.cn");
        await journey.StartAsync(new { subjectId = await SubjectIdAsync(journey) });

        var refused = await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new { domain = "keeper-old.cn", resource = new { kind = "resource", resourceId = who.ResourceId } });

        var error = Assert.Single((await refused.JsonAsync(422)).GetProperty("errors").EnumerateArray());
        Assert.Equal(("/domain", "domain.alreadyFiledHere"), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Edit_OfWhatIsFiled_IsLocked()
    {
        var who = Applicant.Organisation("steady", 223);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportAsync(who, "浙ICP备09022300号", "steady-old.cn");
        await journey.StartAsync(new { subjectId = await SubjectIdAsync(journey) });

        var renamed = await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", new { name = "另一示例有限公司" });

        var errors = (await renamed.JsonAsync(409)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString());
        Assert.Contains("/name", errors);
    }

    private static async Task FillAddedSiteAsync(ApplicantJourney journey, string domain, object resource)
    {
        await (await journey.Client.PostAsJsonAsync($"{journey.Path}/subject/confirmation", new { unchanged = true })).JsonAsync();
        var verified = await (await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new { domain, resource })).JsonAsync();
        Assert.Equal("addSite", verified.GetProperty("kind").GetString());
        var siteId = verified.GetProperty("sites")[0].GetProperty("id").GetString();
        var site = new { name = "示例第二网站", serviceContents = new[] { 1 }, preApprovals = new[] { new { type = "none" } } };
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{siteId}", site)).JsonAsync();
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{siteId}/principal", new { sameAsSubjectPrincipal = true })).JsonAsync();
        await (await journey.Client.PostAsync($"{journey.Path}/sites/{siteId}/face-check", null)).JsonAsync(201);
        await (await journey.Client.GetAsync($"{journey.Path}/sites/{siteId}/face-check")).JsonAsync();
        await journey.UploadAsync();
        var requirements = journey.Filing.GetProperty("requirements");
        Assert.True(requirements.GetProperty("complete").GetBoolean(), requirements.ToString());
    }

    private static async Task<string> SubjectIdAsync(ApplicantJourney journey)
    {
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        return Assert.Single(subjects.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;
    }

    /// <summary>An auth code made out to the account by an organisation with a server.</summary>
    private async Task<string> CodeForAsync(string targetAccountId, string name)
    {
        var (issuer, issuerAccount) = await _app.OrganisationAsync("issuerof" + name);
        await _app.ServerAsync("issuer-server-" + name, issuerAccount);
        var issued = await issuer.PostAsJsonAsync("/api/v1/auth-codes", new { resourceId = "issuer-server-" + name, targetAccountId, count = 1 });
        return (await issued.JsonAsync(201)).GetProperty("items")[0].GetProperty("code").GetString()!;
    }

    private async Task ImportAsync(Applicant who, string number, string domain)
    {
        using var admin = await ApplicantJourney.StaffAsync(_app.Address, "admin");
        var line = new
        {
            account = who.AccountId,
            subject = new
            {
                province = who.Province,
                city = who.City,
                district = who.District,
                subjectNature = who.Nature,
                certificateType = who.CertificateType,
                certificateNumber = who.CertificateNumber,
                name = who.Name,
                certificateAddress = "示例省示例市示例路 1 号",
                mailingAddress = "示例省示例市示例路 1 号 2 室",
                investor = "示例投资有限公司",
                legalRepresentative = who.Principal.Name,
            },
            principal = who.Principal.Body,
            numbers = new { subject = number },
            sites = new[] { new { number = number + "-1", name = "示例旧网站", domain } },
        };
        using var body = Issuers.Text(JsonSerializer.Serialize(line, JsonSerializerOptions.Web) + "\n", "application/x-ndjson");
        var answer = await admin.PostAsync("/api/v1/admin/subjects:import", body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
