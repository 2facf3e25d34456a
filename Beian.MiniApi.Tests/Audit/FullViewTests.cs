using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Features.Accounts;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Audit;

/// <summary>What staff see of a person, when, and that the person is told.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class FullViewTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const string Reason = "核对身份证件，测试乙要求";

    private readonly StillTime _time = new();
    private TestApp _app = null!;
    private ApplicantJourney _journey = null!;
    private Reviewing _review = null!;

    private string Url => $"/api/v1/review/filings/{_journey.FilingId}";

    public async Task InitializeAsync()
    {
        _app = TestApp.Start("Development", null, services => services.AddSingleton<TimeProvider>(_time));
        _journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Individual("seen", 6100));
        await _journey.SubmitAsync();
        _review = await Reviewing.OpenAsync(_app.Address);
    }

    public async Task DisposeAsync()
    {
        _review.Dispose();
        _journey.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Get_WithoutFullView_ShowsNothingOfThePersonInFull()
    {
        var answers = new[]
        {
            (await _review.ReadAsync(_journey)).ToString(),
            (await _review.ClaimAsync(_journey)).ToString(),
            await _review.Client.GetStringAsync("/api/v1/review/filings?state=providerReview"),
        };

        var who = _journey.Who.Principal;
        foreach (var answer in answers)
        {
            Assert.All(new[] { who.Name, who.CertificateNumber, who.Mobile, who.EmergencyPhone, who.Email }, word => Assert.DoesNotContain(word, answer, StringComparison.Ordinal));
        }

        var principal = JsonSerializer.Deserialize<JsonElement>(answers[0]).GetProperty("filing").GetProperty("subject").GetProperty("principal");
        Assert.Equal("测**", principal.GetProperty("name").GetString());
        Assert.Equal($"{who.Mobile[..3]}****{who.Mobile[7..]}", principal.GetProperty("mobile").GetString());
        Assert.Equal(JsonValueKind.Null, JsonSerializer.Deserialize<JsonElement>(answers[0]).GetProperty("fullViewEndsAt").ValueKind);
    }

    [Fact]
    public async Task FullView_WithAReason_ShowsEverythingToThatReviewerForHalfAnHour()
    {
        using var admin = await Reviewing.OpenAsync(_app.Address, "admin");
        var granted = await _review.PostAsync(_journey, "/full-view", new { reason = Reason });

        Assert.Equal(_time.GetUtcNow().AddMinutes(30).ToUnixTimeSeconds(), granted.GetProperty("endsAt").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(_journey.Who.Principal.Mobile, Mobile(await _review.ReadAsync(_journey)));
        Assert.NotEqual(_journey.Who.Principal.Mobile, Mobile(await admin.ReadAsync(_journey)));

        // Answers that are kept for repeats never hold it.
        Assert.NotEqual(_journey.Who.Principal.Mobile, Mobile(await _review.ClaimAsync(_journey)));

        _time.Advance(TimeSpan.FromMinutes(31));
        using var later = await Reviewing.OpenAsync(_app.Address);
        Assert.NotEqual(_journey.Who.Principal.Mobile, Mobile(await later.ReadAsync(_journey)));
    }

    [Fact]
    public async Task FullView_WithoutAReasonOrByAStranger_IsRefused()
    {
        foreach (var body in new object[] { new { reason = " " }, new { reason = new string('长', 5000) }, new { } })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await _review.Client.PostAsJsonAsync(Url + "/full-view", body)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await _journey.Client.PostAsJsonAsync(Url + "/full-view", new { reason = Reason })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _review.Client.PostAsJsonAsync("/api/v1/review/filings/none/full-view", new { reason = Reason })).StatusCode);
    }

    [Fact]
    public async Task Call_WithTheMaskedPhone_IsLoggedWithTheWholeOne()
    {
        var phone = (await _review.ClaimAsync(_journey)).GetProperty("phones")[0].GetString()!;
        Assert.Contains("****", phone, StringComparison.Ordinal);

        var logged = await _review.PostAsync(_journey, "/calls", new { phone, outcome = "reached" });

        Assert.Equal(phone, logged.GetProperty("rounds")[0].GetProperty("calls")[0].GetProperty("phone").GetString());
        var stored = await _app.Get<IFilingStore>().FindAsync(_journey.FilingId, default);
        Assert.Equal(_journey.Who.Principal.Mobile, stored!.Snapshot.Rounds[^1].Calls[0].Phone);
    }

    [Fact]
    public async Task AccessLog_AfterLooksOfStaff_TellsTheOwnerByRole()
    {
        await _review.ReadAsync(_journey);
        await _review.PostAsync(_journey, "/full-view", new { reason = Reason });
        await _review.ReadAsync(_journey);
        await _journey.ReadAsync();
        using var admin = await _app.StaffAsync("admin");
        await (await admin.GetAsync($"/api/v1/admin/accounts/{_journey.Who.AccountId}")).JsonAsync();

        var log = await LogAsync(_journey.Client, "?limit=6");

        Assert.Equal(
            [("admin", "viewedInFull", "account"), ("reviewer", "viewedInFull", "filing"), ("reviewer", "fullViewGranted", "filing"), ("reviewer", "viewed", "filing"), ("you", "viewed", "filing")],
            log.Items.Take(5).Select(i => (Text(i, "by"), Text(i, "act"), Text(i, "kind"))));
        Assert.All(log.Items.Skip(1).Take(4), i => Assert.Equal(_journey.FilingId, Text(i, "thingId")));
        Assert.NotNull(log.Next);
        var second = await LogAsync(_journey.Client, "?limit=100&cursor=" + log.Next);
        Assert.Empty(second.Items.Select(i => Text(i, "id")).Intersect(log.Items.Select(i => Text(i, "id"))));
        Assert.DoesNotContain("sandbox", string.Concat(log.Items), StringComparison.Ordinal);

        using var other = await _app.ApplicantAsync("nosy");
        Assert.DoesNotContain((await LogAsync(other, string.Empty)).Items, i => Text(i, "by") != "you");
    }

    [Fact]
    public async Task AccessLog_AfterStaffOpenedAPictureOrItsCopy_TellsTheOwnerOfEach()
    {
        var paper = Text((await _journey.ReadAsync()).GetProperty("materials")[0], "id");
        var picture = $"{Url}/materials/{paper}";
        await Wait.UntilAsync(async () => (await _review.Client.GetAsync(picture + "/copies/working")).IsSuccessStatusCode);
        var before = await LooksAsync();

        using var content = await _review.Client.GetAsync(picture + "/content");
        using var copy = await _review.Client.GetAsync(picture + "/copies/working");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (content.StatusCode, copy.StatusCode));
        Assert.Equal((1, 3), (before, await LooksAsync()));

        async Task<int> LooksAsync() =>
            (await LogAsync(_journey.Client, "?limit=100")).Items.Count(i => (Text(i, "by"), Text(i, "act"), Text(i, "thingId")) == ("reviewer", "viewedInFull", paper));
    }

    [Fact]
    public async Task Trail_AfterAJourney_HoldsNoPersonalDataAndVerifies()
    {
        await _review.ReadAsync(_journey);
        await _review.PostAsync(_journey, "/full-view", new { reason = Reason });

        var database = _app.Get<SqliteDatabase>();
        var rows = database.Read(connection => AuditRows.All(connection).Select(r => Encoding.UTF8.GetString(r.Entry.Canonical())).ToArray());
        Assert.True(rows.Length > 20);
        var who = _journey.Who.Principal;
        var words = new[] { who.Name, who.CertificateNumber, who.Mobile, who.Email, _journey.Who.Domain, Reason, "127.0.0.1" };
        Assert.All(rows, row => Assert.All(words, word => Assert.DoesNotContain(word, row, StringComparison.Ordinal)));
        Assert.Equal([], new SqliteAuditVerifier(_app.Get<AuditSecret>()).Verify(database.Path, [], null, default).Faults);

        var bytes = string.Concat(Directory.EnumerateFiles(_app.Folder, "beian.db*").Select(f =>
        {
            using var stream = new FileStream(f, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }));
        Assert.DoesNotContain(Reason, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heads_OfEveryDay_AreExportedAndVerifyAfterDeletionByAge()
    {
        var (keeper, file) = (_app.Get<AuditKeeper>(), _app.Get<AuditHeads>().File);
        await keeper.KeepAsync(_time.GetUtcNow(), default);
        await keeper.KeepAsync(_time.GetUtcNow(), default);
        Assert.Single(AuditHeads.Read(file));

        _time.Advance(TimeSpan.FromDays(1));
        using var next = await Reviewing.OpenAsync(_app.Address);
        await next.ReadAsync(_journey);
        await keeper.KeepAsync(_time.GetUtcNow(), default);
        Assert.Equal(2, AuditHeads.Read(file).Count);

        // Half a line, as a power cut leaves one.
        await File.AppendAllTextAsync(file, "{\"kind\":\"hea");
        _time.Advance(TimeSpan.FromDays(366));
        using var later = await Reviewing.OpenAsync(_app.Address);
        await later.ReadAsync(_journey);
        await keeper.KeepAsync(_time.GetUtcNow(), default);

        var heads = AuditHeads.Read(file);
        Assert.Equal([AuditHead.Head, AuditHead.Head, AuditHead.Checkpoint, AuditHead.Head], heads.Select(h => h.Kind));
        var verdict = new SqliteAuditVerifier(_app.Get<AuditSecret>()).Verify(_app.Get<SqliteDatabase>().Path, heads, null, default);
        Assert.Equal([], verdict.Faults);
        Assert.InRange(verdict.Entries, 1, 40);
    }

    [Fact]
    public async Task Retention_OfWhatIsOld_DeletesAndCounts()
    {
        await _review.PostAsync(_journey, "/full-view", new { reason = Reason });
        using var closed = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("closed", 6101));
        await closed.StartAsync();
        await (await closed.Client.PostAsJsonAsync(closed.Path + "/abandonment", new { })).JsonAsync();
        var work = _app.Get<RetentionWork>();
        Assert.Equal((0, 0, 0), await work.DeleteAsync(_time.GetUtcNow(), default));

        await _app.AdvanceAsync("P731D");
        _time.Advance(TimeSpan.FromDays(366));
        var (filings, messages, views) = await work.DeleteAsync(_time.GetUtcNow(), default);

        Assert.True(filings >= 1, "The abandoned filing is still there.");
        Assert.True(messages >= 1, "The inbox is as it was.");
        Assert.Equal(1, views);
        Assert.Null(await _app.Get<IFilingStore>().FindAsync(closed.FilingId, default));
        Assert.NotNull(await _app.Get<IFilingStore>().FindAsync(_journey.FilingId, default));
    }

    private static string? Mobile(JsonElement view) => view.GetProperty("filing").GetProperty("subject").GetProperty("principal").GetProperty("mobile").GetString();

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static async Task<(JsonElement[] Items, string? Next)> LogAsync(HttpClient client, string query)
    {
        var page = await (await client.GetAsync("/api/v1/me/access-log" + query)).JsonAsync();
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("nextCursor").GetString());
    }
}
