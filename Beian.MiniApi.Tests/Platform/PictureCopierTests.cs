using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>Copies and measures of pictures by the real program, and what becomes of them without it.</summary>
public sealed class PictureCopierTests
{
    private const long Limit = 150 * 1024;

    [VipsFact]
    public async Task Copy_ALargePhotographHeldUpright_FitsAndIsTurned()
    {
        var made = await CopyAsync(GoodFiles.Photograph(2400, 1600), turn: true, Limit);

        Assert.Equal(CopyOutcome.Made, made.Outcome);
        Assert.Equal((1600, 2400), (made.Upright!.Width, made.Upright.Height));
        Assert.Equal(-1, made.Upright.Bytes.AsSpan().IndexOf("Exif"u8));
        Assert.InRange(made.Authority!.Bytes.Length, 1, Limit);
        Assert.True(made.Authority.Height > made.Authority.Width, "not turned");
        Assert.True(made.Authority.Height >= 1024, $"{made.Authority.Height} is below the least side");
    }

    [VipsFact]
    public async Task Copy_EveryKindThatIsTaken_IsMade()
    {
        foreach (var n in Enumerable.Range(0, 30))
        {
            var (media, file) = n % 2 == 0 ? (MediaType.Jpeg, GoodFiles.Jpeg(n)) : (MediaType.Png, GoodFiles.Png(n));
            var made = await CopyAsync(file, turn: false, Limit, media: media);
            Assert.True(made.Outcome == CopyOutcome.Made, $"{media} {n}: {made.Outcome}");
        }
    }

    [VipsFact]
    public async Task Copy_WhatNeverFits_Fails()
    {
        var made = await CopyAsync(NoisyJpeg.Make(2400, 1600), turn: false, 10_000);

        Assert.Equal(CopyOutcome.Failed, made.Outcome);
        Assert.Null(made.Authority);
        Assert.NotNull(made.Look);
    }

    [VipsFact]
    public async Task Copy_WhatIsNoPicture_Fails()
    {
        Assert.Equal(CopyOutcome.Failed, (await CopyAsync([.. "no picture at all"u8], turn: true, Limit)).Outcome);
        Assert.Equal(CopyOutcome.Failed, (await CopyAsync([], turn: true, Limit)).Outcome);
    }

    [Fact]
    public async Task Copy_WithoutTheProgram_IsNotNow()
    {
        var options = new PictureOptions { Thumbnailer = "vipsthumbnail-that-is-not-there" };

        Assert.Equal(CopyOutcome.NotNow, (await CopyAsync(NoisyJpeg.Make(80, 60), turn: true, Limit, options)).Outcome);
        Assert.Equal(CopyOutcome.NotNow, (await CopyAsync(NoisyJpeg.Make(80, 60), turn: true, Limit, new PictureOptions { Limiter = "prlimit-that-is-not-there" })).Outcome);
    }

    [VipsFact]
    public async Task Copy_AWhitePaper_BearsTheWordsAndOneFullOfPrintDoesNot()
    {
        var paper = GoodFiles.Page(1600, 1000, printed: 0.5);
        var full = GoodFiles.Page(1600, 1000, printed: 1);

        var marked = await CopyAsync(paper.ToPng(), turn: false, 200 * 1024, media: MediaType.Png);
        var unmarked = await CopyAsync(full.ToPng(), turn: false, 900 * 1024, media: MediaType.Png);
        var unwanted = await CopyAsync(paper.ToPng(), turn: false, 200 * 1024, media: MediaType.Png, watermark: false);

        Assert.Equal((true, false, false), (marked.Authority!.Watermarked, unmarked.Authority!.Watermarked, unwanted.Authority!.Watermarked));
        Assert.NotEqual(marked.Authority.Bytes, unwanted.Authority.Bytes);
    }

    [VipsFact]
    public async Task Look_DarkBlurredCutOff_AreMeasured()
    {
        var good = await LookAsync(GoodFiles.Page(1000, 700, printed: 0.4));
        var dark = await LookAsync(GoodFiles.Page(1000, 700, printed: 0.4, paper: 50));
        var blurred = await LookAsync(GoodFiles.Plain(1000, 700, (x, y) => 150 + (int)(60 * Math.Sin(x / 60.0) * Math.Cos(y / 60.0))));
        var cut = await LookAsync(GoodFiles.Plain(1000, 700, (x, y) => (x / 7 + y / 7) % 2 * 200));

        Assert.True(good is { Brightness: >= MaterialHints.LeastBrightness, Sharpness: >= MaterialHints.LeastSharpness, OpenEdges: <= MaterialHints.MostOpenEdges }, good.ToString());
        Assert.True(dark.Brightness < MaterialHints.LeastBrightness, dark.ToString());
        Assert.True(blurred.Sharpness < MaterialHints.LeastSharpness, blurred.ToString());
        Assert.True(cut.OpenEdges > MaterialHints.MostOpenEdges, cut.ToString());
    }

    [VipsFact]
    public async Task IsThere_WithAndWithoutTheProgram_SaysSo()
    {
        using var with = new VipsPictureCopier(Options.Create(new PictureOptions()), NullLogger<VipsPictureCopier>.Instance);
        using var without = new VipsPictureCopier(Options.Create(new PictureOptions { Thumbnailer = "nowhere" }), NullLogger<VipsPictureCopier>.Instance);

        Assert.True(await with.IsThereAsync(default));
        Assert.False(await without.IsThereAsync(default));
    }

    private static async Task<PictureLook> LookAsync(PlainPicture picture) => (await CopyAsync(picture.ToPng(), turn: false, null, media: MediaType.Png)).Look!;

    private static async Task<PictureWork> CopyAsync(byte[] picture, bool turn, long? limit, PictureOptions? options = null, MediaType media = MediaType.Jpeg, bool watermark = true)
    {
        using var copier = new VipsPictureCopier(Options.Create(options ?? new PictureOptions { TimeoutSeconds = 30 }), NullLogger<VipsPictureCopier>.Instance);
        return await copier.CopyAsync(() => Task.FromResult<Stream>(new MemoryStream(picture)), media, turn, limit, watermark, default);
    }
}
