using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class JoinAccountTests
{
    private const string Join = "/api/v1/me/account";
    private const string Unknown = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task Make_ForAnAccount_GivesACodeThatFitsAScene()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);

        var answer = await admin.PostAsync("/api/v1/admin/accounts/shop/links", null);
        var link = await answer.JsonAsync(201);

        Assert.Matches("^[A-Za-z0-9_-]{22}$", link.GetProperty("code").GetString());
        Assert.Equal("join=" + link.GetProperty("code").GetString(), link.GetProperty("scene").GetString());
        Assert.Matches(@"^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]{1,32}$", link.GetProperty("scene").GetString());
        Assert.InRange((link.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalMinutes, 9.5, 10);
        Assert.StartsWith("data:image/", link.GetProperty("picture").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, link.GetProperty("qr").ValueKind);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("http5xx")]
    [InlineData("malformedJson")]
    [InlineData("dropped")]
    public async Task Make_WithWeChatInTrouble_GivesAQrCodeInTime(string kind)
    {
        await using var app = TestApp.Start(("WeChat:Codes:PatienceMilliseconds", "500"));
        using var admin = await AdminAsync(app);
        await (await app.Client.PutAsJsonAsync("/sandbox/faults", new { endpoint = "wechat", kind, delayMilliseconds = 20_000 })).JsonAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var link = await (await admin.PostAsync("/api/v1/admin/accounts/shop/links", null)).JsonAsync(201);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        Assert.Equal(JsonValueKind.Null, link.GetProperty("picture").ValueKind);
        Assert.StartsWith("data:image/png;base64,iVBOR", link.GetProperty("qr").GetString(), StringComparison.Ordinal);
        await app.Client.DeleteAsync("/sandbox/faults");
        using var alice = await app.ApplicantAsync("alice");
        Assert.Equal("shop", AccountOf(await (await JoinAsync(alice, link)).JsonAsync()));
    }

    [Fact]
    public async Task Make_ForNoAccountOrByAnybodyElse_IsRefused()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var reviewer = await app.StaffAsync("reviewer");
        using var alice = await app.ApplicantAsync("alice");

        var absent = await admin.PostAsync("/api/v1/admin/accounts/absent/links", null);

        Assert.Equal((HttpStatusCode.NotFound, "account.notFound"), (absent.StatusCode, await absent.CodeAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.PostAsync("/api/v1/admin/accounts/shop/links", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await alice.PostAsync("/api/v1/admin/accounts/shop/links", null)).StatusCode);
    }

    /// <summary>A stored answer would hold the secret.</summary>
    [Fact]
    public async Task Make_TwiceWithOneKey_GivesTwoCodes()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        admin.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        Assert.NotEqual((await MakeAsync(admin)).GetProperty("code").GetString(), (await MakeAsync(admin)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Join_WithACode_ActsAtOnceInTheSameSession()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        var own = AccountOf(await (await alice.GetAsync("/api/v1/me")).JsonAsync());
        var link = await MakeAsync(admin);

        var joined = await (await JoinAsync(alice, link)).JsonAsync();

        Assert.Equal("shop", AccountOf(joined));
        Assert.Equal("shop", AccountOf(await (await alice.GetAsync("/api/v1/me")).JsonAsync()));
        Assert.Equal("示例商店有限公司", joined.GetProperty("account").GetProperty("realName").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"/api/v1/admin/accounts/{own}")).StatusCode);
        await IsInvalidAsync(await JoinAsync(await app.ApplicantAsync("bob"), link));
    }

    [Fact]
    public async Task Join_UnknownUsedExpiredAndStrangeCodes_AreAllTheSame()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        var (used, expired) = (await MakeAsync(admin), await MakeAsync(admin));
        await JoinAsync(await app.ApplicantAsync("first"), used);
        await app.Get<IAccountLinkStore>().PruneAsync(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(10), default);

        var bodies = new List<string>();
        foreach (var code in new[] { Unknown, Code(used), Code(expired), string.Empty, new string('x', 10_000) })
        {
            var answer = await (await app.ApplicantAsync("alice" + bodies.Count)).PostAsJsonAsync(Join, new { code });
            var body = await answer.JsonAsync(422);
            Assert.Equal("/code", body.GetProperty("errors")[0].GetProperty("pointer").GetString());
            bodies.Add(Regex.Replace(body.GetRawText(), "\"traceId\":\"[^\"]*\"", string.Empty));
        }

        Assert.Single(bodies.Distinct());
    }

    [Fact]
    public async Task Join_TooManyWrongCodes_IsLimitedForThatUserAlone()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        using var bob = await app.ApplicantAsync("bob");
        var link = await MakeAsync(admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => alice.PostAsJsonAsync(Join, new { code = Unknown })));
        var right = await JoinAsync(alice, link);

        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(15, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate.linkAttempts"), (right.StatusCode, await right.CodeAsync()));
        Assert.InRange(right.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 55, 60);
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(bob, link)).StatusCode);
    }

    [Fact]
    public async Task Join_WithRightCodesAgainAndAgain_IsNeverLimited()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        var link = await MakeAsync(admin);

        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await JoinAsync(alice, i == 0 ? link : await MakeAsync(admin))).StatusCode);
        }
    }

    [Fact]
    public async Task Join_ByAMember_LeavesTheCodeForSomebodyElse()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        using var bob = await app.ApplicantAsync("bob");
        await JoinAsync(alice, await MakeAsync(admin));
        var link = await MakeAsync(admin);

        Assert.Equal("shop", AccountOf(await (await JoinAsync(alice, link)).JsonAsync()));
        Assert.Equal("shop", AccountOf(await (await JoinAsync(bob, link)).JsonAsync()));
    }

    [Fact]
    public async Task Join_WithAFilingOfOnesOwn_ChangesNothingAndLeavesTheCode()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        using var bob = await app.ApplicantAsync("bob");
        var own = AccountOf(await (await alice.GetAsync("/api/v1/me")).JsonAsync());
        await (await alice.PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201);
        var link = await MakeAsync(admin);

        var refused = await JoinAsync(alice, link);

        Assert.Equal((HttpStatusCode.Conflict, "account.userHasFilings"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Equal(own, AccountOf(await (await alice.GetAsync("/api/v1/me")).JsonAsync()));
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(bob, link)).StatusCode);
    }

    [Fact]
    public async Task Join_TwoUsersAtOnceWithOneCode_LetsOneIn()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        var users = new[] { await app.ApplicantAsync("alice"), await app.ApplicantAsync("bob"), await app.ApplicantAsync("carol") };
        for (var round = 0; round < 3; round++)
        {
            var link = await MakeAsync(admin, "race" + round);
            var answers = await Task.WhenAll(users.Select(u => JoinAsync(u, link)));

            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
            var members = (await (await admin.GetAsync($"/api/v1/admin/accounts/race{round}")).JsonAsync()).GetProperty("userIds");
            Assert.Equal(1, members.GetArrayLength());
        }
    }

    [Fact]
    public async Task Join_RepeatedWithItsKey_GetsTheFirstAnswer()
    {
        await using var app = TestApp.Start();
        using var admin = await AdminAsync(app);
        using var alice = await app.ApplicantAsync("alice");
        alice.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        var link = await MakeAsync(admin);

        var first = await JoinAsync(alice, link);
        var again = await JoinAsync(alice, link);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
    }

    private static string Code(JsonElement link) => link.GetProperty("code").GetString()!;

    private static string AccountOf(JsonElement me) => me.GetProperty("account").GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> JoinAsync(HttpClient client, JsonElement link) => client.PostAsJsonAsync(Join, new { code = Code(link) });

    private static async Task IsInvalidAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("account.linkInvalid", await answer.CodeAsync());
    }

    private static async Task<HttpClient> AdminAsync(TestApp app)
    {
        var admin = await app.StaffAsync("admin");
        await FeedAsync(admin, "shop");
        return admin;
    }

    private static Task<HttpResponseMessage> FeedAsync(HttpClient admin, string account) => admin.PutAsJsonAsync(
        $"/api/v1/admin/accounts/{account}", new { realName = new { status = "verified", kind = "organisation", name = "示例商店有限公司", verifiedAt = "2025-01-01T00:00:00Z" } });

    private static async Task<JsonElement> MakeAsync(HttpClient admin, string account = "shop")
    {
        if (account != "shop")
        {
            await FeedAsync(admin, account);
        }

        return await (await admin.PostAsync($"/api/v1/admin/accounts/{account}/links", null)).JsonAsync(201);
    }
}
