using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>Smaller copies by libvips.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PictureFitterTests
{
    private const int Limit = 2_000_000;

    [VipsFact]
    public async Task Fit_ALargePhotograph_IsSmallUprightAndBare()
    {
        var photograph = NoisyJpeg.Make(2400, 1600, orientation: 6);
        Assert.InRange(photograph.Length, Limit, MaterialLimits.PictureBytes);

        var copy = await FitAsync(photograph, MediaType.Jpeg);

        Assert.NotNull(copy);
        Assert.InRange(copy.Length, 50_000, Limit - 1);
        Assert.Equal(HeaderRead.Found, PictureHeaders.ReadJpeg(copy, out var header));
        Assert.True(header!.Height > header.Width, $"{header.Width}x{header.Height}");
        Assert.InRange((double)header.Height / header.Width, 1.49, 1.51);
        Assert.Equal(-1, copy.AsSpan().IndexOf("Exif"u8));
    }

    [VipsFact]
    public async Task Fit_ALargePng_BecomesAJpeg()
    {
        var copy = await FitAsync(Samples.TinyPng(3000, 2000, 3_000_000), MediaType.Png);

        Assert.Equal(MediaType.Jpeg, MediaTypes.Of(copy));
    }

    [Theory]
    [InlineData("no picture at all")]
    [InlineData("")]
    public async Task Fit_WhatIsNoPicture_ComesToNothing(string text) => Assert.Null(await FitAsync(System.Text.Encoding.UTF8.GetBytes(text), MediaType.Jpeg));

    [Fact]
    public async Task Fit_AFilm_IsNotEvenTried() => Assert.Null(await FitAsync(Samples.TinyMp4(), MediaType.Mp4, new PictureOptions { Thumbnailer = "/nowhere" }));

    [Fact]
    public async Task Fit_ABombOfPixels_IsStoppedByItsMemory() =>
        Assert.Null(await FitAsync(Samples.TinyPng(30_000, 30_000), MediaType.Png, new PictureOptions { MemoryMebibytes = 128 }));

    [Fact]
    public async Task Fit_AlwaysTooLarge_ComesToNothing() => Assert.Null(await FitAsync(NoisyJpeg.Make(800, 600), MediaType.Jpeg, limit: 1_000));

    [Theory]
    [InlineData("vipsthumbnail-that-is-not-there", "prlimit")]
    [InlineData("vipsthumbnail", "prlimit-that-is-not-there")]
    public async Task Fit_WithoutThePrograms_ComesToNothing(string thumbnailer, string limiter) =>
        Assert.Null(await FitAsync(NoisyJpeg.Make(800, 600), MediaType.Jpeg, new PictureOptions { Thumbnailer = thumbnailer, Limiter = limiter }));

    /// <summary>A program that never ends, given the same arguments.</summary>
    [Fact]
    public async Task Fit_AProgramThatHangs_IsEndedInTime()
    {
        var folder = Directory.CreateTempSubdirectory("beian-test-");
        try
        {
            var program = Path.Combine(folder.FullName, "hangs");
            var mark = Path.Combine(folder.FullName, "pid");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ > {mark}\nexec sleep 60\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            var watch = System.Diagnostics.Stopwatch.StartNew();

            // Without a limit on files, or it could not leave its mark.
            var limiter = Path.Combine(folder.FullName, "limiter");
            await File.WriteAllTextAsync(limiter, "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
            File.SetUnixFileMode(limiter, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            Assert.Null(await FitAsync(NoisyJpeg.Make(800, 600), MediaType.Jpeg, new PictureOptions { Thumbnailer = program, Limiter = limiter, TimeoutSeconds = 1 }));

            Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(20));
            var pid = int.Parse(await File.ReadAllTextAsync(mark), System.Globalization.CultureInfo.InvariantCulture);
            for (var tries = 0; Directory.Exists($"/proc/{pid}"); tries++)
            {
                Assert.True(tries < 100, "It still runs after 10 s.");
                await Task.Delay(100);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<byte[]?> FitAsync(byte[] picture, MediaType media, PictureOptions? options = null, int limit = Limit)
    {
        using var fitter = new VipsPictureFitter(Options.Create(options ?? new PictureOptions { TimeoutSeconds = 30 }), NullLogger<VipsPictureFitter>.Instance);
        return await fitter.FitAsync(() => new MemoryStream(picture), media, limit, default);
    }
}
