using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>What was typed wrong, went wrong outside, or was entered twice can be put right, and nothing filed is touched on the way.</summary>
public sealed class MendingTests(MendingTests.FreshRegistry running) : IClassFixture<MendingTests.FreshRegistry>
{
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Result_WithANumberThatIsTaken_IsRefusedAndTouchesNothing()
    {
        const string number = "浙ICP备2026028001号";
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var first = await SubmittedAsync(Applicant.Organisation("owner", 280));
        await review.ApproveAllTheWayAsync(first, number);
        using var second = await SubmittedAsync(Applicant.Organisation("latecomer", 281));
        await review.PassAsync(second);
        await review.SmsAsync(second, "subjectPrincipal");
        var siteId = second.Filing.GetProperty("sites")[0].GetProperty("id").GetString();

        var taken = await review.PostAsync(second, "/authority-result", Approved(number, siteId, number + "-2"), 422);
        var foreign = await review.PostAsync(second, "/authority-result", Approved("京ICP备2026028101号", siteId, "京ICP备2026028101号-1"), 422);
        await review.PostAsync(second, "/authority-result", Approved("浙ICP备2026028101号", siteId, "浙ICP备2026028101号-1"));

        Assert.Equal(["review.numberTaken"], Codes(taken));
        Assert.Equal(["review.numberFormat"], Codes(foreign));
        var subject = Assert.Single((await (await second.Client.GetAsync("/api/v1/subjects")).JsonAsync()).GetProperty("items").EnumerateArray());
        Assert.Equal("浙ICP备2026028101号", subject.GetProperty("number").GetString());
    }

    [Fact]
    public async Task Addition_ToAFiledSubject_CanBeCorrected()
    {
        var who = Applicant.Organisation("sparse", 282);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportSparselyAsync(who);
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        await journey.StartAsync(new { subjectId = subjects.GetProperty("items")[0].GetProperty("id").GetString() });

        await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", new { name = who.Name, mailingAddress = "示列路 1 号" });
        var corrected = await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", new { name = who.Name, mailingAddress = "示例路 1 号 2 室" });
        var renamed = await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", new { name = "另一示例有限公司", mailingAddress = "示例路 1 号 2 室" });

        await corrected.JsonAsync();
        Assert.Equal(["filing.fieldLocked"], Codes(await renamed.JsonAsync(409)));
    }

