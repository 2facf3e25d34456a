using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class ConsentTests
{
    private const string Consents = "/api/v1/me/consents";

    private static string Version(string id) => TheBook.Shipped.Tables.Agreements.Single(a => a.Id == id).Version;

    [Fact]
    public async Task Give_TheCurrentVersion_IsRecordedOnce()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");

        var given = await GiveAsync(alice, "privacy");
        var again = await GiveAsync(alice, "privacy");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (given.StatusCode, again.StatusCode));
        Assert.Equal((await given.JsonAsync(201)).GetProperty("id").GetString(), (await again.JsonAsync()).GetProperty("id").GetString());
        var record = Assert.Single(await ListAsync(alice));
        Assert.Equal(("privacy", Version("privacy"), "given", "user"), Tell(record));
        Assert.Empty(await ListAsync(await app.ApplicantAsync("bob")));
    }

    [Fact]
    public async Task Give_AnotherVersionOrText_IsRefusedWithTheCurrentOne()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");

        var outdated = await (await alice.PostAsJsonAsync(Consents, new { id = "privacy", version = "2020-01-01" })).JsonAsync(409);
        var unknown = await (await alice.PostAsJsonAsync(Consents, new { id = "newsletter", version = "1" })).JsonAsync(422);

        Assert.Equal("consent.outdated", outdated.GetProperty("code").GetString());
        Assert.Equal(Version("privacy"), outdated.GetProperty("current").GetProperty("version").GetString());
        Assert.Equal("consent.unknownText", unknown.GetProperty("code").GetString());
        Assert.Empty(await ListAsync(alice));
    }

    [Fact]
    public async Task Withdraw_WhereItCanBe_SaysWhatFollowsAndAddsToTheHistory()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");
        alice.DefaultRequestHeaders.Add("Accept-Language", "en");
        await GiveAsync(alice, "privacy");

        var withdrawn = await (await alice.DeleteAsync($"{Consents}/privacy")).JsonAsync();
        var twice = await alice.DeleteAsync($"{Consents}/privacy");
        await GiveAsync(alice, "privacy");

        Assert.Contains("cannot be submitted until you consent again", withdrawn.GetProperty("consequences").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "consent.notGiven"), (twice.StatusCode, await twice.CodeAsync()));
        Assert.Equal(["given", "withdrawn", "given"], (await ListAsync(alice)).Select(c => c.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task GiveAndWithdraw_ManyAtOnce_AreRecordedOnce()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");

        for (var round = 1; round <= 3; round++)
        {
            var given = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => GiveAsync(alice, "privacy")));
            var withdrawn = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => alice.DeleteAsync($"{Consents}/privacy")));

            Assert.Equal([.. Enumerable.Repeat(200, 11), 201], given.Select(a => (int)a.StatusCode).Order());
            Assert.Equal([200, .. Enumerable.Repeat(404, 11)], withdrawn.Select(a => (int)a.StatusCode).Order());
            Assert.Equal(2 * round, (await ListAsync(alice)).Count);
        }
    }

    [Fact]
    public async Task Withdraw_ByTheIdOfARecord_TakesTheCallersStandingOneOnly()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");
        using var bob = await app.ApplicantAsync("bob");
        await GiveAsync(bob, "privacy");
        var id = (await (await GiveAsync(alice, "privacy")).JsonAsync(201)).GetProperty("id").GetString();

        var foreign = await bob.DeleteAsync($"{Consents}/{id}");
        var withdrawn = await (await alice.DeleteAsync($"{Consents}/{id}")).JsonAsync();
        await GiveAsync(alice, "privacy");
        var old = await alice.DeleteAsync($"{Consents}/{id}");

        Assert.Equal("consent.notGiven", await foreign.CodeAsync());
        Assert.Equal(("privacy", Version("privacy"), "withdrawn", "user"), Tell(withdrawn.GetProperty("consent")));
        Assert.Equal("consent.notGiven", await old.CodeAsync());
        Assert.Equal(["given", "withdrawn", "given"], (await ListAsync(alice)).Select(c => c.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task Withdraw_ACommitment_IsRefused()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");
        await GiveAsync(alice, "filingCommitment");

        var refused = await alice.DeleteAsync($"{Consents}/filingCommitment");
        var never = await alice.DeleteAsync($"{Consents}/terms");

        Assert.Equal((HttpStatusCode.Conflict, "consent.notWithdrawable"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.Equal("consent.notGiven", await never.CodeAsync());
        Assert.Single(await ListAsync(alice));
    }

    [Fact]
    public async Task Submit_AFiling_RecordsItsAgreementsForTheUser()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("consenting", 650));
        await journey.SubmitAsync();

        var first = await ListAsync(journey.Client);
        await journey.WithdrawAsync();
        await journey.SubmitAsync();
        var second = await ListAsync(journey.Client);

        Assert.Equal(TheBook.Shipped.Tables.Agreements.Select(a => $"{a.Id} {a.Version} given submission").Order(), first.Select(Tell).Select(c => $"{c.Item1} {c.Item2} {c.Item3} {c.Item4}").Order());
        Assert.All(first, c => Assert.Equal(journey.FilingId, c.GetProperty("filingId").GetString()));
        Assert.Equal(6, second.Count);
        Assert.Equal(first.Select(c => c.GetProperty("id").GetString()), second.Skip(3).Select(c => c.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task List_AfterAWithdrawalInsideWeChat_ShowsIt()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        using var alice = app.ClientOf(login);
        await GiveAsync(alice, "privacy");
        var openId = (await app.Get<IUserStore>().FindAsync(login.Id, default))!.OpenId;
        await app.Get<IAuthorizationRevocationStore>().AddAsync(
            new AuthorizationRevocation(app.Get<BlindIndex>().Of(BlindIndex.OpenId, openId), "301", TimeProvider.System.GetUtcNow().AddMinutes(1)), default);

        var page = await (await alice.GetAsync(Consents + "?limit=1")).JsonAsync();
        var next = await (await alice.GetAsync($"{Consents}?limit=1&cursor={page.GetProperty("nextCursor").GetString()}")).JsonAsync();

        Assert.Equal(("wechat", null, "withdrawn", "wechat"), Tell(page.GetProperty("items")[0]));
        Assert.Equal("301", page.GetProperty("items")[0].GetProperty("note").GetString());
        Assert.Equal("privacy", next.GetProperty("items")[0].GetProperty("textId").GetString());
        Assert.Equal(JsonValueKind.Null, next.GetProperty("nextCursor").ValueKind);
    }

    private static (string?, string?, string?, string?) Tell(JsonElement c) =>
        (c.GetProperty("textId").GetString(), c.GetProperty("version").GetString(), c.GetProperty("action").GetString(), c.GetProperty("source").GetString());

    private static Task<HttpResponseMessage> GiveAsync(HttpClient client, string id) => client.PostAsJsonAsync(Consents, new { id, version = Version(id) });

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(HttpClient client) => [.. (await (await client.GetAsync(Consents)).JsonAsync()).GetProperty("items").EnumerateArray()];
}
