using System.Text;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Materials;

/// <summary>What the first bytes of a file tell; whole uploads are tested with the routes.</summary>
public sealed class FileFrontTests
{
    [Fact]
    public void Of_FilesThatAreTaken_IsTheirType()
    {
        Assert.Equal(MediaType.Jpeg, MediaTypes.Of(Samples.TinyJpeg()));
        Assert.Equal(MediaType.Png, MediaTypes.Of(Samples.TinyPng()));
        Assert.Equal(MediaType.Mp4, MediaTypes.Of(Samples.TinyMp4()));
    }

    [Theory]
    [InlineData("isom", "isom", true)]
    [InlineData("mp42", "xxxx", true)]
    [InlineData("M4V ", "xxxx", true)]
    [InlineData("avc1", "xxxx", true)]
    [InlineData("dash", "mp41", true)]
    [InlineData("dash", "xxxx", false)]
    [InlineData("heic", "mp41", false)]
    [InlineData("hevc", "mp41", false)]
    [InlineData("mif1", "mp41", false)]
    [InlineData("msf1", "mp41", false)]
    [InlineData("avif", "mp41", false)]
    [InlineData("qt  ", "mp41", false)]
    [InlineData("M4A ", "mp41", false)]
    [InlineData("M4B ", "mp41", false)]
    [InlineData("jp2 ", "mp41", false)]
    public void Of_AnFtypBox_IsAVideoByItsBrands(string major, string compatible, bool video) =>
        Assert.Equal(video ? MediaType.Mp4 : null, MediaTypes.Of(Samples.Box("ftyp", Encoding.ASCII.GetBytes(major + "\0\0\0\0" + compatible))));

    [Theory]
    [InlineData("")]
    [InlineData("FFD8FF")]
    [InlineData("FFD8FFFF")]
    [InlineData("FFD8FF00")]
    [InlineData("FFD800E0")]
    [InlineData("00FFD8FFE0")]
    [InlineData("89504E470D0A1A0B")]
    [InlineData("00000008667479706D70343200000000")]
    [InlineData("00002000667479706D70343200000000")]
    [InlineData("00000010667479706D703432")]
    [InlineData("25504446")]
    public void Of_AnythingElse_IsNothing(string hex) => Assert.Null(MediaTypes.Of(Convert.FromHexString(hex)));

    [Fact]
    public void ReadJpeg_OfAPicture_FindsItsSizeHoweverFarItIs()
    {
        var picture = Samples.TinyJpeg(64, 48, 4_000);

        Assert.Equal(HeaderRead.Found, PictureHeaders.ReadJpeg(picture, out var header));
        Assert.Equal((64, 48), (header!.Width, header.Height));
        Assert.All(Enumerable.Range(2, header.DataAt - 20), n => Assert.Equal(HeaderRead.NeedsMore, PictureHeaders.ReadJpeg(picture.AsSpan(0, n), out _)));
    }

    [Theory]
    [InlineData("FFD8FFFFE00002FFDA0002", HeaderRead.Broken)]
    [InlineData("FFD8000000000000", HeaderRead.Broken)]
    [InlineData("FFD8FFE00001", HeaderRead.Broken)]
    [InlineData("FFD8FFBF0004", HeaderRead.Broken)]
    [InlineData("FFD8FFD80004", HeaderRead.Broken)]
    [InlineData("FFD8FFD90004", HeaderRead.Broken)]
    [InlineData("FFD8FFD00004", HeaderRead.Broken)]
    [InlineData("FFD8FFC4000400000000", HeaderRead.NeedsMore)]
    [InlineData("FFD8FFC8000400000000", HeaderRead.NeedsMore)]
    [InlineData("FFD8FFC0001108", HeaderRead.NeedsMore)]
    public void ReadJpeg_OfStrangeMarkers_NeverFinds(string hex, HeaderRead expected)
    {
        Assert.Equal(expected, PictureHeaders.ReadJpeg(Convert.FromHexString(hex), out var header));
        Assert.True(header is null || expected == HeaderRead.Broken);
    }

    [Fact]
    public void ReadPng_OfAPicture_FindsItsSize()
    {
        var picture = Samples.TinyPng(64, 48);

        Assert.Equal(HeaderRead.Found, PictureHeaders.ReadPng(picture, out var header));
        Assert.Equal((64, 48), (header!.Width, header.Height));
        Assert.Equal(HeaderRead.NeedsMore, PictureHeaders.ReadPng(picture.AsSpan(0, 32), out _));
    }

    [Theory]
    [InlineData(11, 14)]
    [InlineData(12, 0)]
    [InlineData(24, 3)]
    [InlineData(25, 5)]
    public void ReadPng_WithAWrongByte_IsBroken(int at, byte value)
    {
        var picture = Samples.TinyPng();
        picture[at] = value;

        Assert.Equal(HeaderRead.Broken, PictureHeaders.ReadPng(picture, out _));
    }

    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(30_000, 4_000, null)]
    [InlineData(30_000, 30_000, "material.tooManyPixels")]
    [InlineData(0, 1, "material.badDimensions")]
    [InlineData(1, 0, "material.badDimensions")]
    [InlineData(30_001, 1, "material.badDimensions")]
    [InlineData(1, 30_001, "material.badDimensions")]
    public void Picture_OfASize_MustBeOneToWorkWith(long width, long height, string? code) =>
        Assert.Equal(code, MediaFacts.Picture(MediaType.Png, width, height).Error?.Code);

    [Theory]
    [InlineData(0, "material.durationUnknown")]
    [InlineData(0.1, null)]
    [InlineData(60, null)]
    [InlineData(60.001, "material.videoTooLong")]
    public void Video_OfALength_MustBeKnownAndShort(double seconds, string? code) => Assert.Equal(code, MediaFacts.Video(seconds).Error?.Code);

    [Fact]
    public void ContentTypeOf_EveryType_IsKnown()
    {
        Assert.Equal(["image/jpeg", "image/png", "video/mp4"], Enum.GetValues<MediaType>().Select(MediaTypes.ContentTypeOf));
        Assert.Throws<ArgumentOutOfRangeException>(() => MediaTypes.ContentTypeOf((MediaType)9));
        Assert.True(MaterialLimits.BytesOf(MediaType.Mp4) > MaterialLimits.BytesOf(MediaType.Png));
    }
}