    [Fact]
    public async Task Paper_ThatBecameDueAfterARejection_CanBeReplaced()
    {
        using var journey = await SubmittedAsync(Applicant.Organisation("newhead", 283) with { SitePrincipal = Principal.Number(383, "测试乙") with { Email = "b@example.cn" } });
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ClaimAsync(journey);
        await review.RejectAsync(journey, "modification", new { pointer = "/sites/0/principal", reason = "请更换负责人" });
        var other = Principal.Number(384, "测试丙") with { Email = "c@example.cn" };
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{journey.SiteId}/principal", other.Body)).JsonAsync();

        var first = await journey.UploadAsync("idCard", "front", journey.SiteId);
        var second = await journey.UploadAsync("idCard", "front", journey.SiteId);

        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Submission_AfterTheDomainWasRenewed_AsksAgain()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("renewer", 285));
        await SetDomainAsync(journey, new { expiresAt = "2020-01-01T00:00:00Z" });
        var refused = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);
        Assert.Equal(["domain.expired"], Codes(refused));
        Assert.True(refused.TryGetProperty("version", out _));

        await SetDomainAsync(journey, new { expiresAt = "2030-01-01T00:00:00Z" });

        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Check_AfterAFailedVerificationWasMendedOutside_Verifies()
    {
        var who = Applicant.Organisation("waiter", 286);
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await journey.StartAsync();
        await SetDomainAsync(journey, new { expiresAt = "2020-01-01T00:00:00Z" });
        var body = new
        {
            region = new { province = who.Province, city = who.City, district = who.District },
            subjectNature = who.Nature,
            certificateType = who.CertificateType,
            certificateNumber = who.CertificateNumber,
            domain = who.Domain,
            resource = new { kind = "resource", resourceId = who.ResourceId },
        };
        var failed = await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", body);
        var problem = await failed.JsonAsync(422);
        Assert.Equal($"\"{problem.GetProperty("version").GetInt32()}\"", failed.Headers.ETag?.Tag);
        Assert.False(problem.TryGetProperty("currentVersion", out _));

        await SetDomainAsync(journey, new { expiresAt = "2030-01-01T00:00:00Z" });
        await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync();

        await journey.ReadAsync();
        Assert.Equal("verified", journey.Filing.GetProperty("verification").GetProperty("status").GetString());
        Assert.Single(journey.Filing.GetProperty("sites").EnumerateArray());
    }

    [Fact]
    public async Task Submission_OfAFailedVerificationWithASlowRegistry_IsRefused()
    {
        var who = Applicant.Organisation("slipper", 290) with { Domain = "slow-slipper.com" };
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await journey.StartAsync();
        var body = new
        {
            region = new { province = who.Province, city = who.City, district = who.District },
            subjectNature = who.Nature,
            certificateType = who.CertificateType,
            certificateNumber = who.CertificateNumber,
            domain = who.Domain,
            resource = new { kind = "resource", resourceId = "not-a-server-of-mine" },
        };
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", body)).JsonAsync(422);
        await journey.PutSubjectAsync();
        await journey.PutPrincipalAsync();
        await journey.UploadAsync();

        var refused = await journey.SubmitAsync(journey.Client, null);

        Assert.Equal(["resource.notFound"], Codes(await refused.JsonAsync(422)));
        await journey.ReadAsync();
        Assert.Equal("draft", journey.State);
    }

    [Fact]
    public async Task Save_OfASiteAfterTooManyWrongCodes_KeepsWhatWasTyped()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("guesser", 287));
        var added = await (await journey.Client.PostAsJsonAsync($"{journey.Path}/sites", new { name = "第二网站" })).JsonAsync(201);
        var siteId = added.GetProperty("sites")[1].GetProperty("id").GetString();
        for (var i = 0; i < 5; i++)
        {
            await (await journey.Client.PostAsJsonAsync("/api/v1/auth-codes/check", new { code = $"WRNG-WRNG-WRNG-WRNG-WR{i + 2}G" })).JsonAsync(422);
        }

        var site = new { name = "改了的名字", domain = "guesser-two.cn", resource = new { kind = "authCode", authCode = "WRNG-WRNG-WRNG-WRNG-WRNG" } };
        var throttled = await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{siteId}", site);

        Assert.Equal("rate.codeAttempts", (await throttled.JsonAsync(429)).GetProperty("code").GetString());
        await journey.ReadAsync();
        Assert.Equal("改了的名字", journey.Filing.GetProperty("sites")[1].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Submission_OfAnOldVersion_IsStaleBeforeItIsIncomplete()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("behind", 288));
        await journey.StartAsync();
        await journey.PutSubjectAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{journey.Path}/submission") { Content = JsonContent.Create(new { agreements = Array.Empty<object>() }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        var answer = await (await journey.Client.SendAsync(request)).JsonAsync(412);

        Assert.Equal((2, "draft"), (answer.GetProperty("currentVersion").GetInt32(), answer.GetProperty("current").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task FaceCheck_ThatPassed_IsNotThrownAway()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("checked", 289));

        var again = await journey.Client.PostAsync($"{journey.Path}/sites/{journey.SiteId}/face-check", null);

        Assert.Equal("faceCheck.alreadyPassed", (await again.JsonAsync(409)).GetProperty("code").GetString());
        await journey.SubmitAsync();
    }

    private static object Approved(string subjectNumber, string? siteId, string number) => new { result = "approved", subjectNumber, siteNumbers = new[] { new { siteId, number } } };

    private static IEnumerable<string> Codes(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()!).Distinct();

    private async Task<ApplicantJourney> SubmittedAsync(Applicant who)
    {
        var journey = await ApplicantJourney.FilledAsync(_app.Address, who);
        await journey.SubmitAsync();
        return journey;
    }

    private async Task SetDomainAsync(ApplicantJourney journey, object facts)
    {
        var answer = await _app.Client.PutAsJsonAsync($"/sandbox/rdap/{journey.Who.Domain}", facts);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task ImportSparselyAsync(Applicant who)
    {
        using var admin = await ApplicantJourney.StaffAsync(_app.Address, "admin");
        var line = new
        {
            account = who.AccountId,
            subject = new { who.Province, who.City, who.District, subjectNature = who.Nature, who.CertificateType, who.CertificateNumber, who.Name },
            principal = new { who.Principal.Name },
            numbers = new { subject = "浙ICP备09028200号" },
            sites = Array.Empty<object>(),
        };
        using var body = Issuers.Text(JsonSerializer.Serialize(line, JsonSerializerOptions.Web), "application/x-ndjson");
        await (await admin.PostAsync("/api/v1/admin/subjects:import", body)).JsonAsync();
    }

    /// <summary>A program that asks the registry every time.</summary>
    public sealed class FreshRegistry : IAsyncLifetime
    {
        public TestApp App { get; private set; } = null!;

        public Task InitializeAsync()
        {
            App = TestApp.Start(("Registry:CacheSeconds", "0"));
            return Task.CompletedTask;
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
