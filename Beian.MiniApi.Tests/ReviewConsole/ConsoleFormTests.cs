using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>Forms that cannot be read are refused in words, whoever sends them.</summary>
public sealed class ConsoleFormTests(AConsole console) : IClassFixture<AConsole>
{
    public static TheoryData<string, string> Ways => new()
    {
        { "/console/login", "zh-CN" }, { "/console/login", "en" }, { "/console/reasons", "zh-CN" }, { "/console/reasons", "en" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Form_ThatIsTooLarge_IsAPageThatSaysHowMuch(string path, string language)
    {
        using var form = new StringContent("reason=" + new string('a', 1024 * 1024), Encoding.ASCII, "application/x-www-form-urlencoded");

        var (status, page) = await SendAsync(path, form, language);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains(language == "en" ? "over the limit of 1048576 bytes" : "超过 1048576 字节的上限", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Form_WithTooManyFields_IsAPage(string path, string language)
    {
        using var form = new StringContent(string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=")), Encoding.ASCII, "application/x-www-form-urlencoded");

        await AssertUnreadableAsync(path, form, language);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Form_ThatEndsInTheMiddle_IsAPage(string path, string language)
    {
        using var form = new ByteArrayContent(Encoding.ASCII.GetBytes("--edge\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nhalf"));
        form.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=edge");

        await AssertUnreadableAsync(path, form, language);
    }

    private async Task AssertUnreadableAsync(string path, HttpContent form, string language)
    {
        var (status, page) = await SendAsync(path, form, language);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(language == "en" ? "Unreadable form" : "提交的内容无法读取", page, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Page)> SendAsync(string path, HttpContent form, string language)
    {
        await console.Reviewer.OpenAsync("/console/queue");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.App.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Cookie", string.Join("; ", console.Reviewer.Cookies.Select(c => $"{c.Name}={c.Value}")));
        request.Headers.Add("Accept-Language", language);
        using var answer = await client.SendAsync(request);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }
}
