using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Accounts;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>A face check on another person's phone, and whoever tries to get at it.</summary>
public sealed class HandoverTests
{
    [Theory]
    [InlineData("sandbox")]
    [InlineData("tencentEid")]
    [InlineData("tencentFaceId")]
    [InlineData("wechat")]
    public async Task HandOver_ToThePrincipalsPhone_PassesThereAndShowsHere(string provider)
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", provider));
        using var journey = await ReadyAsync(app, Applicant.Organisation("hand" + provider, 310) with { SitePrincipal = Principal.Number(311, "欧阳测试") });
        using var other = await app.ApplicantAsync("phone" + provider);

        var made = await MakeAsync(journey);
        var redeemed = await RedeemAsync(other, Code(made));
        var started = await (await other.PostAsync($"{Handed(redeemed)}/start", null)).JsonAsync(201);
        if (started.GetProperty("url").GetString() is { } url)
        {
            Assert.True((await app.Client.GetAsync(url)).IsSuccessStatusCode);
        }

        var there = await (await other.GetAsync(Handed(redeemed))).JsonAsync();
        var here = await (await journey.Client.GetAsync(FaceCheck(journey))).JsonAsync();

        Assert.Equal(22, Code(made).Length);
        Assert.Equal("f=" + Code(made), made.GetProperty("scene").GetString());
        Assert.StartsWith("data:image/", made.GetProperty("picture").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, made.GetProperty("qr").ValueKind);
        Assert.Equal(("欧***", journey.Who.Domain), (redeemed.GetProperty("personName").GetString(), redeemed.GetProperty("siteDomain").GetString()));
        Assert.DoesNotContain(journey.Who.SitePrincipal!.CertificateNumber, redeemed.ToString() + started + there, StringComparison.Ordinal);
        Assert.Equal(("passed", started.GetProperty("checkId").GetString()), (there.GetProperty("status").GetString(), there.GetProperty("checkId").GetString()));
        Assert.Equal("passed", here.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, here.GetProperty("alternative").ValueKind);
    }

    [Fact]
    public async Task HandOver_DoneByAUserWhoIsErasedThen_StandsAndNamesNobody()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handerased", 319));
        var other = await app.LogInAsync("handleaver");
        using var phone = app.ClientOf(other);
        var redeemed = await RedeemAsync(phone, Code(await MakeAsync(journey)));
        var started = await (await phone.PostAsync($"{Handed(redeemed)}/start", null)).JsonAsync(201);
        Assert.True((await app.Client.PostAsync(started.GetProperty("url").GetString(), null)).IsSuccessStatusCode);
        await (await phone.GetAsync(Handed(redeemed))).JsonAsync();

        await (await phone.DeleteAsync("/api/v1/me")).JsonAsync();

        Assert.Equal("passed", (await (await journey.Client.GetAsync(FaceCheck(journey))).JsonAsync()).GetProperty("status").GetString());
        Assert.All(APerson.TablesOf(app).Except(["audit_entries"]), table => Assert.Empty(new APerson(app, journey).RowsWith(table, [other.Id])));
    }

    [Fact]
    public async Task HandOver_WeChatDown_GivesAQrOfTheCode()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handqr", 312));
        await app.Client.PutAsJsonAsync("/sandbox/faults", new { endpoint = "wechat", kind = "http5xx" });

        var made = await MakeAsync(journey);

        Assert.Equal(JsonValueKind.Null, made.GetProperty("picture").ValueKind);
        var qr = Convert.FromBase64String(made.GetProperty("qr").GetString()!["data:image/png;base64,".Length..]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], qr[..4]);
    }

    [Fact]
    public async Task Redeem_BySecondUserOrAnUnknownCode_IsTheSameAnswer()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handreuse", 313));
        using var first = await app.ApplicantAsync("reusefirst");
        using var second = await app.ApplicantAsync("reusesecond");
        var made = await MakeAsync(journey);
        var redeemed = await RedeemAsync(first, Code(made));

        var again = await RedeemAsync(first, Code(made));
        var taken = await TryAsync(second, Code(made));
        var unknown = await TryAsync(second, "AAAAAAAAAAAAAAAAAAAAAA");
        var odd = await TryAsync(second, "' OR 1=1 --");

        Assert.Equal(Id(redeemed), Id(again));
        Assert.Equal(redeemed.GetProperty("expiresAt").GetString(), again.GetProperty("expiresAt").GetString());
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [taken.StatusCode, unknown.StatusCode, odd.StatusCode]);
        var answer = await WithoutTraceAsync(unknown);
        Assert.Contains("\"pointer\":\"/code\"", answer, StringComparison.Ordinal);
        Assert.Equal((answer, answer), (await WithoutTraceAsync(taken), await WithoutTraceAsync(odd)));

        // Knowing the id helps nobody else, the applicant included.
        foreach (var stranger in new[] { second, journey.Client })
        {
            Assert.Equal("faceHandover.notFound", await (await stranger.GetAsync(Handed(redeemed))).CodeAsync());
            Assert.Equal("faceHandover.notFound", await (await stranger.PostAsync($"{Handed(redeemed)}/start", null)).CodeAsync());
        }
    }

    [Fact]
    public async Task Redeem_ByManyAtOnce_BindsItToOne()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handrace", 314));
        var code = Code(await MakeAsync(journey));
        var phones = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => app.ApplicantAsync($"race{n}")));

        var answers = await Task.WhenAll(phones.Select(p => TryAsync(p, code)));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.NotFound));
        Assert.All(phones, p => p.Dispose());
    }

    [Fact]
    public async Task Redeem_TooManyWrongCodes_IsStoppedForThatUserAlone()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handguess", 315));
        using var guesser = await app.ApplicantAsync("guesser");
        using var honest = await app.ApplicantAsync("honest");
        var code = Code(await MakeAsync(journey));

        var guesses = await Task.WhenAll(Enumerable.Range(0, 15).Select(n => TryAsync(guesser, $"AAAAAAAAAAAAAAAAAAAA{n:00}")));
        var right = await TryAsync(guesser, code);

        Assert.Equal(10, guesses.Count(g => g.StatusCode == HttpStatusCode.NotFound));
        Assert.Equal((HttpStatusCode.TooManyRequests, "faceHandover.tooManyCodes"), (right.StatusCode, await right.CodeAsync()));
        Assert.NotNull(right.Headers.RetryAfter);
        for (var i = 0; i < 15; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await TryAsync(honest, code)).StatusCode);
        }
    }

    [Fact]
    public async Task Redeem_AfterItsTime_IsNotFound()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handlate", 316));
        using var other = await app.ApplicantAsync("late");
        using var early = await app.ApplicantAsync("early");
        var first = Code(await MakeAsync(journey));
        var redeemed = await RedeemAsync(early, first);
        var late = Code(await MakeAsync(journey));

        // The new one replaced the old, redeemed or not.
        Assert.Equal(HttpStatusCode.NotFound, (await early.GetAsync(Handed(redeemed))).StatusCode);
        await app.AdvanceAsync("PT2H");

        Assert.Equal("faceHandover.notFound", await (await TryAsync(other, late)).CodeAsync());
    }

    [Fact]
    public async Task Use_OnceRedeemed_EndsAfterADay()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handday", 317));
        using var other = await app.ApplicantAsync("day");
        var redeemed = await RedeemAsync(other, Code(await MakeAsync(journey)));
        await app.AdvanceAsync("PT23H59M");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync(Handed(redeemed))).StatusCode);

        await app.AdvanceAsync("PT1M");

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(Handed(redeemed))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{Handed(redeemed)}/start", null)).StatusCode);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("number")]
    [InlineData("abandoned")]
    [InlineData("submitted")]
    public async Task Use_AfterThePersonOrTheSiteChanged_IsVoid(string how)
    {
        await using var app = TestApp.Start();
        var who = Applicant.Organisation("handvoid" + how, 318) with { SitePrincipal = Principal.Number(319, "测试乙") };
        using var journey = await ReadyAsync(app, who);
        using var other = await app.ApplicantAsync("void" + how);
        var redeemed = await RedeemAsync(other, Code(await MakeAsync(journey)));

        switch (how)
        {
            case "name" or "number":
                var changed = how == "name" ? who.SitePrincipal! with { Name = "测试丙" } : who.SitePrincipal! with { CertificateNumber = MadeUp.IdentityNumber(320) };
                await journey.PutAsync($"/sites/{journey.SiteId}/principal", changed.Body);
                break;
            case "abandoned":
                await journey.AbandonAsync();
                break;
            default:
                await journey.CheckFaceAsync();
                await journey.UploadAsync();
                await journey.SubmitAsync();
                break;
        }

        Assert.Equal("faceHandover.notFound", await (await other.PostAsync($"{Handed(redeemed)}/start", null)).CodeAsync());
        Assert.Equal(how == "submitted" ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await other.GetAsync(Handed(redeemed))).StatusCode);
    }

    [Fact]
    public async Task Use_AfterItsSiteWasDeleted_IsVoid()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Organisation("handgone", 326));
        using var other = await app.ApplicantAsync("gone");
        var added = (await (await journey.Client.PostAsJsonAsync($"{journey.Path}/sites", new { name = "示例第二网站" })).JsonAsync(201)).GetProperty("sites")[1].GetProperty("id").GetString();
        await journey.PutAsync($"/sites/{added}/principal", Principal.Number(327, "测试丁").Body);
        var made = await (await journey.Client.PostAsync($"{journey.Path}/sites/{added}/face-check/handover", null)).JsonAsync(201);
        var redeemed = await RedeemAsync(other, Code(made));

        await journey.Client.DeleteAsync($"{journey.Path}/sites/{added}");

        Assert.Equal("faceHandover.notFound", await (await other.PostAsync($"{Handed(redeemed)}/start", null)).CodeAsync());
        Assert.Equal("faceHandover.notFound", await (await other.GetAsync(Handed(redeemed))).CodeAsync());
        Assert.Equal("faceHandover.notFound", await (await TryAsync(other, Code(made))).CodeAsync());
    }

    [Fact]
    public async Task Start_HereAndThere_CountTogether()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Organisation("handcount", 321) with { SitePrincipal = Principal.Number(322, "测试待") });
        using var other = await app.ApplicantAsync("count");
        var redeemed = await RedeemAsync(other, Code(await MakeAsync(journey)));
        for (var i = 0; i < 3; i++)
        {
            await (await journey.Client.PostAsync(FaceCheck(journey), null)).JsonAsync(201);
        }

        await (await other.PostAsync($"{Handed(redeemed)}/start", null)).JsonAsync(201);
        await (await other.PostAsync($"{Handed(redeemed)}/start", null)).JsonAsync(201);

        Assert.Equal("faceCheck.tooManyStarts", await (await other.PostAsync($"{Handed(redeemed)}/start", null)).CodeAsync());
        Assert.Equal("faceCheck.tooManyStarts", await (await journey.Client.PostAsync(FaceCheck(journey), null)).CodeAsync());
    }

    [Fact]
    public async Task Redeem_LetsInToNothingElse()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handfence", 323));
        using var other = await app.ApplicantAsync("fence");
        await RedeemAsync(other, Code(await MakeAsync(journey)));

        foreach (var path in new[] { "", "/timeline", "/materials", "/check", $"/sites/{journey.SiteId}/face-check" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(journey.Path + path)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(FaceCheck(journey), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(FaceCheck(journey) + "/handover", null)).StatusCode);
        Assert.Equal("[]", (await (await other.GetAsync("/api/v1/filings")).JsonAsync()).GetProperty("items").ToString());
    }

    [Fact]
    public async Task HandOver_OfAnothersFilingOrNothingToCheck_IsRefused()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handother", 324));
        using var other = await app.ApplicantAsync("other");
        using var reviewer = await app.StaffAsync("reviewer");

        Assert.Equal("filing.notFound", await (await other.PostAsync(FaceCheck(journey) + "/handover", null)).CodeAsync());
        Assert.Equal("site.notFound", await (await journey.Client.PostAsync($"{journey.Path}/sites/none/face-check/handover", null)).CodeAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.PostAsJsonAsync("/api/v1/face-checks/handover", new { code = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.PostAsJsonAsync("/api/v1/face-checks/handover", new { code = "x" })).StatusCode);
        await journey.CheckFaceAsync();
        Assert.Equal("faceCheck.alreadyPassed", await (await journey.Client.PostAsync(FaceCheck(journey) + "/handover", null)).CodeAsync());
    }

    [Fact]
    public async Task Make_KeepsNeitherTheCodeNorThePerson()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("handkept", 325));

        var code = Code(await MakeAsync(journey));

        var row = app.Get<SqliteDatabase>().Read(Row);
        Assert.DoesNotContain(code, row, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(code)), row, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Beian.MiniApi.Domain.FaceChecks.PersonDigest.Of(journey.Who.Principal.Name, 2, journey.Who.Principal.CertificateNumber), row, StringComparison.Ordinal);
    }

    internal static async Task<ApplicantJourney> ReadyAsync(TestApp app, Applicant who)
    {
        var journey = await ApplicantJourney.OpenAsync(app.Address, who);
        await journey.StartAsync();
        await journey.VerifyAsync();
        await journey.PutSubjectAsync();
        await journey.PutPrincipalAsync();
        await journey.PutSiteAsync();
        await journey.PutSitePrincipalAsync();
        return journey;
    }

    internal static string FaceCheck(ApplicantJourney journey) => $"{journey.Path}/sites/{journey.SiteId}/face-check";

    private static async Task<JsonElement> MakeAsync(ApplicantJourney journey) => await (await journey.Client.PostAsync(FaceCheck(journey) + "/handover", null)).JsonAsync(201);

    private static Task<HttpResponseMessage> TryAsync(HttpClient phone, string code) => phone.PostAsJsonAsync("/api/v1/face-checks/handover", new { code });

    private static async Task<JsonElement> RedeemAsync(HttpClient phone, string code) => await (await TryAsync(phone, code)).JsonAsync();

    private static string Code(JsonElement made) => made.GetProperty("code").GetString()!;

    private static string Id(JsonElement redeemed) => redeemed.GetProperty("handoverId").GetString()!;

    private static string Handed(JsonElement redeemed) => "/api/v1/face-checks/handover/" + Id(redeemed);

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>();
        return string.Join('\n', body!.Where(m => m.Key != "traceId").Select(m => $"{m.Key}={m.Value}"));
    }

    private static string Row(SqliteConnection connection)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT id || hex(code_hash) || filing_id || site_id || person_key FROM face_handovers;";
        return (string)query.ExecuteScalar()!;
    }
}
