using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Tests.Domain.Materials;

public sealed class MaterialFormTests
{
    private static readonly MaterialFormat Card = new("idCard", "personCertificate", ["front", "back"], 50_000, 1_000_000, 800, 600);

    [Theory]
    [InlineData("front", null)]
    [InlineData("side", "material.partUnknown")]
    [InlineData(null, "material.partMissing")]
    public void Refuses_APartOfAKindWithParts_UnlessItIsOne(string? part, string? code) => Assert.Equal(code, Card.Refuses(part)?.Code);

    [Fact]
    public void Refuses_OtherKinds_WhatTheyDoNotHave()
    {
        Assert.Null((Card with { Parts = [] }).Refuses(null));
        Assert.Equal("material.partUnknown", (Card with { Parts = [] }).Refuses("front")?.Code);
        Assert.Equal("material.notUploaded", (Card with { Profile = "liveness" }).Refuses(null)?.Code);
        Assert.Equal("material.notUploaded", (Card with { Profile = "electronic" }).Refuses(null)?.Code);
    }

    [Theory]
    [InlineData("image", MediaType.Jpeg, true)]
    [InlineData("image", MediaType.Mp4, false)]
    [InlineData("video", MediaType.Mp4, true)]
    [InlineData("video", MediaType.Png, false)]
    [InlineData("liveness", MediaType.Mp4, false)]
    public void Accepts_AType_ByItsProfile(string profile, MediaType media, bool accepted) => Assert.Equal(accepted, (Card with { Profile = profile }).Accepts(media));

    [Theory]
    [InlineData(100_000, 800, 600, new string[0])]
    [InlineData(100_000, 600, 800, new string[0])]
    [InlineData(49_999, 800, 600, new[] { MaterialHints.FewBytes })]
    [InlineData(1_000_001, 800, 600, new[] { MaterialHints.ManyBytes })]
    [InlineData(100_000, 799, 600, new[] { MaterialHints.Small })]
    [InlineData(1_000, 800, 599, new[] { MaterialHints.FewBytes, MaterialHints.Small })]
    public void Hints_OfAPicture_TellWhatMayBeIllegible(long size, int width, int height, string[] codes) =>
        Assert.Equal(codes, MaterialHints.Of(Card, size, width, height).Select(h => h.Code));

    [Fact]
    public void Hints_OfAVideoOrAKindWithoutNumbers_AreNone()
    {
        Assert.Empty(MaterialHints.Of(Card, 1, null, null));
        Assert.Empty(MaterialHints.Of(new MaterialFormat("x", "image", [], null, null, null, null), 1, 1, 1));
        Assert.Single(MaterialHints.Of(new MaterialFormat("x", "image", [], null, null, 2, null), 1, 1, 1));
        Assert.Single(MaterialHints.Of(new MaterialFormat("x", "image", [], null, null, null, 2), 1, 1, 1));
    }

    [Theory]
    [InlineData(null, "material")]
    [InlineData("", "material")]
    [InlineData(" .. ", "material")]
    [InlineData("证件.jpg", "证件.jpg")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\a\\b.png", "b.png")]
    [InlineData("a\u202Egnp.exe", "agnp.exe")]
    [InlineData("a\0\r\n\u2028\uE000b.png", "ab.png")]
    [InlineData("a\uD800b.png", "ab.png")]
    public void Clean_AFileName_IsTextThatShowsWhatItIs(string? raw, string expected) => Assert.Equal(expected, FileNames.Clean(raw));

    [Fact]
    public void Clean_ALongName_KeepsItsExtensionAndSplitsNoCharacter()
    {
        var plain = FileNames.Clean(new string('a', 500) + ".jpg");
        var noExtension = FileNames.Clean("a." + new string('b', 500));
        var wide = FileNames.Clean(string.Concat(Enumerable.Repeat("😀", 100)) + ".jpeg");

        Assert.Equal((MaterialLimits.FileNameChars, true), (plain.Length, plain.EndsWith("a.jpg", StringComparison.Ordinal)));
        Assert.Equal(MaterialLimits.FileNameChars, noExtension.Length);
        Assert.EndsWith("😀.jpeg", wide, StringComparison.Ordinal);
        Assert.False(char.IsHighSurrogate(wide[^6]));
    }
}
