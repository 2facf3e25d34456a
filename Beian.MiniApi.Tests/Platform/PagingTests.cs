using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Tests.Platform;

public sealed class PagingTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("ten")]
    [InlineData("99999999999")]
    public void Parse_LimitOutOfRange_IsRefused(string limit) =>
        Assert.Equal("/limit", Assert.Single(PageRequest.Parse(limit, null).Refusal!.Errors).Pointer);

    [Theory]
    [InlineData("***")]
    [InlineData("/+==")]
    [InlineData("gICA")]
    [InlineData("AAAA")]
    public void Parse_CursorThatIsNotOurs_IsRefused(string cursor) =>
        Assert.Equal("/cursor", Assert.Single(PageRequest.Parse(null, cursor).Refusal!.Errors).Pointer);

    [Fact]
    public void Parse_Nothing_IsTheFirstTwenty()
    {
        var request = PageRequest.Parse(null, null);

        Assert.Null(request.Refusal);
        Assert.Equal((20, null, 21), (request.Limit, request.After, request.Take));
    }

    [Fact]
    public void Of_OneRowMoreThanAsked_GivesACursorToTheLastShown()
    {
        var request = PageRequest.Parse("2", null);

        var page = Page.Of(["c", "b", "a"], request, r => r, r => r);

        Assert.Equal(["c", "b"], page.Items);
        Assert.Equal("b", PageRequest.Parse("2", page.NextCursor).After);
    }

    [Fact]
    public void Of_ExactlyWhatWasAsked_IsTheLastPage()
    {
        var page = Page.Of(["b", "a"], PageRequest.Parse("2", null), r => r, r => r);

        Assert.Equal(2, page.Items.Count);
        Assert.Null(page.NextCursor);
    }
}
