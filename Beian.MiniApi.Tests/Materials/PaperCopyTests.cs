using System.Net;
using System.Text.Json;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>What becomes of a picture after it was taken, over HTTP.</summary>
public sealed class PaperCopyTests
{
    [VipsFact]
    public async Task Upload_APhotographHeldUpright_GetsItsCopiesForEverybody()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Individual("copies", 51));
        var photograph = GoodFiles.Photograph(2000, 1400);
        var id = await AddAsync(journey, photograph, "idCard", "front");

        var copies = (await ReadyAsync(journey, id)).GetProperty("copies");

        var authority = copies.GetProperty("authority");
        Assert.InRange(authority.GetProperty("size").GetInt64(), 1, 153_600);
        var working = await BytesAsync(journey.Client, $"{journey.Path}/materials/{id}/copies/working");
        Assert.Equal(HeaderRead.Found, PictureHeaders.ReadJpeg(working, out var header));
        Assert.Equal((1400L, 2000L), (header!.Width, header.Height));
        Assert.Equal(-1, working.AsSpan().IndexOf("Exif"u8));
        Assert.Equal(photograph, await BytesAsync(journey.Client, $"{journey.Path}/materials/{id}/content"));

        await journey.SubmitAsync();
        await ReviewAsync(journey, "providerReview");
        using var reviewer = await ApplicantJourney.StaffAsync(app.Address, "reviewer");
        var copy = await BytesAsync(reviewer, $"/api/v1/review/filings/{journey.FilingId}/materials/{id}/copies/authority");
        Assert.Equal(authority.GetProperty("size").GetInt64(), copy.Length);
        using var stranger = await ApplicantJourney.OpenAsync(app.Address, Applicant.Individual("stranger", 52));
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"{journey.Path}/materials/{id}/copies/authority")).StatusCode);
    }

    [VipsFact]
    public async Task Upload_APictureHeldLevel_KeepsItsPixelsWithoutTheCamera()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app, "level", 53);
        var bare = NoisyJpeg.Make(400, 300);
        byte[] told = [.. bare[..2], .. JpegMaker.Segment(0xE1, GoodFiles.Exif(1)), .. JpegMaker.Segment(0xFE, "who held it"u8), .. bare[2..], .. new byte[100]];
        var jpeg = await AddAsync(journey, told);
        var png = await AddAsync(journey, new PngMaker { Width = 200, Height = 150, Before = [Samples.Chunk("tEXt"u8, [.. "Author\0who held it"u8])] }.Make());

        await ReadyAsync(journey, jpeg);
        await ReadyAsync(journey, png);

        Assert.Equal(bare, await BytesAsync(journey.Client, $"{journey.Path}/materials/{jpeg}/copies/working"));
        Assert.Equal(new PngMaker { Width = 200, Height = 150 }.Make(), await BytesAsync(journey.Client, $"{journey.Path}/materials/{png}/copies/working"));
    }

    [Fact]
    public async Task Upload_WithoutTheProgram_IsTakenAndItsCopiesWaitThroughARestart()
    {
        var folder = Directory.CreateTempSubdirectory("beian-test-").FullName;
        string id;
        ApplicantJourney journey;
        await using (var app = TestApp.Start("Development", folder, ("Pictures:Thumbnailer", "nowhere")))
        {
            journey = await StartedAsync(app, "without", 54);
            id = await AddAsync(journey, NoisyJpeg.Make(300, 200, orientation: 3));
            await Task.Delay(300);
            Assert.Equal("pending", Paper(await journey.ReadAsync(), id).GetProperty("copies").GetProperty("state").GetString());
            var told = await (await journey.Client.GetAsync($"{journey.Path}/materials/{id}/copies/authority")).JsonAsync(409);
            Assert.Equal("material.copyNotReady", told.GetProperty("code").GetString());
            Assert.Equal(1, await app.Get<IPaperWorkStore>().CountAsync(default));
        }

        await using (var again = TestApp.Start("Development", folder, ("Pictures:Thumbnailer", "nowhere")))
        {
            Assert.Equal(1, await again.Get<IPaperWorkStore>().CountAsync(default));
        }

        journey.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [VipsFact]
    public async Task Delete_ADeletedPaper_LeavesNoCopy()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app, "deleted", 55);
        var id = await AddAsync(journey, NoisyJpeg.Make(300, 200));
        await ReadyAsync(journey, id);
        Assert.Equal(3, Files(app).Length);

        await (await journey.Client.DeleteAsync(new Uri($"{journey.Path}/materials/{id}", UriKind.Relative))).JsonAsync();

        Assert.Empty(Files(app));
    }

    [Fact]
    public async Task Sweep_BytesThatNoFilingNames_GoAndTheOthersStay()
    {
        await using var app = TestApp.Start(("Pictures:Thumbnailer", "nowhere"));
        using var journey = await StartedAsync(app, "orphans", 56);
        var kept = await AddAsync(journey, Samples.TinyJpeg());
        var store = app.Get<IMaterialStore>();
        var orphan = IMaterialStore.NewId();
        await using (var staged = await store.StageAsync(new MemoryStream([1, 2, 3]), 10, default))
        {
            await store.CommitAsync(staged!, orphan, default);
        }

        var sweeper = app.Get<OrphanSweeper>();
        Assert.Equal(0, await sweeper.SweepAsync(TimeProvider.System.GetUtcNow(), default));
        Assert.Equal(1, await sweeper.SweepAsync(TimeProvider.System.GetUtcNow().AddDays(2), default));

        Assert.Null(await store.OpenAsync(orphan, default));
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync($"{journey.Path}/materials/{kept}/content")).StatusCode);
    }

    private static string[] Files(TestApp app) => Directory.GetFiles(Path.Combine(app.Folder, "materials"), "*", SearchOption.AllDirectories);

    private static async Task<ApplicantJourney> StartedAsync(TestApp app, string login, int n)
    {
        var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Individual(login, n));
        await journey.StartAsync();
        return journey;
    }

    private static async Task<string> AddAsync(ApplicantJourney journey, byte[] picture, string kind = "otherSupplement", string? part = null)
    {
        using var form = UploadHost.Form(picture, kind: kind, part: part);
        return (await (await journey.Client.PostAsync($"{journey.Path}/materials", form)).JsonAsync(201)).GetProperty("id").GetString()!;
    }

    private static JsonElement Paper(JsonElement filing, string id) => filing.GetProperty("materials").EnumerateArray().Single(m => m.GetProperty("id").GetString() == id);

    private static async Task<JsonElement> ReadyAsync(ApplicantJourney journey, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var paper = Paper(await journey.ReadAsync(), id);
            var state = paper.GetProperty("copies").GetProperty("state").GetString();
            Assert.NotEqual("failed", state);
            if (state == "ready")
            {
                return paper;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task ReviewAsync(ApplicantJourney journey, string state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await journey.ReadAsync()).GetProperty("state").GetString() != state)
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private static async Task<byte[]> BytesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
