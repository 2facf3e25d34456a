using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class ExportMeTests
{
    private const string Export = "/api/v1/me/export";

    [Fact]
    public async Task Export_OfASubmittedFiling_HoldsItWholeWithoutStaffAndOthers()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("exportwhole", 640));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        await review.RejectAsync(journey, "modification", new { pointer = "/subject/remark", reason = "made up" });
        var staff = (await review.ReadAsync(journey)).GetProperty("history").EnumerateArray().Select(h => h.GetProperty("actorId").GetString()!).ToArray();
        var bob = await app.LogInAsync("exportbob");
        var person = await APerson.OfAsync(app, journey);
        using var admin = await app.StaffAsync("admin");
        await (await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{person.AccountId}", new { userIds = new[] { person.UserId, bob.Id } })).JsonAsync();

        var answer = await journey.Client.GetAsync(Export);
        var text = await answer.Content.ReadAsStringAsync();
        var export = await answer.JsonAsync();

        Assert.Equal(1, export.GetProperty("format").GetInt32());
        Assert.Equal(2, export.GetProperty("account").GetProperty("users").GetInt32());
        var filing = Assert.Single(export.GetProperty("filings").EnumerateArray());
        Assert.Equal(journey.Who.Principal.CertificateNumber, filing.GetProperty("form").GetProperty("subject").GetProperty("principal").GetProperty("certificateNumber").GetString());
        var round = Assert.Single(filing.GetProperty("rounds").EnumerateArray());
        Assert.Equal(journey.Who.Principal.Mobile, round.GetProperty("calls")[0].GetProperty("phone").GetString());
        Assert.Equal("made up", round.GetProperty("findings")[0].GetProperty("reason").GetString());
        Assert.Contains("requestModification", filing.GetProperty("history").EnumerateArray().Select(h => h.GetProperty("action").GetString()));
        var content = round.GetProperty("form").GetProperty("materials")[0].GetProperty("content").GetString();
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync(content)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync(filing.GetProperty("letters").GetString())).StatusCode);
        Assert.All(staff.Except([person.UserId, "system"]).Append(bob.Id).Append(person.OpenId), id => Assert.DoesNotContain(id, text, StringComparison.Ordinal));
        Assert.DoesNotContain(@"\u", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAFilingThatWasTold_HoldsItsMessagesWithTheirAddressesAndTheCallWindow()
    {
        await using var app = TestApp.Start(("Notify:QuietFrom", "00:00"), ("Notify:QuietTo", "00:00"));
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("exporttold", 641));
        await (await journey.Client.PutAsJsonAsync(journey.Path + "/call-window", new { from = "10:00", to = "12:00", note = "请拨打手机" })).JsonAsync();
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        await review.ApproveAsync(journey);
        var queue = app.Get<Beian.MiniApi.Storage.IDeliveryStore>();
        await Wait.UntilAsync(async () => (await queue.PageAsync(new(FilingId: journey.FilingId), null, 100, default)).Count(d => d is { Event: "approve", EndedAt: not null }) == 2);

        var export = await (await journey.Client.GetAsync(Export)).JsonAsync();

        var window = Assert.Single(export.GetProperty("filings").EnumerateArray()).GetProperty("callWindow");
        Assert.Equal(("10:00", "12:00", "请拨打手机"), (window.GetProperty("from").GetString(), window.GetProperty("to").GetString(), window.GetProperty("note").GetString()));
        var told = export.GetProperty("deliveries").EnumerateArray().Where(d => d.GetProperty("event").GetString() == "approve").ToArray();
        var sms = Assert.Single(told, d => d.GetProperty("channel").GetString() == "sms");
        var mail = Assert.Single(told, d => d.GetProperty("channel").GetString() == "mail");
        Assert.Equal((journey.Who.Principal.Mobile, "sent"), (sms.GetProperty("address").GetString(), sms.GetProperty("state").GetString()));
        Assert.Contains("@", mail.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal(journey.FilingId, sms.GetProperty("filingId").GetString());
        Assert.NotEqual(JsonValueKind.Null, sms.GetProperty("queuedAt").ValueKind);
    }

    [Fact]
    public async Task Export_Headers_MakeAFileThatNothingKeeps()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");

        var answer = await alice.GetAsync(Export);

        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches(@"^""?beian-export-\d{8}\.json""?$", answer.Content.Headers.ContentDisposition.FileName);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Export_OfManyFilings_PagesThroughAllOfThem()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var id = (await (await alice.PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201)).GetProperty("id").GetString()!;
            await (await alice.PostAsJsonAsync($"/api/v1/filings/{id}/abandonment", new { })).JsonAsync();
            ids.Add(id);
        }

        var export = await (await alice.GetAsync(Export)).JsonAsync();

        Assert.Equal(Enumerable.Reverse(ids), export.GetProperty("filings").EnumerateArray().Select(f => f.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Export_TooOften_IsLimitedForThatUser()
    {
        await using var app = TestApp.Start();
        using var alice = await app.ApplicantAsync("alice");
        using var bob = await app.ApplicantAsync("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => alice.GetAsync(Export)));

        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        var refused = answers.First(a => a.StatusCode != HttpStatusCode.OK);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate.exports"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 55, 60);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(Export)).StatusCode);
    }

    [Fact]
    public async Task Export_InEnglish_SaysSoAndShowsThePhoneWhole()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        await app.Get<Beian.MiniApi.Storage.IUserStore>().UpdateAsync(login.Id, u => u.WithPhone(MadeUp.Mobile(7)), null, default);
        using var alice = app.ClientOf(login);
        alice.DefaultRequestHeaders.Add("Accept-Language", "en");

        var export = await (await alice.GetAsync(Export)).JsonAsync();

        Assert.StartsWith("A file of format 1", export.GetProperty("about").GetString(), StringComparison.Ordinal);
        Assert.Equal(MadeUp.Mobile(7), export.GetProperty("user").GetProperty("phone").GetString());
        Assert.Equal(JsonValueKind.Null, export.GetProperty("subject").ValueKind);
    }
}
