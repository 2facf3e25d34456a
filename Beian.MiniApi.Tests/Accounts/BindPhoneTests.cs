using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

/// <summary>The number of a tap, redeemed with the played WeChat.</summary>
public sealed class BindPhoneTests(BindPhoneTests.Running running) : IClassFixture<BindPhoneTests.Running>
{
    private readonly TestApp _app = running.App;

    [Theory]
    [InlineData("sandbox-phone-13800000101", "138****0101", "13800000101")]
    [InlineData("sandbox-phone-0085212345678", "852****5678", "85212345678")]
    [InlineData("sandbox-phone-0012025550100", "120****0100", "12025550100")]
    public async Task Bind_GoodCode_StoresDigitsAndShowsThemMasked(string code, string masked, string stored)
    {
        var login = await _app.LogInAsync("phone" + stored);
        using var client = _app.ClientOf(login);

        var me = await (await BindAsync(client, code)).JsonAsync();

        Assert.Equal(masked, me.GetProperty("phone").GetString());
        Assert.Equal(masked, (await (await client.GetAsync("/api/v1/me")).JsonAsync()).GetProperty("phone").GetString());
        Assert.Equal(stored, (await _app.Get<IUserStore>().FindAsync(login.Id, default))!.Phone);
        Assert.Equal(masked, (await _app.LogInAsync("phone" + stored)).Answer.GetProperty("user").GetProperty("phone").GetString());
    }

    [Theory]
    [InlineData("", 401, "wechat.codeInvalid")]
    [InlineData("   ", 401, "wechat.codeInvalid")]
    [InlineData("sandbox-lin-login-code", 401, "wechat.codeInvalid")]
    [InlineData("sandbox-phone-138\u00000102", 401, "wechat.codeInvalid")]
    [InlineData("sandbox-phone-138\r\n0102", 401, "wechat.codeInvalid")]
    [InlineData("sandbox-phone-12", 401, "wechat.codeInvalid")]
    [InlineData("sandbox-phone-13800000102-of-somebody", 403, "wechat.openidMismatch")]
    public async Task Bind_BadCode_IsRefusedAtTheCode(string code, int status, string expected)
    {
        using var client = await _app.ApplicantAsync("badcode");

        var answer = await (await BindAsync(client, code)).JsonAsync(status);

        Assert.Equal(expected, answer.GetProperty("code").GetString());
        var error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(("/code", expected), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.Null((await (await client.GetAsync("/api/v1/me")).JsonAsync()).GetProperty("phone").GetString());
    }

    [Theory]
    [InlineData("dropped", "wechat.busy")]
    [InlineData("malformedJson", "wechat.busy")]
    [InlineData("slow", "wechat.timeout")]
    public async Task Bind_AnswerLost_AsksForANewTap(string kind, string code)
    {
        await using var app = TestApp.Start(("WeChat:AttemptTimeoutMilliseconds", "1000"), ("WeChat:CallTimeoutMilliseconds", "1500"));
        using var client = await app.ApplicantAsync("lost");
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        await app.FaultAsync(new { endpoint = "wechat/wxa/business/getuserphonenumber", kind, delayMilliseconds = kind == "slow" ? 10_000 : 0 });

        var answer = await BindAsync(client, "sandbox-phone-13800000110");

        Assert.Equal(code, await answer.CodeAsync());
        Assert.Null(answer.Headers.RetryAfter);
        Assert.Contains("Tap the button again", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>WeChat is told who asks, and compares.</summary>
    [Fact]
    public async Task Bind_CodeOfOnesOwnTap_IsTaken()
    {
        using var client = await _app.ApplicantAsync("tapper");

        await (await BindAsync(client, "sandbox-phone-13800000109-of-tapper")).JsonAsync();
    }

    [Fact]
    public async Task Bind_OverlongCode_IsNotSentOn()
    {
        using var client = await _app.ApplicantAsync("longcode");

        await (await BindAsync(client, "sandbox-phone-13800000103-" + new string('x', 300))).JsonAsync(401);
    }

    [Theory]
    [InlineData("busy", 429, "wechat.rateLimited", true)]
    [InlineData("down", 503, "wechat.busy", true)]
    [InlineData("foreign", 500, "wechat.config", false)]
    public async Task Bind_WeChatInTrouble_ChangesNothing(string trouble, int status, string code, bool later)
    {
        using var client = await _app.ApplicantAsync("trouble" + trouble);
        await (await BindAsync(client, "sandbox-phone-13800000104-" + trouble)).JsonAsync();

        var answer = await BindAsync(client, "sandbox-phone-" + trouble, key: "k-" + trouble);

        Assert.Equal((status, code), ((int)answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal(later, answer.Headers.RetryAfter is not null);
        Assert.Equal("138****0104", (await (await client.GetAsync("/api/v1/me")).JsonAsync()).GetProperty("phone").GetString());

        // Nothing of it is remembered: the same key may be used for the next try.
        Assert.Equal(status, (int)(await BindAsync(client, "sandbox-phone-" + trouble, key: "k-" + trouble)).StatusCode);
    }

    [Fact]
    public async Task Bind_CodeUsedTwice_IsRefused_ARepeatIsNot()
    {
        using var client = await _app.ApplicantAsync("repeat");
        var first = await BindAsync(client, "sandbox-phone-13800000105", key: "once");
        var again = await BindAsync(client, "sandbox-phone-13800000105", key: "once");
        var twice = await BindAsync(client, "sandbox-phone-13800000105");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, again.StatusCode, twice.StatusCode));
        Assert.Equal(["true"], again.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Bind_Again_ReplacesTheNumber()
    {
        using var client = await _app.ApplicantAsync("moved");
        await (await BindAsync(client, "sandbox-phone-13800000106")).JsonAsync();

        Assert.Equal("138****0107", (await (await BindAsync(client, "sandbox-phone-13800000107")).JsonAsync()).GetProperty("phone").GetString());
    }

    [Fact]
    public async Task Bind_AsStaffOrNobody_IsRefused()
    {
        using var staff = await _app.StaffAsync("reviewer");

        Assert.Equal(HttpStatusCode.Forbidden, (await BindAsync(staff, "sandbox-phone-13800000108")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await BindAsync(_app.Client, "sandbox-phone-13800000108")).StatusCode);
    }

    [Theory]
    [InlineData("""{"code":"a","extra":1}""", "request.unknownField")]
    [InlineData("""{}""", "request.invalid")]
    [InlineData("""{"code":5}""", "request.invalid")]
    public async Task Bind_ABodyThatIsNone_IsRefused(string body, string code)
    {
        using var client = await _app.ApplicantAsync("strict");

        var answer = await client.PostAsync("/api/v1/me/phone", Issuers.Text(body, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(await answer.CodeAsync(), new[] { code, "request.malformed" });
    }

    [Theory]
    [InlineData("86", "13800000001", "13800000001")]
    [InlineData("+86", "138 0000 0001", "13800000001")]
    [InlineData("852", "1234 5678", "85212345678")]
    [InlineData("86", "12345", null)]
    [InlineData("", "13800000001", null)]
    [InlineData("1", "", null)]
    [InlineData("12345", "13800000001", null)]
    public void WithCountry_DigitsOnly(string country, string number, string? stored) => Assert.Equal(stored, PhoneNumbers.WithCountry(country, number));

    private static async Task<HttpResponseMessage> BindAsync(HttpClient client, string code, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/me/phone") { Content = JsonContent.Create(new { code }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start();

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
