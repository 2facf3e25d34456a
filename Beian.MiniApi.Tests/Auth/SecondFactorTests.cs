using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using OtpNet;

namespace Beian.MiniApi.Tests.Auth;

public sealed class SecondFactorTests
{
    private static readonly Uri Queue = new("/api/v1/review/filings", UriKind.Relative);

    private readonly StillTime _time = new();

    /// <summary>RFC 6238, appendix B.</summary>
    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void Code_OfThePublishedVectors_IsThePublishedOne(long seconds, string sha1, string sha256, string sha512)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        string CodeOf(int bytes, OtpHashMode mode) =>
            new Totp(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1234567890", 7))[..bytes]), mode: mode, totpSize: 8).ComputeTotp(at);

        Assert.Equal((sha1, sha256, sha512), (CodeOf(20, OtpHashMode.Sha1), CodeOf(32, OtpHashMode.Sha256), CodeOf(64, OtpHashMode.Sha512)));
    }

    [Fact]
    public async Task LogIn_OnceEnrolled_NeedsTheCode()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());

        var without = await admin.TryAsync();
        var wrong = await admin.TryAsync("000000" == admin.CodeAt() ? "111111" : "000000");
        var right = await admin.TryAsync(admin.CodeAt());

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.secondFactorRequired"), (without.StatusCode, await without.CodeAsync()));
        Assert.Equal((HttpStatusCode.Unauthorized, "auth.secondFactorInvalid"), (wrong.StatusCode, await wrong.CodeAsync()));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal("auth.badCredentials", await (await admin.TryAsync(admin.CodeAt(1), "wrong")).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await new StaffAtWork(app, _time, "reviewer").TryAsync()).StatusCode);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task LogIn_CodeOfAStepAside_IsTakenByOneStepOnly(int steps, bool taken)
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());
        _time.Advance(TimeSpan.FromMinutes(5));

        var answer = await admin.TryAsync(admin.CodeAt(steps));

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task LogIn_CodeUsedOrOlderThanAUsedOne_IsRefused()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());

        Assert.Equal("auth.secondFactorInvalid", await (await admin.TryAsync(admin.CodeAt(-1))).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(admin.CodeAt(1))).StatusCode);
        Assert.Equal("auth.secondFactorInvalid", await (await admin.TryAsync(admin.CodeAt(1))).CodeAsync());
        Assert.Equal("auth.secondFactorInvalid", await (await admin.TryAsync(admin.CodeAt())).CodeAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogIn_OneCodeManyTimesAtOnce_LetsOneIn(bool recovery)
    {
        await using var app = StaffAtWork.Start(_time, ("Staff:MaxFailures", "100"));
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());
        var code = recovery ? admin.RecoveryCodes[0] : admin.CodeAt();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.TryAsync(code)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task LogIn_WithRecoveryCodes_WorksOnceEachInAnySpelling()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var reviewer = new StaffAtWork(app, _time, "reviewer");
        await admin.EnrolAsync(await admin.LogInAsync());
        await reviewer.EnrolAsync(await reviewer.LogInAsync());

        Assert.Equal(10, admin.RecoveryCodes.Distinct().Count());
        Assert.Equal("auth.secondFactorInvalid", await (await reviewer.TryAsync(admin.RecoveryCodes[0])).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(admin.RecoveryCodes[0])).StatusCode);
        Assert.Equal("auth.secondFactorInvalid", await (await admin.TryAsync(admin.RecoveryCodes[0])).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(admin.RecoveryCodes[1].ToUpperInvariant().Replace('-', ' '))).StatusCode);
    }

    [Fact]
    public async Task LogIn_WrongCodes_CloseTheNameAndMissingOnesDoNot()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal("auth.secondFactorRequired", await (await admin.TryAsync()).CodeAsync());
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("auth.secondFactorInvalid", await (await admin.TryAsync(admin.CodeAt(5))).CodeAsync());
            if (i < 4)
            {
                // Asking without a code forgets nothing.
                Assert.Equal("auth.secondFactorRequired", await (await admin.TryAsync()).CodeAsync());
            }
        }

        var locked = await admin.TryAsync(admin.CodeAt());
        Assert.Equal((HttpStatusCode.TooManyRequests, "auth.lockedOut"), (locked.StatusCode, await locked.CodeAsync()));
    }

    [Fact]
    public async Task Enrol_Begun_ShowsSecretAddressAndPictureAndKeepsItProtected()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var client = await admin.LogInAsync();

        var view = await admin.BeginAsync(client);

        var secret = view.GetProperty("secret").GetString()!;
        var uri = new Uri(view.GetProperty("uri").GetString()!);
        var picture = view.GetProperty("qrCode").GetString()!;
        Assert.Equal(20, admin.Secret.Length);
        Assert.Equal(("otpauth", "totp"), (uri.Scheme, uri.Host));
        Assert.Contains("secret=" + secret, uri.Query, StringComparison.Ordinal);
        Assert.Contains("admin", uri.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(picture["data:image/png;base64,".Length..])[..4]);
        Assert.All(Directory.EnumerateFiles(app.Folder, "beian.db*"), f => Assert.Equal(-1, Shared(f).AsSpan().IndexOf(admin.Secret)));

        // What is not confirmed is not asked for.
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync()).StatusCode);
    }

    [Fact]
    public async Task Confirm_CodeOfAnotherSecretOrWithoutOne_IsRefused()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var client = await admin.LogInAsync();
        Assert.Equal("auth.secondFactorAbsent", await (await StaffAtWork.ConfirmAsync(client, "123456")).CodeAsync());
        await admin.BeginAsync(client);
        var replaced = admin.CodeAt();
        await admin.BeginAsync(client);

        var wrong = await StaffAtWork.ConfirmAsync(client, replaced);
        var junk = await StaffAtWork.ConfirmAsync(client, "１２３４５６");
        var right = await StaffAtWork.ConfirmAsync(client, admin.CodeAt());
        var again = await StaffAtWork.ConfirmAsync(client, admin.CodeAt(1));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "auth.codeWrong"), (wrong.StatusCode, await wrong.CodeAsync()));
        Assert.Equal("auth.codeWrong", await junk.CodeAsync());
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.True(right.Headers.CacheControl?.NoStore);
        Assert.Equal((HttpStatusCode.Conflict, "auth.secondFactorAbsent"), (again.StatusCode, await again.CodeAsync()));
        Assert.Equal("auth.secondFactorActive", await (await client.PostAsync(new Uri("/api/v1/staff/totp", UriKind.Relative), null)).CodeAsync());
    }

    [Fact]
    public async Task Confirm_AnyCode_EndsTheOtherSessions()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var other = await admin.LogInAsync();
        var client = await admin.LogInAsync();

        await admin.EnrolAsync(client);

        Assert.Equal("auth.sessionEnded", await (await other.GetAsync(Queue)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
    }

    [Fact]
    public async Task Remove_NeedsPasswordAndCode_AndCountsGuesses()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var client = await admin.LogInAsync();
        Assert.Equal("auth.secondFactorAbsent", await (await StaffAtWork.RemoveAsync(client, admin.Password, "123456")).CodeAsync());
        await admin.EnrolAsync(client);
        var other = await admin.LogInAsync(admin.RecoveryCodes[0]);

        var password = await StaffAtWork.RemoveAsync(client, "wrong", admin.CodeAt());
        var code = await StaffAtWork.RemoveAsync(client, admin.Password, admin.CodeAt(7));
        var removed = await StaffAtWork.RemoveAsync(client, admin.Password, admin.CodeAt());

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "password.wrong"), (password.StatusCode, await password.CodeAsync()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "auth.codeWrong"), (code.StatusCode, await code.CodeAsync()));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
        Assert.Equal("auth.sessionEnded", await (await other.GetAsync(Queue)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync()).StatusCode);

        await admin.EnrolAsync(client);
        for (var i = 0; i < 5; i++)
        {
            await StaffAtWork.RemoveAsync(client, "wrong", admin.CodeAt());
        }

        Assert.Equal("auth.lockedOut", await (await StaffAtWork.RemoveAsync(client, admin.Password, admin.CodeAt())).CodeAsync());
        Assert.Equal("auth.lockedOut", await (await admin.TryAsync(admin.CodeAt())).CodeAsync());
    }

    [Fact]
    public async Task Reset_ByAnAdmin_RemovesItAndEndsTheSessions()
    {
        await using var app = StaffAtWork.Start(_time);
        var reviewer = new StaffAtWork(app, _time, "reviewer");
        var client = await reviewer.LogInAsync();
        await reviewer.EnrolAsync(client);
        var admin = await app.StaffAsync("admin");
        var listed = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/admin/staff")).GetProperty("items").EnumerateArray().Single(m => m.GetProperty("userName").GetString() == "reviewer");
        var reset = new Uri($"/api/v1/admin/staff/{listed.GetProperty("id").GetString()}/totp", UriKind.Relative);

        Assert.True(listed.GetProperty("secondFactor").GetBoolean());
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds(), listed.GetProperty("lastLoginAt").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal("auth.forbidden", await (await client.DeleteAsync(reset)).CodeAsync());
        Assert.Equal("auth.staffNotFound", await (await admin.DeleteAsync(new Uri("/api/v1/admin/staff/nobody/totp", UriKind.Relative))).CodeAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(reset)).StatusCode);
        Assert.Equal("auth.sessionEnded", await (await client.GetAsync(Queue)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await reviewer.TryAsync()).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(reset)).StatusCode);
    }

    [Fact]
    public async Task LogIn_FactorRequiredAndAbsent_MayOnlySetOneUp()
    {
        await using var app = StaffAtWork.Start(_time, ("Staff:SecondFactor", "required"));
        var admin = new StaffAtWork(app, _time, "admin");
        var login = await (await admin.TryAsync()).Content.ReadFromJsonAsync<JsonElement>();
        var client = app.ClientOf(login.GetProperty("accessToken").GetString()!);

        Assert.Equal(["secondFactorEnrolment"], login.GetProperty("staff").GetProperty("demands").EnumerateArray().Select(d => d.GetString()!));
        foreach (var address in new[] { "/api/v1/review/filings", "/api/v1/admin/staff", "/api/v1/admin/accounts/nobody" })
        {
            var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal((HttpStatusCode.Forbidden, "auth.secondFactorEnrolment"), (answer.StatusCode, await answer.CodeAsync()));
        }

        Assert.Equal("auth.secondFactorEnrolment", await (await client.PostAsJsonAsync("/api/v1/staff/password", new { current = "a", next = "b" })).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/reference", UriKind.Relative))).StatusCode);

        // A refreshed token gets no further.
        var refreshed = await (await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.GetProperty("refreshToken").GetString() })).Content.ReadFromJsonAsync<JsonElement>();
        client = app.ClientOf(refreshed.GetProperty("accessToken").GetString()!);
        Assert.Equal("auth.secondFactorEnrolment", await (await client.GetAsync(Queue)).CodeAsync());

        await admin.EnrolAsync(client);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await StaffAtWork.RemoveAsync(client, admin.Password, admin.CodeAt())).StatusCode);
        Assert.Equal("auth.secondFactorEnrolment", await (await client.GetAsync(Queue)).CodeAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsync(new Uri("/api/v1/staff/logout", UriKind.Relative), null)).StatusCode);
    }

    [Theory]
    [InlineData("Development", "", "", false)]
    [InlineData("Development", "Staff:PasswordPolicy", "djbh-l3", true)]
    [InlineData("Production", "", "", true)]
    [InlineData("Production", "Staff:SecondFactor", "optional", false)]
    [InlineData("Production", "Staff:PasswordPolicy", "djbh-l3", true)]
    public async Task LogIn_ByDefault_DemandsAFactorOutsideDevelopment(string environment, string key, string value, bool demanded)
    {
        (string, string)[] settings =
        [
            .. Logins.ProductionSettings, ("Staff:Members:0:UserName", "carol"), ("Staff:Members:0:Role", "reviewer"), ("Staff:Members:0:Password", "Carol keeps 7 cats & a boat"),
        ];
        await using var app = StaffAtWork.Start(environment, null, _time, key.Length == 0 ? settings : [.. settings, (key, value)]);
        var carol = new StaffAtWork(app, _time, "carol") { Password = "Carol keeps 7 cats & a boat" };

        var login = await (await carol.TryAsync()).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(demanded, login.GetProperty("staff").TryGetProperty("demands", out _));
    }

    private static byte[] Shared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
