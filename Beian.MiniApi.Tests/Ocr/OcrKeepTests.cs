using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Ocr;

/// <summary>Pictures that are read and kept as papers of a filing, whatever the reading came to.</summary>
public sealed class OcrKeepTests(OcrKeepTests.Running running) : IClassFixture<OcrKeepTests.Running>, IAsyncLifetime
{
    private static int _people = 700;

    private readonly TestApp _app = running.App;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.MendAsync();

    [Fact]
    public async Task Keep_WithoutKindAndPart_BecomesTheSideThatIsRecognised()
    {
        using var journey = await VerifiedAsync();
        var (front, back, licence) = (OcrCalls.Picture(), OcrCalls.Picture(), OcrCalls.Picture());

        var first = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), front, "id-front.jpg")).JsonAsync();
        var second = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), back, "id-back.jpg")).JsonAsync();
        var third = await (await journey.Client.ReadAsync(At(OcrCalls.Licence, journey), licence, "licence.jpg")).JsonAsync();

        Assert.Equal(("idCard", "front"), Kept(first));
        Assert.Equal(("idCard", "back"), Kept(second));
        Assert.Equal(("subjectCertificate", null), Kept(third));
        var papers = (await journey.ReadAsync()).GetProperty("materials");
        Assert.Equal(new[] { front, back, licence }.Select(p => Convert.ToHexStringLower(SHA256.HashData(p))), papers.EnumerateArray().Select(m => Text(m, "sha256")));
        Assert.All(papers.EnumerateArray(), m => Assert.Equal("recognised", Text(m.GetProperty("recognition"), "status")));
        Assert.Equal(back, await journey.Client.GetByteArrayAsync($"{journey.Path}/materials/{Text(papers[1], "id")}/content"));
    }

    [Fact]
    public async Task Keep_ForASitesPrincipal_IsTheirs()
    {
        using var journey = await VerifiedAsync();

        var card = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey, $"&siteId={journey.SiteId}&part=front"), OcrCalls.Picture())).JsonAsync();

        Assert.Equal(journey.SiteId, Text(card.GetProperty("material"), "siteId"));
    }

    [Fact]
    public async Task Keep_TheSameSideAgain_ReplacesIt()
    {
        using var journey = await VerifiedAsync();
        await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture());
        var before = Text((await journey.ReadAsync()).GetProperty("materials")[0], "id");

        var after = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture())).JsonAsync();

        Assert.Equal(Text(after.GetProperty("material"), "id"), Text(Assert.Single((await journey.ReadAsync()).GetProperty("materials").EnumerateArray()), "id"));
        Assert.Equal(HttpStatusCode.NotFound, (await journey.Client.GetAsync($"{journey.Path}/materials/{before}/content")).StatusCode);
        Assert.DoesNotContain(KeptFiles(), f => Path.GetFileName(f) == before);
    }

    [Fact]
    public async Task Keep_TheOtherSideThanAskedFor_IsKeptWithAWarning()
    {
        using var journey = await VerifiedAsync();

        var card = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey, "&part=front"), OcrCalls.Picture(), "id-back.jpg")).JsonAsync();

        Assert.Equal(("idCard", "front"), Kept(card));
        Assert.Equal(("back", "ocr.sideDiffers"), (Text(card, "side"), Text(Assert.Single(card.GetProperty("warnings").EnumerateArray()), "code")));
        Assert.Contains((await journey.ReadAsync()).GetProperty("requirements").GetProperty("warnings").EnumerateArray(), w => Text(w, "code") == "ocr.sideDiffers" && Text(w, "pointer") == "/materials/0");
    }

    [Theory]
    [InlineData("none.jpg", "unreadable", "ocr.notFound")]
    [InlineData("broken.jpg", "unreadable", "ocr.imageInvalid")]
    public async Task Keep_WhatCannotBeRead_IsKeptAndTypedByHand(string name, string status, string code)
    {
        using var journey = await VerifiedAsync();

        var card = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey, "&part=back"), OcrCalls.Picture(), name)).JsonAsync();

        Assert.Equal((status, code), (Text(card.GetProperty("recognition"), "status"), Text(card.GetProperty("recognition"), "code")));
        Assert.All(new[] { "side", "name", "certificateNumber", "validFrom", "validTo", "address" }, f => Assert.Null(Text(card, f)));
        Assert.Equal(JsonValueKind.Null, card.GetProperty("certificateType").ValueKind);
        Assert.Equal(("idCard", "back"), Kept(card));
    }

    [Fact]
    public async Task Keep_UnreadAndNoPartSaid_FillsWhatIsMissingAndReplacesNothing()
    {
        using var journey = await VerifiedAsync();
        await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture(), "id-front.jpg");

        Assert.Equal(("idCard", "back"), Kept(await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture(), "none.jpg")).JsonAsync()));
        var third = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture(), "none.jpg")).JsonAsync(422);
        Assert.Equal("material.partMissing", Text(third, "code"));
        Assert.Equal(2, (await journey.ReadAsync()).GetProperty("materials").GetArrayLength());
    }

    /// <summary>Both are under way before either is kept: the second must not take the place that the first was meant for.</summary>
    [Fact]
    public async Task Keep_TwoUnreadAtOnceAndNoPartSaid_KeepsBoth()
    {
        using var journey = await VerifiedAsync();
        await _app.FaultAsync(new { endpoint = "wechat", kind = "slow", delayMilliseconds = 1_500 });

        var cards = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture(), "none.jpg")));

        var kept = await Task.WhenAll(cards.Select(async c => Kept(await c.JsonAsync())));
        Assert.Equal([("idCard", "back"), ("idCard", "front")], kept.Order());
        Assert.Equal(2, (await journey.ReadAsync()).GetProperty("materials").GetArrayLength());
    }

    [Fact]
    public async Task Keep_AfterTheDaysPicturesAreUsedUp_StillKeeps()
    {
        await using var app = TestApp.Start(("Ocr:PicturesPerUserAndDay", "1"));
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("frugal", Interlocked.Increment(ref _people)));
        await journey.StartAsync();
        await journey.Client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture());

        var card = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture())).JsonAsync();

        Assert.Equal(("unavailable", "rate.ocrAttempts"), (Text(card.GetProperty("recognition"), "status"), Text(card.GetProperty("recognition"), "code")));
        Assert.Equal(("idCard", "front"), Kept(card));
    }

    [VipsFact]
    public async Task Keep_ALargePhotograph_IsReadFromACopyAndKeptWhole()
    {
        using var journey = await VerifiedAsync();
        var photograph = NoisyJpeg.Make(2400, 1600, orientation: 6);

        var card = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), photograph)).JsonAsync();

        Assert.Equal(("recognised", "林示例"), (Text(card.GetProperty("recognition"), "status"), Text(card, "name")));
        Assert.Equal(photograph, await journey.Client.GetByteArrayAsync($"{journey.Path}/materials/{Text(card.GetProperty("material"), "id")}/content"));
    }

    [Fact]
    public async Task Keep_ALargePhotographThatCannotBeFitted_IsKeptAndTypedByHand()
    {
        await using var app = TestApp.Start(("Pictures:Thumbnailer", "/nowhere/vipsthumbnail"));
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("unfit", Interlocked.Increment(ref _people)));
        await journey.StartAsync();

        var licence = await (await journey.Client.ReadAsync(At(OcrCalls.Licence, journey), NoisyJpeg.Make(2400, 1600))).JsonAsync();

        Assert.Equal(("unavailable", "ocr.pictureTooLarge"), (Text(licence.GetProperty("recognition"), "status"), Text(licence.GetProperty("recognition"), "code")));
        Assert.Equal(("subjectCertificate", null), Kept(licence));
    }

    [Fact]
    public async Task Keep_SomebodyElsesFiling_IsNotThere()
    {
        using var journey = await VerifiedAsync();
        using var other = await _app.ApplicantAsync("curious");

        foreach (var id in new[] { journey.FilingId, "nothing" })
        {
            var answer = await other.ReadAsync($"{OcrCalls.IdCard}?filingId={id}", OcrCalls.Picture());
            Assert.Equal((HttpStatusCode.NotFound, "filing.notFound"), (answer.StatusCode, await answer.CodeAsync()));
        }

        Assert.Empty((await journey.ReadAsync()).GetProperty("materials").EnumerateArray());
    }

    [Theory]
    [InlineData("&siteId=nowhere&part=front", 404, "site.notFound")]
    [InlineData("&kind=portrait", 422, "material.kindUnknown")]
    [InlineData("&kind=livenessPhoto", 422, "material.notUploaded")]
    [InlineData("&kind=promiseVideoJiangsu", 415, "material.typeNotAllowed")]
    [InlineData("&part=middle", 422, "material.partUnknown")]
    [InlineData("&kind=domainCertificate&part=front", 422, "material.partUnknown")]
    public async Task Keep_WhereNoPaperBelongs_IsRefusedBeforeItIsRead(string query, int status, string code)
    {
        using var journey = await VerifiedAsync();
        await _app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "http5xx" });

        var answer = await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey, query), OcrCalls.Picture());

        Assert.Equal((status, code), ((int)answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal(0, (await (await _app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0].GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Keep_AFilingThatWasHandedIn_Is409BeforeAnythingIsRead()
    {
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("handedin", Interlocked.Increment(ref _people)));
        await journey.SubmitAsync();
        await _app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "http5xx" });

        var answer = await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture());

        Assert.Equal((HttpStatusCode.Conflict, "filing.stateConflict"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal(0, (await (await _app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0].GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Keep_WithAKey_IsKeptOnce()
    {
        using var journey = await VerifiedAsync();
        var picture = OcrCalls.Picture();

        var first = await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), picture, key: "keep-1");
        var again = await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), picture, key: "keep-1");
        var elsewhere = await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey, "&part=back"), picture, key: "keep-1");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.keyReused"), (elsewhere.StatusCode, await elsewhere.CodeAsync()));
        Assert.Single((await journey.ReadAsync()).GetProperty("materials").EnumerateArray());
    }

    [Fact]
    public async Task Keep_ManyAtOnce_LeavesOneOfEachAndNoBytesBehind()
    {
        using var journey = await VerifiedAsync();
        var before = KeptFiles().Length;
        var pictures = Enumerable.Range(0, 6).Select(_ => OcrCalls.Picture()).ToArray();

        var answers = await Task.WhenAll(pictures.Concat(pictures).Select(p => journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), p)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        var paper = Assert.Single((await journey.ReadAsync()).GetProperty("materials").EnumerateArray());
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync($"{journey.Path}/materials/{Text(paper, "id")}/content")).StatusCode);
        Assert.Equal(before + 1, KeptFiles().Length);

        // The worker that makes copies may be writing some just now.
        var staged = Path.Combine(_app.Folder, "materials", "staged");
        for (var tries = 0; tries < 200 && Directory.EnumerateFiles(staged).Any(); tries++)
        {
            await Task.Delay(50);
        }

        Assert.Empty(Directory.EnumerateFiles(staged));
    }

    /// <summary>Prefilled, one slip of the recognition overruled, one paper typed by hand, submitted, and what the reviewer sees of it.</summary>
    [Fact]
    public async Task Journey_Prefilled_IsSubmittedWithItsDifferencesOverruled()
    {
        var who = Applicant.Organisation("prefilled", Interlocked.Increment(ref _people));
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, who);
        await journey.StartAsync();
        var read = JsonSerializer.Serialize(new { reg_num = who.CertificateNumber, enterprise_name = who.Name, legal_representative = who.Principal.Name, address = "示例省示例市示例路 1 号", valid_period = "2019年1月1日至长期" });
        var licence = await (await journey.Client.ReadAsync(At(OcrCalls.Licence, journey), OcrCalls.Picture("sandbox-ocr " + read), "a.jpg")).JsonAsync();
        var misread = JsonSerializer.Serialize(new { type = "Front", name = who.Principal.Name + "某", id = who.Principal.CertificateNumber });
        await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture("sandbox-ocr " + misread), "a.jpg")).JsonAsync();
        await _app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "errcode", errcode = 45011 });
        var byHand = await (await journey.Client.ReadAsync(At(OcrCalls.IdCard, journey), OcrCalls.Picture())).JsonAsync();
        Assert.Equal(("idCard", "back"), Kept(byHand));
        await _app.MendAsync();

        await journey.VerifyAsync();
        await journey.PutAsync("/subject", new
        {
            name = Text(licence, "name"),
            certificateAddress = Text(licence, "certificateAddress"),
            mailingAddress = "示例省示例市示例路 1 号 2 室",
            investor = "示例投资有限公司",
            legalRepresentative = licence.GetProperty("legalRepresentative"),
            certificateValidTo = Text(licence, "certificateValidTo"),
        });
        await journey.PutPrincipalAsync();
        await journey.PutSiteAsync();
        await journey.PutSitePrincipalAsync();
        await journey.CheckFaceAsync();
        await journey.UploadAsync();

        var requirements = journey.Filing.GetProperty("requirements");
        Assert.True(requirements.GetProperty("complete").GetBoolean(), requirements.ToString());
        Assert.Equal([("ocr.nameDiffers", "/subject/principal/name")], requirements.GetProperty("warnings").EnumerateArray().Select(w => (Text(w, "code"), Text(w, "pointer"))).Where(w => w.Item1!.StartsWith("ocr.", StringComparison.Ordinal)));
        await journey.SubmitAsync();
        Assert.Equal("providerReview", journey.State);

        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.PostAsync(journey, "/full-view", new { reason = "compare the papers" });
        var seen = await review.ReadAsync(journey);
        var readings = seen.GetProperty("readings").EnumerateArray().ToArray();
        Assert.Equal([("subjectCertificate", "recognised"), ("idCard", "recognised"), ("idCard", "unavailable")], readings.Select(r => (Text(r, "kind"), Text(r.GetProperty("recognition"), "status"))));
        var difference = Assert.Single(readings[1].GetProperty("differences").EnumerateArray());
        Assert.Equal(("/subject/principal/name", who.Principal.Name, who.Principal.Name + "某"), (Text(difference, "pointer"), Text(difference, "typed"), Text(difference, "read")));
        Assert.Null(Text(readings[1], "byHand"));
        Assert.Contains("手动填写", Text(readings[2], "byHand"), StringComparison.Ordinal);
        Assert.Equal("wechat.rateLimited", Text(readings[2].GetProperty("recognition"), "code"));
        await review.PassAsync(journey);
    }

    private async Task<ApplicantJourney> VerifiedAsync()
    {
        var number = Interlocked.Increment(ref _people);
        var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation($"ocr{number}", number));
        await journey.StartAsync();
        await journey.VerifyAsync();
        return journey;
    }

    /// <summary>Papers, without the copies that are made of them meanwhile.</summary>
    private string[] KeptFiles() =>
        [.. Directory.GetFiles(Path.Combine(_app.Folder, "materials", "kept"), "*", SearchOption.AllDirectories).Where(f => MaterialCopyIds.PictureOf(Path.GetFileName(f)) == Path.GetFileName(f))];

    private static string At(string route, ApplicantJourney journey, string more = "") => $"{route}?filingId={journey.FilingId}{more}";

    private static (string?, string?) Kept(JsonElement answer) => (Text(answer.GetProperty("material"), "kind"), Text(answer.GetProperty("material"), "part"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>One program for all tests of the class, which run one after the other; each leaves it without faults.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
