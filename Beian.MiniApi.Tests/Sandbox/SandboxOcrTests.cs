using System.Text;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>Pictures read by the played WeChat, sent by our own client.</summary>
public sealed class SandboxOcrTests(SandboxWeChatCallTests.Running running) : IClassFixture<SandboxWeChatCallTests.Running>
{
    private readonly TestApp _app = running.App;

    private IWeChatClient Client => _app.Get<IWeChatClient>();

    [Theory]
    [InlineData("id-front.jpg", "林示例", "110101199003070003")]
    [InlineData("person-2.jpg", "陈样本", "440106198812120017")]
    [InlineData("blur.jpg", "林示例", null)]
    public async Task IdCard_ByFileName_IsRead(string fileName, string name, string? number)
    {
        var card = (await Client.ReadIdCardAsync(Picture(fileName), default)).Value;

        Assert.Equal((WeChatCardSide.Front, name, number), (card.Side, card.Name, card.Number));
    }

    [Theory]
    [InlineData("none.jpg", "", "ocr.notFound")]
    [InlineData("licence.jpg", "", "ocr.notFound")]
    [InlineData("broken.png", "", "ocr.imageInvalid")]
    [InlineData("a.jpg", "sandbox:none", "ocr.notFound")]
    [InlineData("a.jpg", "sandbox:broken", "ocr.imageInvalid")]
    public async Task IdCard_ByFileNameOrComment_IsNotRead(string fileName, string comment, string expected) =>
        Assert.Equal(expected, (await Client.ReadIdCardAsync(Picture(fileName, comment), default)).Error?.Code);

    [Fact]
    public async Task IdCard_BackSide_HasItsDates()
    {
        Assert.Equal(new DateOnly(2040, 5, 1), (await Client.ReadIdCardAsync(Picture("id-back.jpg"), default)).Value.ValidTo);
        Assert.True((await Client.ReadIdCardAsync(Picture("back-longterm.jpg"), default)).Value.IsLongTerm);
    }

    [Fact]
    public async Task Pictures_WithAnAnswerInside_GiveIt()
    {
        var card = (await Client.ReadIdCardAsync(Picture("a.jpg", """sandbox-ocr {"type":"Front","name":"赵演示"}"""), default)).Value;
        var licence = (await Client.ReadBusinessLicenceAsync(Picture("licence-2.jpg"), default)).Value;

        Assert.Equal(("赵演示", null), (card.Name, card.Number));
        Assert.Equal(("天河区样本百货店", "陈样本"), (licence.Name, licence.LegalRepresentative));
    }

    [Fact]
    public async Task Picture_ThatIsNone_IsNotDecoded()
    {
        Assert.Equal("ocr.imageInvalid", (await Client.ReadIdCardAsync(new WeChatPicture("text"u8.ToArray(), "a.jpg"), default)).Error?.Code);
        Assert.Equal("ocr.notFound", (await Client.ReadBusinessLicenceAsync(Picture("id-front.jpg"), default)).Error?.Code);
    }

    /// <summary>A JPEG with a comment, as far as its first bytes go.</summary>
    private static WeChatPicture Picture(string fileName, string comment = "")
    {
        var text = Encoding.UTF8.GetBytes(comment);
        return new WeChatPicture((byte[])[0xFF, 0xD8, 0xFF, 0xFE, 0x00, (byte)(text.Length + 2), .. text, 0xFF, 0xD9], fileName);
    }
}
