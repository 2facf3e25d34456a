using System.Text;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>Parts of the played WeChat that need a clock of their own, or bytes that our client does not send.</summary>
public sealed class SandboxPartsTests
{
    [Fact]
    public async Task Quota_After100PicturesOfADay_IsUsedUpUntilTheNextInShanghai()
    {
        var clock = new Clock();
        var quotas = new SandboxQuotas(clock);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(quotas.Take("cv/ocr/idcard")));
        Assert.Contains("101003", await BodyAsync(quotas.Take("cv/ocr/idcard")!), StringComparison.Ordinal);
        Assert.Null(quotas.Take("cv/ocr/bizlicense"));
        clock.Now += TimeSpan.FromHours(12);
        Assert.Null(quotas.Take("cv/ocr/idcard"));
    }

    [Fact]
    public void SessionKey_OldEnough_IsReplacedAtTheNextLogin()
    {
        var clock = new Clock();
        var users = new SandboxUsers(Options.Create(new SandboxWeChatOptions()), clock);
        var first = users.LogIn(SandboxLogins.OpenId("wxapp", "a"));

        clock.Now += TimeSpan.FromMinutes(29);
        Assert.Equal(first, users.LogIn(SandboxLogins.OpenId("wxapp", "a")));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.NotEqual(first, users.LogIn(SandboxLogins.OpenId("wxapp", "a")));
        clock.Now += TimeSpan.FromMinutes(121);
        Assert.False(users.WasSeen(SandboxLogins.OpenId("wxapp", "a")));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=\"b\"", false, false)]
    [InlineData("multipart/form-data; boundary=\"b\"", true, true)]
    [InlineData("multipart/form-data; boundary=b", false, true)]
    [InlineData("multipart/form-data", false, false)]
    [InlineData("application/json", false, false)]
    public void Upload_Boundary_IsReadWithoutQuotesUnlessTheSwitchIsOn(string contentType, bool quoted, bool read) =>
        Assert.Equal(read, SandboxUpload.Read(contentType, Form("form-data; name=\"img\"; filename=\"a.jpg\""), "img", quoted) is not null);

    [Theory]
    [InlineData("form-data; name=\"img\"; filename=\"a.jpg\"", true)]
    [InlineData("form-data; name=img; filename=\"a.jpg\"", false)]
    [InlineData("form-data; name=\"img\"; filename=a.jpg", false)]
    [InlineData("form-data; name=\"img\"", false)]
    [InlineData("form-data; name=\"media\"; filename=\"a.jpg\"", false)]
    [InlineData("form-data; name=\"img\"; filename=\"a.jpg\"; filename*=utf-8''a.jpg", false)]
    [InlineData("form-data; name=\"img\"; filename=\"身份证.jpg\"", false)]
    public void Upload_Disposition_IsReadAsWeChatWantsItAlone(string disposition, bool read) =>
        Assert.Equal(read, SandboxUpload.Read("multipart/form-data; boundary=b", Form(disposition), "img", false)?.Bytes.ToArray().AsSpan().SequenceEqual("bytes"u8) == true);

    private static byte[] Form(string disposition) => Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: {disposition}\r\nContent-Type: image/jpeg\r\n\r\nbytes\r\n--b--\r\n");

    private static async Task<string> BodyAsync(SandboxWeChatReply reply)
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System)
            .AddSingleton(WeChatErrcodes.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "wechat-errors.json"))).BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Path = "/sandbox/wechat/cv/ocr/idcard";
        http.Response.Body = body;
        await reply.ExecuteAsync(http);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
