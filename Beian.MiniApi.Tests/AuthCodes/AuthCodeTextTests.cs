using Beian.MiniApi.Domain.AuthCodes;

namespace Beian.MiniApi.Tests.AuthCodes;

public sealed class AuthCodeTextTests
{
    private const string Plain = "ABCDEFGHJKLMNPQRSTUV";

    [Theory]
    [InlineData("ABCD-EFGH-JKLM-NPQR-STUV")]
    [InlineData("  abcd efgh jklm npqr stuv\n")]
    [InlineData("abcd\u2013efgh\u2014jklm\u3000npqr\u00a0stuv")]
    [InlineData("ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＳＴＵＶ")]
    [InlineData("ABCD－EFGH－JKLM－NPQR－STUV")]
    public void Normalise_HowPeopleTypeIt_IsTheSameCode(string typed) => Assert.Equal(Plain, AuthCodeText.Normalise(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABCD-EFGH-JKLM-NPQR-STU")]
    [InlineData("ABCD-EFGH-JKLM-NPQR-STUV-W")]
    [InlineData("ABCD-EFGH-JKLM-NPQR-STU0")]
    [InlineData("ABCD-EFGH-IKLM-NPQR-STUV")]
    [InlineData("授权码")]
    public void Normalise_WhatCannotBeACode_IsNull(string? typed) => Assert.Null(AuthCodeText.Normalise(typed));

    [Fact]
    public void Alphabet_HasThirtyTwoLettersWithoutLookAlikes()
    {
        Assert.Equal(32, AuthCodeText.Alphabet.Distinct().Count());
        Assert.DoesNotContain(AuthCodeText.Alphabet, c => "IO01".Contains(c, StringComparison.Ordinal));
        Assert.True(AuthCodeText.Length * Math.Log2(AuthCodeText.Alphabet.Length) >= 96);
    }

    [Fact]
    public void Grouped_Normalised_ComesBack()
    {
        Assert.Equal("ABCD-EFGH-JKLM-NPQR-STUV", AuthCodeText.Grouped(Plain));
        Assert.Equal(Plain, AuthCodeText.Normalise(AuthCodeText.Grouped(Plain)));
    }
}
