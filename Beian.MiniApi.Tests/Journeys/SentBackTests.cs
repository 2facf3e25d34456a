using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>What happens when a filing does not go straight through.</summary>
public sealed class SentBackTests(RunningApp running) : IClassFixture<RunningApp>
{
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Rejection_ByField_OpensThatFieldAndTheFilingGoesThrough()
    {
        using var journey = await SubmittedAsync(Applicant.Organisation("mender", 230));
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ClaimAsync(journey);
        await review.RejectAsync(journey, "modification", new { pointer = "/sites/0/name", reason = "名称过于笼统", suggestion = "写明内容" });

        var filing = await journey.ReadAsync();
        Assert.Equal(("modificationRequested", "marked"), (journey.State, filing.GetProperty("editable").GetString()));
        var finding = Assert.Single(filing.GetProperty("rejection").GetProperty("findings").EnumerateArray());
        Assert.Equal(("/sites/0/name", "写明内容"), (finding.GetProperty("pointer").GetString(), finding.GetProperty("suggestion").GetString()));
        var locked = await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", journey.SubjectBody("别的备注"));
        Assert.Equal("filing.fieldLocked", (await locked.JsonAsync(409)).GetProperty("code").GetString());

        // Repeating what is locked is fine.
        await journey.PutSubjectAsync();
        await RenameAsync(journey, "示例科技新产品展示");
        await journey.SubmitAsync();
        var seen = await review.ReadAsync(journey);

        var change = Assert.Single(seen.GetProperty("changes").EnumerateArray());
        Assert.Equal(("/sites/0/name", "示例科技新产品展示"), (change.GetProperty("pointer").GetString(), change.GetProperty("after").GetString()));
        Assert.Equal(2, seen.GetProperty("rounds").GetArrayLength());
        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026023001号");
    }

    [Fact]
    public async Task AuthorityRejection_IsMendedAndReviewedAgain()
    {
        using var journey = await SubmittedAsync(Applicant.Organisation("patient", 231));
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PassAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.PostAsync(journey, "/authority-result", new { result = "rejected", reason = "网站名称不符合要求", findings = new[] { new { pointer = "/sites/0", reason = "名称" } } });

        await journey.ReadAsync();
        Assert.Equal("authorityRejected", journey.State);
        await RenameAsync(journey, "示例科技产品目录");
        await journey.SubmitAsync();

        Assert.Equal("providerReview", journey.State);
        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026023101号");
    }

    [Fact]
    public async Task Withdrawal_KeepsEverythingTyped()
    {
        using var journey = await SubmittedAsync(Applicant.Organisation("hesitant", 232));
        var before = journey.Filing.GetProperty("subject").ToString();

        await journey.WithdrawAsync();

        Assert.Equal("draft", journey.State);
        Assert.Equal(before, journey.Filing.GetProperty("subject").ToString());
        Assert.True(journey.Filing.GetProperty("requirements").GetProperty("complete").GetBoolean());
        await journey.SubmitAsync();
    }

    [Fact]
    public async Task Withdrawal_WithAReason_TellsItToTheApplicantAndTheReviewers()
    {
        const string why = "负责人要换，电话 13800000000";
        using var journey = await SubmittedAsync(Applicant.Organisation("reasoner", 236));
        var tooLong = await journey.Client.PostAsJsonAsync($"{journey.Path}/withdrawal", new { reason = new string('长', 2001) });

        var withdrawn = await journey.Client.PostAsJsonAsync($"{journey.Path}/withdrawal", new { reason = $" {why} " });
        await withdrawn.JsonAsync();
        var timeline = await (await journey.Client.GetAsync($"{journey.Path}/timeline")).JsonAsync();
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        var history = (await review.ReadAsync(journey)).GetProperty("history");
        var exported = await (await journey.Client.GetAsync("/api/v1/me/export")).JsonAsync();

        var problem = await tooLong.JsonAsync(400);
        Assert.Equal("/reason", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        var told = timeline.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("action").GetString() == "withdraw");
        Assert.Equal(("applicant", why), (told.GetProperty("actorRole").GetString(), told.GetProperty("message").GetString()));
        Assert.Equal(why, history.EnumerateArray().Single(e => e.GetProperty("action").GetString() == "withdraw").GetProperty("note").GetString());
        Assert.Contains(why, exported.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(why, _app.Get<SqliteDatabase>().Read(Payload), StringComparison.Ordinal);

        string Payload(SqliteConnection connection)
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT payload FROM filings WHERE id = $id;";
            query.Parameters.AddWithValue("$id", journey.FilingId);
            return Encoding.UTF8.GetString((byte[])query.ExecuteScalar()!);
        }
    }

