using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>Every row of the errcode table that telephone, recognition and content safety can be answered with, and what the caller of the product gets.</summary>
public sealed class ProductRowTests(ProductRowTests.Running running) : IClassFixture<ProductRowTests.Running>
{
    private static readonly WeChatErrcodes Table = WeChatErrcodes.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "wechat-errors.json"));

    /// <summary>What has to be told, by number: from the list that was written down apart from the table.</summary>
    private static readonly Dictionary<string, string> Told = ErrcodeRows.All.ToDictionary(r => r.Split(' ', 2)[0], r => r.Split(' ', 2)[1], StringComparer.Ordinal);

    public static TheoryData<int> OfPhone() => Of(WeChatCall.PhoneNumber);

    public static TheoryData<int> OfIdCard() => Of(WeChatCall.IdCard);

    public static TheoryData<int> OfLicence() => Of(WeChatCall.Licence);

    public static TheoryData<int> OfText() => Of(WeChatCall.TextCheck);

    [Theory]
    [MemberData(nameof(OfPhone))]
    public Task BindPhone_AnsweredWithARow_TellsWhatItSays(int errcode) => MeetAsync(errcode, "wxa/business/getuserphonenumber", async app =>
    {
        using var client = await app.ApplicantAsync("rows");
        return await ToldAsync(await client.PostAsJsonAsync("/api/v1/me/phone", new { code = "sandbox-phone-13800000190" }));
    });

    [Theory]
    [MemberData(nameof(OfIdCard))]
    public Task ReadIdCard_AnsweredWithARow_TellsWhatItSays(int errcode) => MeetAsync(errcode, "cv/ocr/idcard", app => ReadAsync(app, OcrCalls.IdCard, errcode));

    [Theory]
    [MemberData(nameof(OfLicence))]
    public Task ReadLicence_AnsweredWithARow_TellsWhatItSays(int errcode) => MeetAsync(errcode, "cv/ocr/bizlicense", app => ReadAsync(app, OcrCalls.Licence, errcode));

    /// <summary>Whatever WeChat refuses to judge stops nobody, and is told to the reviewer by its code.</summary>
    [Theory]
    [MemberData(nameof(OfText))]
    public Task Check_AnsweredWithARow_LeavesTheTextUnknown(int errcode) => MeetAsync(errcode, "wxa/msg_sec_check", async app =>
    {
        using var client = await app.ApplicantAsync($"text{errcode}");
        var filing = (await (await client.PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201)).GetProperty("id").GetString();
        await (await client.PutAsJsonAsync($"/api/v1/filings/{filing}/subject", new { remark = "公司自用" })).JsonAsync();
        var check = await (await client.PostAsync($"/api/v1/filings/{filing}/check", null)).JsonAsync();
        var item = Assert.Single(check.GetProperty("items").EnumerateArray(), i => i.GetProperty("check").GetString() == "content.safety");
        Assert.Equal(("unknown", "check.unavailable"), (item.GetProperty("status").GetString(), item.GetProperty("code").GetString()));
        return item.GetProperty("evidence").GetString()!;
    });

    private static async Task<string> ReadAsync(TestApp app, string route, int errcode)
    {
        using var client = await app.ApplicantAsync("rows");
        var told = await ToldAsync(await client.ReadAsync(route, OcrCalls.Picture()));
        var filing = await FilingAsync(client);
        var kept = await (await client.ReadAsync($"{route}?filingId={filing}&part={(route == OcrCalls.IdCard ? "front" : "")}", OcrCalls.Picture())).JsonAsync();
        Assert.Equal(told.Split(' ')[1], kept.GetProperty("recognition").GetProperty("code").GetString());
        Assert.Equal(errcode is 101000 or 101001 or 101002 ? "unreadable" : "unavailable", kept.GetProperty("recognition").GetProperty("status").GetString());
        return told;
    }

    private async Task MeetAsync(int errcode, string path, Func<TestApp, Task<string>> meet)
    {
        // A quota that is used up closes the endpoint until tomorrow: nothing for a program that others share.
        var closes = Table.Find(errcode).Retry is WeChatRetry.NextDay or WeChatRetry.NextHour;
        var app = closes ? TestApp.Start() : running.App;
        try
        {
            await app.FaultAsync(new { endpoint = "wechat/" + path, kind = "errcode", errcode });
            var told = await meet(app);
            var expected = Told[errcode.ToString(CultureInfo.InvariantCulture)];
            Assert.Equal(told.StartsWith("msg_sec_check", StringComparison.Ordinal) ? "msg_sec_check " + expected.Split(' ')[1] : expected, told);
        }
        finally
        {
            await app.MendAsync();
            if (closes)
            {
                await app.DisposeAsync();
            }
        }
    }

    private static TheoryData<int> Of(WeChatCall call)
    {
        int[] rows = [.. Table.Rows.Where(r => r.Code != 0 && WeChatErrcodeChecks.Answers(r, call)).Select(r => r.Code).Order()];
        Assert.True(rows.Length > 15, $"Only {rows.Length} rows of {call.Name}.");
        return [.. rows];
    }

    private static async Task<string> FilingAsync(HttpClient client)
    {
        var open = (await (await client.GetAsync("/api/v1/filings")).JsonAsync()).GetProperty("items");
        return open.GetArrayLength() > 0
            ? open[0].GetProperty("id").GetString()!
            : (await (await client.PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201)).GetProperty("id").GetString()!;
    }

    private static async Task<string> ToldAsync(HttpResponseMessage answer) =>
        $"{((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)} {JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString()}";

    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start(("Ocr:PicturesPerUserAndDay", "1000"), ("WeChat:BreakerMinimumAttempts", "1000"));

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
