using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>Smaller copies by libvips.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PictureFitterTests
{
    private const int Limit = 2_000_000;

    /// <summary>Mebibytes. The program itself takes some 190 of address space before it has seen a pixel.</summary>
    private const int LeastMemory = 256;

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

    /// <summary>A program that makes the same copy of anything.</summary>
    [Fact]
    public async Task Fit_AFilm_IsNotEvenTried()
    {
        var folder = Directory.CreateTempSubdirectory("beian-test-");
        try
        {
            var copy = Path.Combine(folder.FullName, "copy.jpg");
            await File.WriteAllBytesAsync(copy, NoisyJpeg.Make(80, 60));
            var options = new PictureOptions { Thumbnailer = await ScriptAsync(folder, "anything", $"cat > /dev/null; cat {copy}"), Limiter = await LimiterAsync(folder) };

            Assert.Equal(await File.ReadAllBytesAsync(copy), await FitAsync(Samples.TinyPng(), MediaType.Png, options));
            Assert.Null(await FitAsync(Samples.TinyMp4(), MediaType.Mp4, options));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An interlaced picture lies in memory whole: this one has 144 megabytes of pixels, and nothing but its size is wrong with it.</summary>
    [VipsFact]
    public async Task Fit_ABombOfPixels_IsStoppedByItsMemory()
    {
        var bomb = Samples.TinyPng(12_000, 12_000, interlaced: true);
        Assert.InRange(bomb.Length, 0, 500_000);
        using var log = new LogBook();

        Assert.Null(await FitAsync(bomb, MediaType.Png, new PictureOptions { TimeoutSeconds = 30, MemoryMebibytes = LeastMemory }, log: log));

        Assert.Contains("it ended with", log.Text, StringComparison.Ordinal);
        Assert.NotNull(await FitAsync(bomb, MediaType.Png, new PictureOptions { TimeoutSeconds = 30, MemoryMebibytes = 1_024 }));
    }

    [VipsFact]
    public async Task Fit_WithTheLeastMemory_MakesCopiesOfPhotographs()
    {
        var options = new PictureOptions { TimeoutSeconds = 30, MemoryMebibytes = LeastMemory };

        Assert.NotNull(await FitAsync(NoisyJpeg.Make(2400, 1600), MediaType.Jpeg, options));
        Assert.NotNull(await FitAsync(Samples.TinyPng(12_000, 12_000), MediaType.Png, options));
        Assert.True(IsAccepted(options));
        Assert.False(IsAccepted(new PictureOptions { MemoryMebibytes = LeastMemory - 1 }));
    }

    [VipsFact]
    public async Task Fit_AlwaysTooLarge_ComesToNothing()
    {
        var photograph = NoisyJpeg.Make(800, 600);
        var smallest = await FitAsync(photograph, MediaType.Jpeg);
        using var log = new LogBook();

        Assert.Null(await FitAsync(photograph, MediaType.Jpeg, limit: 1_000, log: log));

        Assert.NotNull(smallest);
        Assert.Contains("no size was small enough", log.Text, StringComparison.Ordinal);
    }

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
            var mark = Path.Combine(folder.FullName, "pid");
            var program = await ScriptAsync(folder, "hangs", $"echo $$ > {mark}\nexec sleep 60");
            var limiter = await LimiterAsync(folder);
            var watch = System.Diagnostics.Stopwatch.StartNew();

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

    private static bool IsAccepted(PictureOptions options) => Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true);

    /// <summary>Stands for <c>prlimit</c> and limits nothing, or a script could not write down what the test asks for.</summary>
    private static Task<string> LimiterAsync(DirectoryInfo folder) => ScriptAsync(folder, "limiter", "while [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"");

    private static async Task<string> ScriptAsync(DirectoryInfo folder, string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return path;
    }

    private static async Task<byte[]?> FitAsync(byte[] picture, MediaType media, PictureOptions? options = null, int limit = Limit, LogBook? log = null)
    {
        using var logs = LoggerFactory.Create(l => l.AddProvider(log ?? new LogBook()));
        using var fitter = new VipsPictureFitter(Options.Create(options ?? new PictureOptions { TimeoutSeconds = 30 }), logs.CreateLogger<VipsPictureFitter>());
        return await fitter.FitAsync(() => new MemoryStream(picture), media, limit, default);
    }
}
