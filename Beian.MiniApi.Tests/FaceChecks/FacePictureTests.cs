using System.Net;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Tests.Timers;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>The one picture of a face check that may be kept, where a province demands it, and its end.</summary>
public sealed class FacePictureTests
{
    private const string Pack = """
        { "pack": "zhejiang-picture", "name": "示例", "version": "2026-12", "effectiveFrom": "2026-01-01", "provinces": ["330000"], "checkedOn": "2026-11-26",
          "sources": { "s": "made up" }, "rules": [{ "key": "faceCheckPicture", "value": true, "source": ["s"], "checkedOn": "2026-11-26" }] }
        """;

    [Theory]
    [InlineData("tencentEid")]
    [InlineData("tencentFaceId")]
    public async Task Pass_WhereThePictureIsDemanded_IsKeptUntilItsDayAndGoneAfterIt(string provider)
    {
        using var overlay = Demanding();
        await using var app = TestApp.Start([.. overlay.Settings, ("FaceCheck:Provider", provider)]);
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("pic" + provider, 340));
        await journey.CheckFaceAsync();
        await journey.UploadAsync();
        await journey.SubmitAsync();
        var picture = (await journey.ReadAsync()).GetProperty("materials").EnumerateArray().Single(m => m.GetProperty("kind").GetString() == "livenessPhoto");
        var id = picture.GetProperty("id").GetString()!;
        var path = $"{journey.Path}/materials/{id}/content";

        Assert.Equal("image/png", (await journey.Client.GetAsync(path)).Content.Headers.ContentType?.MediaType);
        var days = picture.GetProperty("deleteAt").GetDateTimeOffset() - picture.GetProperty("uploadedAt").GetDateTimeOffset();
        Assert.Equal(90, days.TotalDays, 3);
        await app.AdvanceAsync("P89D");
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync(path)).StatusCode);

        // The sweep begins with a filing that nobody can read any more.
        await StuckFilingTests.DamageAsync(app, StoredFilings.Draft(1, "damaged"));
        await app.AdvanceAsync("P1D");

        await Wait.UntilAsync(async () => await app.Get<IMaterialStore>().OpenAsync(id, default) is null);
        Assert.Equal(HttpStatusCode.NotFound, (await journey.Client.GetAsync(path)).StatusCode);
        Assert.DoesNotContain(id, (await journey.ReadAsync()).GetProperty("materials").ToString(), StringComparison.Ordinal);
        var check = await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync();
        Assert.NotEqual(JsonValueKind.Null, check.GetProperty("pictureDeletedAt").ValueKind);
        var filing = (await app.Get<IFilingStore>().FindAsync(journey.FilingId, default))!;
        Assert.Null(filing.NextPictureAt());
        Assert.Null(filing.FindPaper(id));
    }

    [Fact]
    public async Task Delete_OfThePictureByTheApplicant_IsRefused()
    {
        using var overlay = Demanding();
        await using var app = TestApp.Start([.. overlay.Settings, ("FaceCheck:Provider", "tencentFaceId")]);
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("piclocked", 341));
        await journey.CheckFaceAsync();
        var id = (await journey.ReadAsync()).GetProperty("materials")[0].GetProperty("id").GetString();

        var refused = await journey.Client.DeleteAsync($"{journey.Path}/materials/{id}");

        Assert.Equal("filing.fieldLocked", await refused.CodeAsync());
    }

    [Fact]
    public async Task Change_OfThePerson_DeletesThePictureAtOnce()
    {
        using var overlay = Demanding();
        await using var app = TestApp.Start([.. overlay.Settings, ("FaceCheck:Provider", "tencentFaceId")]);
        var who = Applicant.Individual("picother", 342);
        using var journey = await HandoverTests.ReadyAsync(app, who);
        await journey.CheckFaceAsync();
        var id = (await journey.ReadAsync()).GetProperty("materials")[0].GetProperty("id").GetString()!;

        await journey.PutAsync("/subject/principal", (who.Principal with { Name = "测试他人" }).Body);

        await Wait.UntilAsync(async () => await app.Get<IMaterialStore>().OpenAsync(id, default) is null);
        Assert.Equal("[]", (await journey.ReadAsync()).GetProperty("materials").ToString());
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("wechat")]
    public async Task Pass_ProviderWithoutPictures_IsAWarning(string provider)
    {
        using var overlay = Demanding();
        await using var app = TestApp.Start([.. overlay.Settings, ("FaceCheck:Provider", provider)]);
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("picnone" + provider, 343));

        await journey.CheckFaceAsync();

        var warnings = (await journey.ReadAsync()).GetProperty("requirements").GetProperty("warnings").EnumerateArray();
        Assert.Contains(warnings, w => w.GetProperty("code").GetString() == "faceCheck.noPicture" && w.GetProperty("ruleId").GetString() == "zhejiang-picture.faceCheckPicture");
    }

    [Fact]
    public async Task Pass_WhereNoPictureIsDemanded_KeepsNone()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "tencentFaceId"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("picfree", 344));

        await journey.CheckFaceAsync();

        Assert.Equal("[]", (await journey.ReadAsync()).GetProperty("materials").ToString());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(app.Folder, "materials"), "*", SearchOption.AllDirectories));
    }

    private static OverlayFiles Demanding()
    {
        var overlay = new OverlayFiles();
        overlay.Write("rules/zhejiang-picture.json", Pack);
        return overlay;
    }
}
