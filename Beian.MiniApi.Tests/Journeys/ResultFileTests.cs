using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>Result files as spreadsheets and people make them: each row is refused with its reason, and the good ones are applied once.</summary>
public sealed class ResultFileTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Header = "filingNumber,result,subjectNumber,siteDomain,siteNumber,reason\n";
    private const string Unknown = "26010100000008";
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Import_WithBadRowsAmongGoodOnes_RefusesThemOneByOne()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var journey = await HandedOverAsync(review, "rows", 280);
        var number = journey.Filing.GetProperty("number").GetString();

        var view = await ImportAsync(review, Header + $"123,approved,,,,\n{number},smsVerified,,,,\n{Unknown},maybe,,,,\n{number},smsVerified\n,approved,,,,\n{Unknown},approved,,,,\n");

        Assert.Equal(
            [
                "2 123 refused import.badFilingNumber", $"3 {number} applied ", $"4 {Unknown} refused import.badResult", $"5 {number} refused import.badColumnCount",
                "6  refused import.badFilingNumber", $"7 {Unknown} refused filing.notFound",
            ],
            Items(view));
        Assert.Equal((1, 0, 5), Counts(view));
        Assert.All(view.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("outcome").GetString() == "refused"), i => Assert.EndsWith("。", i.GetProperty("message").GetString(), StringComparison.Ordinal));
        await journey.ReadAsync();
        Assert.Equal("authorityReview", journey.State);
    }

    [Fact]
    public async Task Import_OfContradictions_AppliesNoneOfThatFiling()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var torn = await HandedOverAsync(review, "torn", 281);
        using var whole = await HandedOverAsync(review, "whole", 282);
        var (a, b) = (torn.Filing.GetProperty("number").GetString(), whole.Filing.GetProperty("number").GetString());

        var view = await ImportAsync(review, Header + $"{a},smsVerified,,,,\n{b},smsVerified,,,,\n{a},smsFailed,,,,timeout\n{b},smsVerified,,,,\n");

        Assert.Equal([$"2 {a} refused import.contradicts", $"3 {b} applied ", $"5 {b} unchanged import.duplicate"], Items(view));
        Assert.Equal([2, 4], view.GetProperty("items")[0].GetProperty("lines").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal(("smsVerification", "authorityReview"), ((await torn.ReadAsync()).GetProperty("state").GetString(), (await whole.ReadAsync()).GetProperty("state").GetString()));

        var decided = await ImportAsync(review, Header + $"{b},approved,浙ICP备2026028201号,,浙ICP备2026028201号-1,\n{b},rejected,,,,材料不清\n");
        Assert.Equal([$"2 {b} refused import.contradicts"], Items(decided));
    }

    /// <summary>A file sorted by whatever column: the telephones come first all the same. And sent once more it changes nothing.</summary>
    [Fact]
    public async Task Import_WithTheDecisionAboveItsTelephones_IsApplied_AndTheSecondTimeUnchanged()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var approved = await HandedOverAsync(review, "upside", 291);
        using var rejected = await HandedOverAsync(review, "upside2", 292);
        var (a, b) = (approved.Filing.GetProperty("number").GetString(), rejected.Filing.GetProperty("number").GetString());
        var file = Header + $"{b},rejected,,,,材料不清\n{a},approved,浙ICP备2026029101号,{approved.Who.Domain},浙ICP备2026029101号-1,\n{a},smsVerified,,,,\n{b},smsVerified,,{rejected.Who.Domain},,\n{b},rejected,,,,名称不符\n";

        Assert.Equal([$"2 {b} applied ", $"3 {a} applied ", $"4 {a} applied ", $"5 {b} applied "], Items(await ImportAsync(review, file)));
        Assert.Equal([$"2 {b} unchanged ", $"3 {a} unchanged ", $"4 {a} unchanged ", $"5 {b} unchanged "], Items(await ImportAsync(review, file)));

        Assert.Equal("approved", (await approved.ReadAsync()).GetProperty("state").GetString());
        var filing = await rejected.ReadAsync();
        Assert.Equal(("authorityRejected", "材料不清；名称不符"), (filing.GetProperty("state").GetString(), filing.GetProperty("rejection").GetProperty("message").GetString()));
    }

    /// <summary>One telephone got one code: two results of it, for two principals, cannot both be true.</summary>
    [Fact]
    public async Task Import_OfTwoResultsForOneTelephone_AppliesNone()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var journey = await HandedOverAsync(review, "onephone", 293);
        var number = journey.Filing.GetProperty("number").GetString();

        var view = await ImportAsync(review, Header + $"{number},smsVerified,,,,\n{number},smsFailed,,{journey.Who.Domain},,timeout\n");

        Assert.Equal([$"2 {number} refused import.contradicts"], Items(view));
        Assert.Equal("smsVerification", (await journey.ReadAsync()).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("GB18030", false)]
    [InlineData("GBK", false)]
    public async Task Import_InTheEncodingsOfSpreadsheets_IsRead(string encoding, bool mark)
    {
        var n = 283 + Interlocked.Increment(ref _files);
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var journey = await HandedOverAsync(review, "encoded" + n, n);
        await review.SmsAsync(journey, "subjectPrincipal");
        var number = journey.Filing.GetProperty("number").GetString();
        var reason = encoding == "GB18030" ? "主体名称有误：𠮷祥" : "主体名称有误";
        var bytes = (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes($"{Header}{number},rejected,,,,{reason}\r\n");

        var view = await ImportAsync(review, mark ? [0xef, 0xbb, 0xbf, .. bytes] : bytes);

        Assert.Equal((1, 0, 0), Counts(view));
        var filing = await journey.ReadAsync();
        Assert.Equal(reason, filing.GetProperty("rejection").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Import_OfBytesThatAreNoText_IsRefusedAsAWhole()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes(Header), 0xff, 0xfe, 0x0a]);
        content.Headers.ContentType = new("text/csv");

        var answer = await review.Client.PostAsync("/api/v1/review/authority-results:import", content);

        Assert.Equal("import.badEncoding", (await answer.JsonAsync(422)).GetProperty("code").GetString());
        Assert.Equal("import.badEncoding", ImportText.Decode([0x80, 0xff]).Error?.Code);
        Assert.Equal("京", ImportText.Decode([0xbe, 0xa9]).Value);
    }

    [Fact]
    public async Task Import_OfOneFileTwiceAtOnce_AppliesItOnce()
    {
        using var review = await Reviewing.OpenAsync(_app.Address);
        using var journey = await HandedOverAsync(review, "raced", 290);
        var file = Header + $"{journey.Filing.GetProperty("number").GetString()},smsVerified,,,,\n";

        var views = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ImportAsync(review, file)));

        Assert.Equal((1, 3, 0), (views.Sum(v => Counts(v).Applied), views.Sum(v => Counts(v).Unchanged), views.Sum(v => Counts(v).Refused)));
        var timeline = await (await journey.Client.GetAsync(journey.Path + "/timeline")).JsonAsync();
        var item = Assert.Single(timeline.GetProperty("items").EnumerateArray(), i => i.GetProperty("action").GetString() == "completeSms");
        Assert.Equal("import", item.GetProperty("source").GetString());
    }

    private static int _files;

    private async Task<ApplicantJourney> HandedOverAsync(Reviewing review, string login, int n)
    {
        var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation(login, n));
        await journey.SubmitAsync();
        await review.PassAsync(journey);
        return journey;
    }

    private static Task<JsonElement> ImportAsync(Reviewing review, string csv) => ImportAsync(review, Encoding.UTF8.GetBytes(csv));

    private static async Task<JsonElement> ImportAsync(Reviewing review, byte[] file)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new("text/csv");
        return await (await review.Client.PostAsync("/api/v1/review/authority-results:import", content)).JsonAsync();
    }

    private static string[] Items(JsonElement view) =>
        [.. view.GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("line").GetInt32()} {i.GetProperty("filingNumber").GetString()} {i.GetProperty("outcome").GetString()} {i.GetProperty("code").GetString()}")];

    private static (int Applied, int Unchanged, int Refused) Counts(JsonElement view) =>
        (view.GetProperty("applied").GetInt32(), view.GetProperty("unchanged").GetInt32(), view.GetProperty("refused").GetInt32());
}
