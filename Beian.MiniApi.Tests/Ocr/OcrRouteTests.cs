using System.Net;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Ocr;

/// <summary>Recognition by itself: what is read, and what the caller gets when nothing is.</summary>
public sealed class OcrRouteTests(OcrRouteTests.Running running) : IClassFixture<OcrRouteTests.Running>
{
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task IdCard_Front_HasTheFieldsOfAPerson()
    {
        using var client = await _app.ApplicantAsync("front");

        var card = await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture(), "id-front.jpg")).JsonAsync();

        Assert.Equal("""{"status":"recognised","code":null,"message":null}""", card.GetProperty("recognition").GetRawText());
        Assert.Equal(("front", "林示例", "110101199003070003", "北京市东城区示例路1号8层801室"), (Text(card, "side"), Text(card, "name"), Text(card, "certificateNumber"), Text(card, "address")));
        Assert.Equal(2, card.GetProperty("certificateType").GetInt32());
        Assert.Equal((null, null), (Text(card, "validFrom"), Text(card, "validTo")));
        Assert.Equal(JsonValueKind.Null, card.GetProperty("material").ValueKind);
    }

    [Theory]
    [InlineData("id-back.jpg", "2020-05-01", "2040-05-01")]
    [InlineData("back-longterm.jpg", "2020-05-01", "longTerm")]
    public async Task IdCard_Back_HasItsDates(string name, string from, string to)
    {
        using var client = await _app.ApplicantAsync("back");

        var card = await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture(), name)).JsonAsync();

        Assert.Equal(("back", from, to, null), (Text(card, "side"), Text(card, "validFrom"), Text(card, "validTo"), Text(card, "name")));
    }

    [Fact]
    public async Task Licence_HasTheFieldsOfASubject()
    {
        using var client = await _app.ApplicantAsync("licence");

        var licence = await (await client.ReadAsync(OcrCalls.Licence, OcrCalls.Picture(), "licence.jpg")).JsonAsync();

        Assert.Equal(("星河示例科技（北京）有限公司", "91110105MA0000007L", "北京市朝阳区示例路1号8层801室"), (Text(licence, "name"), Text(licence, "certificateNumber"), Text(licence, "certificateAddress")));
        Assert.Equal(("2019-01-01", "longTerm", "2019-01-01"), (Text(licence, "certificateValidFrom"), Text(licence, "certificateValidTo"), Text(licence, "establishedOn")));
        Assert.Equal(("林示例", "技术服务、技术开发、技术咨询"), (licence.GetProperty("legalRepresentative").GetProperty("name").GetString(), Text(licence, "businessScope")));
    }

    [Fact]
    public async Task IdCard_HalfReadable_HasTheRestAsNull()
    {
        using var client = await _app.ApplicantAsync("blurred");

        var card = await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture(), "blur.jpg")).JsonAsync();

        Assert.Equal(("林示例", null, null), (Text(card, "name"), Text(card, "certificateNumber"), Text(card, "address")));
    }

    [Theory]
    [InlineData("""{"type":"Front"}""", 422, "ocr.notFound")]
    [InlineData("""{"type":"Front","name":"","id":""}""", 422, "ocr.notFound")]
    [InlineData("""{"type":"Back"}""", 200, null)]
    [InlineData("""{"type":"Sideways","name":"赵演示"}""", 503, "wechat.busy")]
    [InlineData("""{"name":"赵演示"}""", 503, "wechat.busy")]
    [InlineData("""{"type":"Front","name":["赵"],"id":7}""", 422, "ocr.notFound")]
    public async Task IdCard_StrangeAnswers_InventNothing(string answer, int status, string? code)
    {
        using var client = await _app.ApplicantAsync("strange");

        var got = await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture("sandbox-ocr " + answer), "a.jpg")).JsonAsync(status);

        Assert.Equal(code, status == 200 ? null : Text(got, "code"));
        Assert.True(status != 200 || Text(got, "validTo") is null);
    }

    [Fact]
    public async Task IdCard_ValuesThatNoFormHolds_AreAsGoodAsUnread()
    {
        using var client = await _app.ApplicantAsync("overlong");

        var card = await (await client.ReadAsync(
            OcrCalls.IdCard, OcrCalls.Picture($$"""sandbox-ocr {"type":"Front","name":"{{new string('长', 65)}}","id":" 11010119900307000x "}"""), "a.jpg")).JsonAsync();

        Assert.Equal((null, "11010119900307000X"), (Text(card, "name"), Text(card, "certificateNumber")));
    }

    [Theory]
    [InlineData(OcrCalls.IdCard, "none.jpg", "ocr.notFound")]
    [InlineData(OcrCalls.IdCard, "licence.jpg", "ocr.notFound")]
    [InlineData(OcrCalls.IdCard, "broken.jpg", "ocr.imageInvalid")]
    [InlineData(OcrCalls.Licence, "id-front.jpg", "ocr.notFound")]
    [InlineData(OcrCalls.Licence, "broken.jpg", "ocr.imageInvalid")]
    public async Task Read_NoSuchPaperOnThePicture_Is422WithWhatToDo(string route, string name, string code)
    {
        using var client = await _app.ApplicantAsync("nothing");

        var answer = await (await client.ReadAsync(route, OcrCalls.Picture(), name)).JsonAsync(422);

        Assert.Equal(code, Text(answer, "code"));
        Assert.Contains("手动填写", Text(answer, "remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_AsStaffOrNobody_IsRefused()
    {
        using var staff = await _app.StaffAsync("reviewer");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.Client.ReadAsync(OcrCalls.Licence, OcrCalls.Picture())).StatusCode);
    }

    [Fact]
    public async Task Read_WhatIsNoPicture_IsRefusedAsAnUploadIs()
    {
        using var client = await _app.ApplicantAsync("wrong");

        Assert.Equal((415, "material.typeNotAllowed"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, "text, no picture"u8.ToArray())));
        Assert.Equal((415, "material.typeNotAllowed"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, Samples.TinyMp4())));
        Assert.Equal((422, "material.empty"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, [])));
        Assert.Equal((422, "material.cutOff"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture()[..^2])));
        Assert.Equal((413, "material.tooLarge"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, Samples.TinyJpeg(100, 100, (10 * 1024 * 1024) + 1))));
        Assert.Equal((415, "request.notMultipart"), await ToldAsync(await client.PostAsync(OcrCalls.IdCard, Issuers.Text("{}", "application/json"))));
    }

    /// <summary>What was read once is known for some minutes, to the same account alone.</summary>
    [Fact]
    public async Task Read_TheSamePictureAgain_CostsNoQuota()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("again");
        using var other = await app.ApplicantAsync("another");
        var picture = OcrCalls.Picture();
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "slow", delayMilliseconds = 300 });

        var together = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.ReadAsync(OcrCalls.IdCard, picture)));
        await client.ReadAsync(OcrCalls.IdCard, picture);
        Assert.All(together, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await CallsAsync(app));

        await other.ReadAsync(OcrCalls.IdCard, picture);
        await client.ReadAsync(OcrCalls.Licence, picture);
        Assert.Equal(3, await CallsAsync(app));
    }

    /// <summary>A verdict about the picture is remembered, an outage is not.</summary>
    [Fact]
    public async Task Read_AfterAnOutage_IsAskedAgain()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("mended");
        var picture = OcrCalls.Picture();
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "http5xx" });
        var down = await client.ReadAsync(OcrCalls.IdCard, picture);
        Assert.Equal((503, "wechat.busy"), await ToldAsync(down));
        Assert.NotNull(down.Headers.RetryAfter);

        await app.MendAsync();

        await (await client.ReadAsync(OcrCalls.IdCard, picture)).JsonAsync();
    }

    [Fact]
    public async Task Read_MoreThanADayGives_Is429UntilThen()
    {
        await using var app = TestApp.Start(("Ocr:PicturesPerUserAndDay", "2"));
        using var client = await app.ApplicantAsync("keen");
        var known = OcrCalls.Picture();
        await (await client.ReadAsync(OcrCalls.IdCard, known)).JsonAsync();
        await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).JsonAsync();

        var answer = await client.ReadAsync(OcrCalls.Licence, OcrCalls.Picture());

        Assert.Equal((429, "rate.ocrAttempts"), await ToldAsync(answer));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        await (await client.ReadAsync(OcrCalls.IdCard, known)).JsonAsync();
        using var other = await app.ApplicantAsync("modest");
        await (await other.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).JsonAsync();
    }

    [Fact]
    public async Task Read_DuringAnOutage_DoesNotCount()
    {
        await using var app = TestApp.Start(("Ocr:PicturesPerUserAndDay", "1"));
        using var client = await app.ApplicantAsync("unlucky");
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "errcode", errcode = 45011 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((429, "wechat.rateLimited"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())));
        }

        await app.MendAsync();

        await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).JsonAsync();
        Assert.Equal((429, "rate.ocrAttempts"), await ToldAsync(await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())));
    }

    /// <summary>Real pixels over WeChat's 2 MB are made smaller; where that is not possible the caller is told so.</summary>
    [VipsFact]
    public async Task Read_APhotographOverTwoMegabytes_IsFitted()
    {
        var photograph = NoisyJpeg.Make(2400, 1600, orientation: 6);
        Assert.True(photograph.Length > 2_000_000);
        using var client = await _app.ApplicantAsync("photographer");

        var card = await (await client.ReadAsync(OcrCalls.IdCard, photograph)).JsonAsync();

        Assert.Equal("林示例", Text(card, "name"));
    }

    [Fact]
    public async Task Read_APhotographThatCannotBeFitted_SaysSo()
    {
        await using var app = TestApp.Start(("Pictures:Thumbnailer", "/nowhere/vipsthumbnail"));
        using var client = await app.ApplicantAsync("plain");

        var answer = await (await client.ReadAsync(OcrCalls.IdCard, NoisyJpeg.Make(2400, 1600))).JsonAsync(422);

        Assert.Equal("ocr.pictureTooLarge", Text(answer, "code"));
        await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).JsonAsync();
    }

    [Fact]
    public async Task Read_WithAKey_GivesTheFirstAnswerAgain()
    {
        using var client = await _app.ApplicantAsync("keyed");
        var picture = OcrCalls.Picture();

        var first = await client.ReadAsync(OcrCalls.IdCard, picture, key: "k1");
        var again = await client.ReadAsync(OcrCalls.IdCard, picture, key: "k1");
        var another = await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture(), key: "k1");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal((422, "idempotency.keyReused"), await ToldAsync(another));
    }

    private static async Task<int> CallsAsync(TestApp app) =>
        (await (await app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0].GetProperty("calls").GetInt32();

    private static async Task<(int, string?)> ToldAsync(HttpResponseMessage answer) => ((int)answer.StatusCode, await answer.CodeAsync());

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start(("Ocr:PicturesPerUserAndDay", "1000"));

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