    [Fact]
    public async Task Abandonment_FreesDomainAndCode()
    {
        var (issuer, issuerAccount) = await _app.OrganisationAsync("issuerofquitter");
        await _app.ServerAsync("issuer-server-quitter", issuerAccount);
        var who = Applicant.Organisation("quitter", 233);
        using var opened = await ApplicantJourney.OpenAsync(_app.Address, who);
        var issued = await issuer.PostAsJsonAsync("/api/v1/auth-codes", new { resourceId = "issuer-server-quitter", targetAccountId = who.AccountId, count = 1 });
        var code = (await issued.JsonAsync(201)).GetProperty("items")[0].GetProperty("code").GetString()!;
        using var journey = await SubmittedAsync(who with { AuthCode = code });
        Assert.Equal("inUse", await StatusAsync(issuer));

        await journey.WithdrawAsync();
        await journey.AbandonAsync();

        Assert.Equal("abandoned", journey.State);
        Assert.Equal("unused", await StatusAsync(issuer));
        using var heir = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("heir", 234) with { Domain = who.Domain });
        Assert.Equal("verified", heir.Filing.GetProperty("verification").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Approval_WithoutClaimOrCall_IsRefused()
    {
        using var journey = await SubmittedAsync(Applicant.Organisation("orderly", 235));
        using var review = await Reviewing.OpenAsync(_app.Address);

        var unclaimed = await review.PostAsync(journey, "/approval", null, 409);
        await review.ClaimAsync(journey);
        var uncalled = await review.PostAsync(journey, "/approval", null, 409);
        using var other = await Reviewing.OpenAsync(_app.Address, "admin");
        var foreign = await other.PostAsync(journey, "/claim", null, 409);

        Assert.Equal("review.notClaimed", unclaimed.GetProperty("code").GetString());
        Assert.Equal("review.callNotReached", uncalled.GetProperty("code").GetString());
        Assert.Equal("review.claimedByOther", foreign.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Submission_Incomplete_NamesEveryOpenPoint()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("hasty", 236));
        await journey.StartAsync();

        var refused = await journey.Client.PostAsJsonAsync($"{journey.Path}/submission", new { agreements = Array.Empty<object>() });

        var problem = await refused.JsonAsync(422);
        Assert.Equal("filing.incomplete", problem.GetProperty("code").GetString());
        string[] codes = [.. problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()!)];
        Assert.Contains("verification.domain.missing", codes);
        Assert.Contains("subject.name.missing", codes);
        Assert.Contains("person.mobile.missing", codes);
        Assert.Contains("agreement.missing", codes);
        Assert.All(problem.GetProperty("errors").EnumerateArray(), e => Assert.NotEqual(e.GetProperty("code").GetString(), e.GetProperty("message").GetString()));
        await journey.ReadAsync();
        Assert.Equal("draft", journey.State);
    }

    private async Task<ApplicantJourney> SubmittedAsync(Applicant who)
    {
        var journey = await ApplicantJourney.FilledAsync(_app.Address, who);
        await journey.SubmitAsync();
        return journey;
    }

    private static async Task RenameAsync(ApplicantJourney journey, string name)
    {
        var body = new
        {
            kind = "website",
            name,
            homeUrl = "https://www." + journey.Who.Domain,
            serviceContents = new[] { 1 },
            languages = new[] { 1 },
            preApprovals = new[] { new { type = "none" } },
        };
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{journey.SiteId}", body)).JsonAsync();
    }

    private static async Task<string?> StatusAsync(HttpClient issuer)
    {
        JsonElement codes = await (await issuer.GetAsync("/api/v1/auth-codes")).JsonAsync();
        return Assert.Single(codes.GetProperty("items").EnumerateArray()).GetProperty("status").GetString();
    }
}
