using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.AuthCodes;

public sealed class AuthCodeRouteTests : IClassFixture<RunningApp>
{
    private readonly TestApp _app;

    public AuthCodeRouteTests(RunningApp running) => _app = running.App;

    [Fact]
    public async Task Issue_TwoCodes_AreListedToTheIssuerAndCheckedByTheTarget()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("issuer");
        var (target, targetId) = await _app.OrganisationAsync("redeemer");
        await _app.ServerAsync("issue-srv", issuerId);

        var issued = await (await IssueAsync(issuer, "issue-srv", targetId, 2, "两个")).JsonAsync(201);

        var code = issued.GetProperty("items")[0].GetProperty("code").GetString()!;
        Assert.Matches("^([A-HJ-NP-Z2-9]{4}-){4}[A-HJ-NP-Z2-9]{4}$", code);
        Assert.Equal("unused", issued.GetProperty("items")[1].GetProperty("status").GetString());
        var listed = await (await issuer.GetAsync("/api/v1/auth-codes?limit=1")).JsonAsync();
        Assert.Equal(issued.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()).Max(StringComparer.Ordinal), listed.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.NotNull(listed.GetProperty("nextCursor").GetString());
        Assert.Empty((await (await target.GetAsync("/api/v1/auth-codes")).JsonAsync()).GetProperty("items").EnumerateArray());
#pragma warning disable CA1308 // Typed as people type it.
        var verdict = await (await CheckAsync(target, code.ToLowerInvariant().Replace('-', ' '))).JsonAsync();
#pragma warning restore CA1308
        Assert.True(verdict.GetProperty("valid").GetBoolean());
        Assert.Equal("cvm", verdict.GetProperty("resourceType").GetString());
        Assert.Equal("authCode.invalid", await (await CheckAsync(issuer, code)).CodeAsync());
    }

    [Fact]
    public async Task Issue_FiftyAtOnce_NeverExceedsFive()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("race");
        await _app.ServerAsync("race-srv", issuerId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => IssueAsync(issuer, "race-srv", issuerId, 1)));

        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(45, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal("authCode.quotaExceeded", await answers.First(a => a.StatusCode == HttpStatusCode.Conflict).CodeAsync());
        Assert.Equal(5, (await (await issuer.GetAsync("/api/v1/auth-codes")).JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Issue_RepeatedWithItsKey_GivesTheSameCodesOnce()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("repeat");
        await _app.ServerAsync("repeat-srv", issuerId);

        var first = await IssueAsync(issuer, "repeat-srv", issuerId, 1, key: "k-1");
        var second = await IssueAsync(issuer, "repeat-srv", issuerId, 1, key: "k-1");
        var other = await IssueAsync(issuer, "repeat-srv", issuerId, 2, key: "k-1");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal("idempotency.keyReused", await other.CodeAsync());
        Assert.Equal(1, (await (await issuer.GetAsync("/api/v1/auth-codes")).JsonAsync()).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Issue_WithoutOrganisationRealName_IsForbidden()
    {
        using var person = await _app.ApplicantAsync("person");

        var answer = await IssueAsync(person, "any", "acc", 1);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("authCode.organisationOnly", await answer.CodeAsync());
    }

    [Fact]
    public async Task Issue_EverythingWrong_PointsAtEveryField()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("wrong");
        await _app.ServerAsync("wrong-srv", issuerId, new { billing = "payAsYouGo" });

        var answer = await (await IssueAsync(issuer, "wrong-srv", "nobody-here", 6, new string('x', 101))).JsonAsync(422);

        Assert.Equal(
            [("/resourceId", "resource.notPrepaid"), ("/targetAccountId", "authCode.targetNotFound"), ("/note", "authCode.noteTooLong"), ("/count", "authCode.countOutOfRange")],
            answer.GetProperty("errors").EnumerateArray().Select(e => (e.GetProperty("pointer").GetString()!, e.GetProperty("code").GetString()!)));
    }

    [Fact]
    public async Task Issue_SomebodyElsesResource_IsLikeAMissingOne()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("foreign");
        await _app.ServerAsync("foreign-srv", "another-account");

        var foreign = await (await IssueAsync(issuer, "foreign-srv", issuerId, 1)).JsonAsync(422);
        var missing = await (await IssueAsync(issuer, "missing-srv", issuerId, 1)).JsonAsync(422);

        Assert.Equal("resource.notFound", foreign.GetProperty("code").GetString());
        Assert.Equal(foreign.GetProperty("errors").ToString(), missing.GetProperty("errors").ToString());
    }

    [Fact]
    public async Task Change_UnusedCode_MovesItAndInvalidatesTheOldTarget()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("changer");
        var (target, targetId) = await _app.OrganisationAsync("newtarget");
        await _app.ServerAsync("change-1", issuerId);
        await _app.ServerAsync("change-2", issuerId);
        var item = (await (await IssueAsync(issuer, "change-1", issuerId, 1)).JsonAsync(201)).GetProperty("items")[0];

        var changed = await (await issuer.PutAsJsonAsync($"/api/v1/auth-codes/{Id(item)}", new { resourceId = "change-2", targetAccountId = targetId, note = "新" })).JsonAsync();

        Assert.Equal(("change-2", targetId, "新"), (changed.GetProperty("resourceId").GetString(), changed.GetProperty("targetAccountId").GetString(), changed.GetProperty("note").GetString()));
        Assert.Equal(item.GetProperty("code").GetString(), changed.GetProperty("code").GetString());
        await (await CheckAsync(target, item.GetProperty("code").GetString())).JsonAsync();
        Assert.Equal("authCode.invalid", await (await CheckAsync(issuer, item.GetProperty("code").GetString())).CodeAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await target.PutAsJsonAsync($"/api/v1/auth-codes/{Id(item)}", new { note = "mine" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await target.DeleteAsync($"/api/v1/auth-codes/{Id(item)}")).StatusCode);
    }

    [Theory]
    [InlineData("held", false, "inUse", "authCode.inUse")]
    [InlineData("usedup", true, "used", "authCode.used")]
    public async Task Change_CodeThatAFilingHolds_Conflicts(string name, bool used, string status, string refusal)
    {
        var (issuer, issuerId) = await _app.OrganisationAsync(name);
        await _app.ServerAsync(name + "-srv", issuerId);
        var item = (await (await IssueAsync(issuer, name + "-srv", issuerId, 1)).JsonAsync(201)).GetProperty("items")[0];
        await HoldAsync("code:" + Id(item), used);

        Assert.Equal("authCode.inUse", await (await issuer.PutAsJsonAsync($"/api/v1/auth-codes/{Id(item)}", new { note = "x" })).CodeAsync());
        var deleted = await issuer.DeleteAsync($"/api/v1/auth-codes/{Id(item)}");
        Assert.Equal((HttpStatusCode.Conflict, "authCode.inUse"), (deleted.StatusCode, await deleted.CodeAsync()));
        Assert.Equal(refusal, await (await CheckAsync(issuer, item.GetProperty("code").GetString())).CodeAsync());
        var listed = (await (await issuer.GetAsync("/api/v1/auth-codes")).JsonAsync()).GetProperty("items")[0];
        Assert.Equal(status, listed.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Delete_Unused_IsGone()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("gone");
        await _app.ServerAsync("gone-srv", issuerId);
        var item = (await (await IssueAsync(issuer, "gone-srv", issuerId, 1)).JsonAsync(201)).GetProperty("items")[0];

        Assert.Equal(HttpStatusCode.NoContent, (await issuer.DeleteAsync($"/api/v1/auth-codes/{Id(item)}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await issuer.DeleteAsync($"/api/v1/auth-codes/{Id(item)}")).StatusCode);
        Assert.Equal("authCode.invalid", await (await CheckAsync(issuer, item.GetProperty("code").GetString())).CodeAsync());
    }

    [Fact]
    public async Task Check_ResourceRunsOutOrIsGivenAway_TellsWhyAndRecovers()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("runsout");
        await _app.ServerAsync("out-srv", issuerId);
        var code = (await (await IssueAsync(issuer, "out-srv", issuerId, 1)).JsonAsync(201)).GetProperty("items")[0].GetProperty("code").GetString();

        await _app.ServerAsync("out-srv", issuerId, new { expiresAt = TimeProvider.System.GetUtcNow().AddDays(20) });
        Assert.Equal("resource.expiring", await (await CheckAsync(issuer, code)).CodeAsync());
        await _app.ServerAsync("out-srv", issuerId, new { expiresAt = TimeProvider.System.GetUtcNow().AddDays(-1) });
        Assert.Equal("authCode.expired", await (await CheckAsync(issuer, code)).CodeAsync());
        Assert.Equal("invalid", (await (await issuer.GetAsync("/api/v1/auth-codes")).JsonAsync()).GetProperty("items")[0].GetProperty("status").GetString());
        await _app.ServerAsync("out-srv", "another-account");
        Assert.Equal("authCode.invalid", await (await CheckAsync(issuer, code)).CodeAsync());
        await _app.ServerAsync("out-srv", issuerId);
        await (await CheckAsync(issuer, code)).JsonAsync();
    }

    [Fact]
    public async Task Check_FiveWrongCodes_ThenNotEvenARightOne()
    {
        var (issuer, issuerId) = await _app.OrganisationAsync("guess");
        await _app.ServerAsync("guess-srv", issuerId);
        var code = (await (await IssueAsync(issuer, "guess-srv", issuerId, 1)).JsonAsync(201)).GetProperty("items")[0].GetProperty("code").GetString();

        var guesses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CheckAsync(issuer, "AAAA-BBBB-CCCC-DDDD-EEEE")));
        var right = await CheckAsync(issuer, code);

        Assert.Equal(5, guesses.Count(g => g.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(15, guesses.Count(g => g.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal("rate.codeAttempts", await right.CodeAsync());
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Any_ByStaffOrNobody_IsRefused()
    {
        using var admin = await _app.StaffAsync("admin");

        Assert.Equal(HttpStatusCode.Forbidden, (await admin.GetAsync("/api/v1/auth-codes")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await CheckAsync(admin, "x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.Client.GetAsync("/api/v1/auth-codes")).StatusCode);
    }

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;

    private static async Task<HttpResponseMessage> IssueAsync(HttpClient client, string resourceId, string targetAccountId, int count, string? note = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth-codes") { Content = JsonContent.Create(new { resourceId, targetAccountId, count, note }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> CheckAsync(HttpClient client, string? code) => client.PostAsJsonAsync("/api/v1/auth-codes/check", new { code });

    private Task<int> HoldAsync(string key, bool used) => _app.Get<SqliteDatabase>().WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, 'filing-1', 'x', $used);";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$used", used ? 1 : 0);
            return command.ExecuteNonQuery();
        },
        default);
}
