using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class EraseMeTests
{
    private const string Me = "/api/v1/me";

    [Fact]
    public async Task Erase_WithoutAnything_EndsTheTokensAndTheNextLoginIsSomebodyNew()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var other = await app.LogInAsync("alice");
        using var client = app.ClientOf(login);

        var erased = await (await client.DeleteAsync(Me)).JsonAsync();

        Assert.Contains("profile", erased.GetProperty("erased").EnumerateArray().Select(e => e.GetProperty("what").GetString()));
        Assert.Equal(2, erased.GetProperty("erased").EnumerateArray().Single(e => e.GetProperty("what").GetString() == "sessions").GetProperty("count").GetInt32());
        Assert.Empty(erased.GetProperty("kept").EnumerateArray());
        await IsOverAsync(await client.DeleteAsync(Me));
        await IsOverAsync(await app.ClientOf(other).GetAsync(Me));
        Assert.Equal("auth.refreshInvalid", await (await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.RefreshToken })).CodeAsync());
        var again = await app.LogInAsync("alice");
        Assert.NotEqual(login.Id, again.Id);
        Assert.True(again.Answer.GetProperty("user").GetProperty("isNew").GetBoolean());
    }

    [Fact]
    public async Task Erase_WithADraft_ReleasesWhatItHeld()
    {
        await using var app = TestApp.Start();
        using var first = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("erasehold", 630));
        await first.StartAsync();
        await first.VerifyAsync();
        Assert.NotEmpty(await app.Get<IHoldReader>().FindByPrefixAsync("domain:erasehold", default));

        Assert.Equal(HttpStatusCode.OK, (await first.Client.DeleteAsync(Me)).StatusCode);

        Assert.Empty(await app.Get<IHoldReader>().FindByPrefixAsync(string.Empty, default));
        using var second = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("erasenext", 631) with { Domain = first.Who.Domain });
        await second.StartAsync();
        await second.VerifyAsync();
        Assert.Equal("verified", second.Filing.GetProperty("verification").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Erase_WithAFilingInReview_IsRefusedUntilItIsWithdrawn()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("erasebusy", 632));
        await journey.SubmitAsync();

        var refused = await journey.Client.DeleteAsync(Me);
        var problem = await refused.JsonAsync(409);
        await journey.WithdrawAsync();
        var erased = await journey.Client.DeleteAsync(Me);

        Assert.Equal("account.filingInProgress", problem.GetProperty("code").GetString());
        Assert.Equal("providerReview", problem.GetProperty("state").GetString());
        Assert.Equal(journey.Filing.GetProperty("number").GetString(), problem.GetProperty("current").GetProperty("number").GetString());
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        Assert.Null(await app.Get<IFilingStore>().FindAsync(journey.FilingId, default));
    }

    [Fact]
    public async Task Erase_WithAnApprovedFiling_KeepsItWithoutTheUser()
    {
        await using var app = TestApp.Start(("Retention:ApprovedFilingDays", "10"));
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("erasefiled", 633));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ApproveAllTheWayAsync(journey, "浙ICP备2026063301号");
        await WaitForSubjectAsync(journey);
        var person = await APerson.OfAsync(app, journey);
        var exported = await (await journey.Client.GetAsync("/api/v1/me/export")).JsonAsync();
        Assert.Equal("浙ICP备2026063301号", exported.GetProperty("subject").GetProperty("number").GetString());

        var erased = await (await journey.Client.DeleteAsync(Me)).JsonAsync();

        var kept = erased.GetProperty("kept").EnumerateArray().Select(k => (k.GetProperty("what").GetString(), k.GetProperty("number").GetString(), k.GetProperty("until").ValueKind)).ToArray();
        Assert.Contains(("filings", journey.Filing.GetProperty("number").GetString(), JsonValueKind.String), kept);
        Assert.Contains(("subjects", "浙ICP备2026063301号", JsonValueKind.String), kept);
        Assert.Contains(("consents", null, JsonValueKind.Null), kept);
        Assert.All(APerson.TablesOf(app).Except(["audit_entries"]), t => Assert.Empty(person.RowsWith(t, [person.UserId, person.OpenId, .. person.SessionIds])));
        Assert.Equal("approved", (await review.ReadAsync(journey)).GetProperty("filing").GetProperty("state").GetString());
        Assert.Single(person.RowsWith("subjects", ["浙ICP备2026063301号"]));

        await app.AdvanceAsync("P11D");
        await app.Get<Erasing>().SweepAsync(default);

        Assert.All(APerson.TablesOf(app).Except(["erased_accounts", "resources", "accounts", "attempts", "audit_entries"]), t => Assert.Empty(person.RowsWith(t, person.Ids.Concat(person.Words).Append("浙ICP备2026063301号"))));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Folder, "hand-over")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Folder, "materials", "kept"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Erase_InTheMiddleOfAnUpload_TakesItAway()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("eraseupload");
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads") { Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", "100" } } };
        var begun = await client.SendAsync(begin);
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        using var piece = new HttpRequestMessage(HttpMethod.Patch, begun.Headers.Location) { Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Offset", "0" } } };
        piece.Content = new ByteArrayContent(new byte[40]) { Headers = { ContentType = new("application/offset+octet-stream") } };
        Assert.Equal(HttpStatusCode.NoContent, (await client.SendAsync(piece)).StatusCode);

        await (await client.DeleteAsync(Me)).JsonAsync();
        await app.Get<ResumableUploads>().PruneAsync(default);

        Assert.Empty(app.Get<SqliteDatabase>().Read(c => AccountRows.Texts(c, "SELECT id FROM resumable_uploads WHERE owner <> $a;", "nothing")));
        Assert.DoesNotContain(Directory.EnumerateFiles(app.Folder, "*", SearchOption.AllDirectories), f => f.Contains(begun.Headers.Location!.ToString().Split('/')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Erase_OneOfTwoUsers_LeavesTheFilingsToTheOther()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("eraseshared", 634));
        await journey.SubmitAsync();
        var bob = await app.LogInAsync("sharedbob");
        var person = await APerson.OfAsync(app, journey);
        using var admin = await app.StaffAsync("admin");
        var link = await (await admin.PostAsync($"/api/v1/admin/accounts/{person.AccountId}/links", null)).JsonAsync(201);
        using var client = app.ClientOf(bob);
        await (await client.PostAsJsonAsync("/api/v1/me/account", new { code = link.GetProperty("code").GetString() })).JsonAsync();

        var erased = await (await journey.Client.DeleteAsync(Me)).JsonAsync();

        Assert.Contains("retention.sharedAccount", erased.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("code").GetString()));
        Assert.Equal("providerReview", (await (await client.GetAsync(journey.Path)).JsonAsync()).GetProperty("state").GetString());
        Assert.All(APerson.TablesOf(app).Except(["audit_entries"]), t => Assert.Empty(person.RowsWith(t, [person.UserId, person.OpenId])));
        Assert.Equal("account.filingInProgress", await (await client.DeleteAsync(Me)).CodeAsync());
        var history = (await (await client.GetAsync($"{journey.Path}/timeline")).JsonAsync()).GetProperty("items");
        Assert.Contains("submit", history.EnumerateArray().Select(i => i.GetProperty("action").GetString()));
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
    }

    [Fact]
    public async Task Erase_BothUsersAtOnce_LeavesNobodyAndNothing()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("eraseboth", 635));
        await journey.StartAsync();
        var bob = await app.LogInAsync("bothbob");
        var person = await APerson.OfAsync(app, journey);
        using var admin = await app.StaffAsync("admin");
        await (await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{person.AccountId}", new { userIds = new[] { person.UserId, bob.Id } })).JsonAsync();

        var answers = await Task.WhenAll(journey.Client.DeleteAsync(Me), app.ClientOf(bob).DeleteAsync(Me));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Empty(person.RowsWith("filings", [journey.FilingId]));
        Assert.Empty(person.RowsWith("users", [person.AccountId]));
    }

    [Fact]
    public async Task Erase_SentManyTimesAtOnce_HappensOnce()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.DeleteAsync(Me)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.OK), a => Assert.True(a.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, a.StatusCode.ToString()));
    }

    [Fact]
    public async Task Erase_WhileTheUserWritesOn_LeavesNothingBehind()
    {
        await using var app = TestApp.Start();
        for (var round = 0; round < 8; round++)
        {
            var login = await app.LogInAsync("racing" + round);
            using var client = app.ClientOf(login);
            var account = (await (await client.GetAsync(Me)).JsonAsync()).GetProperty("account").GetProperty("id").GetString()!;
            var writes = Enumerable.Range(0, 4).Select(_ => client.PostAsJsonAsync("/api/v1/filings", new { })).ToList();
            await Task.Delay(round * 2);
            var erased = client.DeleteAsync(Me);
            var logins = app.LogInAsync("racing" + round);
            writes.AddRange(Enumerable.Range(0, 4).Select(_ => client.PostAsJsonAsync("/api/v1/filings", new { })));
            await Task.WhenAll([.. writes, erased, logins]);

            Assert.Equal(HttpStatusCode.OK, (await erased).StatusCode);
            Assert.DoesNotContain(writes, w => (int)w.Result.StatusCode >= 500);
            Assert.All(await app.Get<IFilingStore>().ListAsync(account, null, 10, default), f => Assert.Fail($"Filing {f.Id} belongs to nobody."));
        }
    }

    [Fact]
    public async Task Sweep_OneFileThatCannotBeDeleted_KeepsNoOther()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("erasestuck", 641));
        await journey.StartAsync();
        foreach (var part in new[] { "front", "back" })
        {
            await (await journey.Client.ReadAsync($"{OcrCalls.IdCard}?filingId={journey.FilingId}&part={part}", OcrCalls.Picture())).JsonAsync();
        }

        var userId = (await (await journey.Client.GetAsync(Me)).JsonAsync()).GetProperty("id").GetString()!;
        Assert.Null((await app.Get<IErasureStore>().EraseAsync(userId, null, TimeProvider.System.GetUtcNow(), default)).Error);
        var files = await app.Get<IErasureStore>().FilesAsync(9, default);
        Assert.Equal(2, files.Count);

        await ActivatorUtilities.CreateInstance<Erasing>(app.Services, new WornDisk(app.Get<IMaterialStore>(), files[0].Name)).SweepAsync(default);

        Assert.Equal([files[0]], await app.Get<IErasureStore>().FilesAsync(9, default));
        await app.Get<Erasing>().SweepAsync(default);
        Assert.Empty(await app.Get<IErasureStore>().FilesAsync(9, default));
    }

    [Fact]
    public async Task Erase_TheSameWeChatUserAgainAndAgain_IsLimited()
    {
        await using var app = TestApp.Start();
        for (var i = 0; i < 3; i++)
        {
            using var client = await app.ApplicantAsync("alice");
            Assert.Equal(HttpStatusCode.OK, (await client.DeleteAsync(Me)).StatusCode);
        }

        using var fourth = await app.ApplicantAsync("alice");
        var refused = await fourth.DeleteAsync(Me);

        Assert.Equal((HttpStatusCode.TooManyRequests, "rate.erasures"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Erase_AsStaff_IsForbidden()
    {
        await using var app = TestApp.Start();
        using var reviewer = await app.StaffAsync("reviewer");

        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.DeleteAsync(Me)).StatusCode);
    }

    private static async Task IsOverAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.sessionEnded", await answer.CodeAsync());
    }

    private static async Task WaitForSubjectAsync(ApplicantJourney journey)
    {
        for (var i = 0; i < 100; i++)
        {
            if ((await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync()).GetProperty("items").GetArrayLength() > 0)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>The real store on a disk that does not let go of one file.</summary>
    private sealed class WornDisk(IMaterialStore disk, string stuck) : IMaterialStore
    {
        public Task<bool> DeleteAsync(string materialId, CancellationToken cancellationToken) =>
            materialId == stuck ? throw new IOException("stuck") : disk.DeleteAsync(materialId, cancellationToken);

        public Task<StagedMaterial?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) => disk.StageAsync(content, maxBytes, cancellationToken);

        public Task CommitAsync(StagedMaterial staged, string materialId, CancellationToken cancellationToken) => disk.CommitAsync(staged, materialId, cancellationToken);

        public Task<Stream?> OpenAsync(string materialId, CancellationToken cancellationToken) => disk.OpenAsync(materialId, cancellationToken);

        public Task<int> SweepStagedAsync(DateTimeOffset before, CancellationToken cancellationToken) => disk.SweepStagedAsync(before, cancellationToken);

        public Task<int> SweepOrphansAsync(DateTimeOffset before, Func<string, CancellationToken, Task<bool>> isKnown, CancellationToken cancellationToken) =>
            disk.SweepOrphansAsync(before, isKnown, cancellationToken);
    }
}
