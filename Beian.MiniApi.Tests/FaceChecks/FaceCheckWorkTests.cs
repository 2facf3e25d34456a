using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Tests.Timers;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>Results that nobody comes back for, and what wakes the reading of them.</summary>
public sealed class FaceCheckWorkTests
{
    /// <summary>Long enough that only a wake can have been the cause.</summary>
    private const string Never = "01:00:00";

    [Theory]
    [InlineData("sandbox")]
    [InlineData("tencentEid")]
    [InlineData("tencentFaceId")]
    [InlineData("wechat")]
    public async Task Check_PhoneNeverComesBack_GetsItsResult(string provider)
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", provider), ("FaceCheck:ReadEvery", "00:00:01"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("back" + provider, 330));

        await StartAndOpenAsync(app, journey);

        await UntilAsync(app, journey, "passed");
    }

    [Fact]
    public async Task Check_BehindADamagedFiling_GetsItsResult()
    {
        await using var app = TestApp.Start(("FaceCheck:ReadEvery", "00:00:01"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("backdamaged", 339));
        await StartAndOpenAsync(app, journey);

        // The round begins with the newest.
        await StuckFilingTests.DamageAsync(app, StoredFilings.Draft(1, "damaged"));

        await UntilAsync(app, journey, "passed");
    }

    [Theory]
    [InlineData("tencentEid", "EidToken")]
    [InlineData("tencentFaceId", "BizToken")]
    public async Task Return_OfTheBrowser_HasTheResultRead(string provider, string name)
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", provider), ("FaceCheck:ReadEvery", Never));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("ret" + provider, 331));
        var started = await StartAndOpenAsync(app, journey);
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.Equal("pending", await StoredAsync(app, journey));

        // An address that anybody can make up: it says nothing, and the page is the same.
        var strange = await app.Client.GetStringAsync($"/api/v1/face-checks/return?{name}=made-up&result=passed");
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Equal("pending", await StoredAsync(app, journey));
        var page = await app.Client.GetStringAsync($"/api/v1/face-checks/return?x=1&{name}={started.GetProperty("token").GetString()}");

        Assert.Equal(strange, page);
        await UntilAsync(app, journey, "passed");
    }

    [Fact]
    public async Task Return_OfTheBrowserBeforeItIsDone_ChangesNothing()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "tencentFaceId"), ("FaceCheck:ReadEvery", Never));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("retearly", 332));
        var started = await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);
        await Task.Delay(TimeSpan.FromSeconds(1.5));

        await app.Client.GetStringAsync($"/api/v1/face-checks/return?BizToken={started.GetProperty("token").GetString()}");
        await Task.Delay(TimeSpan.FromSeconds(2));

        Assert.Equal("pending", await StoredAsync(app, journey));
    }

    [Fact]
    public async Task Push_ThatAVerificationEnded_HasTheResultRead()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "wechat"), ("FaceCheck:ReadEvery", Never));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("pushed", 333) with { Principal = Principal.Number(333, "测试待") });
        var started = await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);
        await Task.Delay(TimeSpan.FromSeconds(1.5));

        // The event claims success; what counts is what WeChat answers when it is asked.
        await PushAsync(app, new { Event = "face_verify_result", out_seq_no = started.GetProperty("checkId").GetString(), verify_ret = 10000 });
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal("pending", await StoredAsync(app, journey));
        await app.Client.PutAsJsonAsync($"/sandbox/wechat-face/{started.GetProperty("token").GetString()}", new { verifyRet = 10000 });
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal("pending", await StoredAsync(app, journey));

        // By the user alone, as an event may be that names no verification.
        await PushAsync(app, new { Event = "face_verify_result", CreateTime = 1790000001 });

        await UntilAsync(app, journey, "passed");
    }

    [Fact]
    public async Task Check_NotFinishedInItsTime_FailsByItself()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "tencentEid"), ("FaceCheck:ReadEvery", "00:00:01"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("overdue", 334));
        await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);

        await app.AdvanceAsync("PT10M");

        await UntilAsync(app, journey, "failed");
        var view = await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync();
        Assert.Equal(("failed", "expired", "handheldIdAndLicence"), (view.GetProperty("status").GetString(), view.GetProperty("reason").GetString(), view.GetProperty("alternative").GetString()));
    }

    [Fact]
    public async Task Check_OfAProviderThatIsNoLongerChosen_IsOver()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            ApplicantJourney journey;
            await using (var before = TestApp.Start("Development", folder, ("FaceCheck:Provider", "tencentEid")))
            {
                journey = await HandoverTests.ReadyAsync(before, Applicant.Individual("switched", 335));
                await StartAndOpenAsync(before, journey);
            }

            await using var after = TestApp.Start("Development", folder, ("FaceCheck:Provider", "sandbox"), ("FaceCheck:ReadEvery", "00:00:01"));

            await UntilAsync(after, journey, "failed");
            journey.Dispose();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Get_CannotPassAnyMore_OffersThePictureAndTheReviewTakesIt()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "tencentFaceId"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("manual", 336));
        var started = await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);
        await app.Client.PutAsJsonAsync($"/sandbox/tencent/face/{started.GetProperty("token").GetString()}", new { errCode = 2005 });

        var view = await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync();
        var due = (await journey.ReadAsync()).GetProperty("requirements").GetProperty("due").EnumerateArray().Single(d => d.GetProperty("step").GetString() == "faceCheck");
        await journey.UploadAsync("handheldIdAndLicence", null, null);
        await journey.UploadAsync();

        Assert.Equal(("failed", "noRecord"), (view.GetProperty("status").GetString(), view.GetProperty("reason").GetString()));
        Assert.Contains("手持证件照", view.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal("faceCheck.pictureInstead", due.GetProperty("code").GetString());
        Assert.Equal("handheldIdAndLicence", due.GetProperty("alternatives")[0].GetString());
        await journey.SubmitAsync();
    }

    [Fact]
    public async Task Get_NobodyWantsTheirFaceChecked_OffersThePictureFromTheStart()
    {
        await using var app = TestApp.Start();
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("declined", 337));

        var view = await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync();
        await journey.UploadAsync("handheldIdAndLicence", null, null);
        await journey.UploadAsync();

        Assert.Equal(("notStarted", "handheldIdAndLicence"), (view.GetProperty("status").GetString(), view.GetProperty("alternative").GetString()));
        await journey.SubmitAsync();
    }

    /// <summary>Starts it, and the person does it, where there is a page.</summary>
    internal static async Task<JsonElement> StartAndOpenAsync(TestApp app, ApplicantJourney journey)
    {
        var started = await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);
        if (started.GetProperty("url").GetString() is { } url)
        {
            Assert.True((await app.Client.GetAsync(url)).IsSuccessStatusCode);
        }

        return started;
    }

    /// <summary>As it is stored, without asking for it, which would read it.</summary>
    private static async Task<string> StoredAsync(TestApp app, ApplicantJourney journey) =>
        FilingStatus((await app.Get<IFilingStore>().FindAsync(journey.FilingId, default))!);

    private static string FilingStatus(Filing filing) => filing.Snapshot.Sites[0].FaceCheck!.Status.ToString().ToLowerInvariant();

    private static Task UntilAsync(TestApp app, ApplicantJourney journey, string status) => Wait.UntilAsync(async () => await StoredAsync(app, journey) == status);

    private static async Task PushAsync(TestApp app, object pushed)
    {
        var answer = await app.Client.PostAsJsonAsync("/sandbox/wechat/push", new { @event = pushed, user = "pushed" }, JsonSerializerOptions.Default);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
