using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Beian.MiniApi.Tests.Auth;

public sealed class StaffPasswordTests
{
    private const string Phrase = "forty green umbrellas";
    private const string Djbh = "Umbrella-4711";

    private static readonly Uri Queue = new("/api/v1/review/filings", UriKind.Relative);

    private static readonly (string, string)[] Level3 = [("Staff:PasswordPolicy", "djbh-l3")];

    private readonly StillTime _time = new();

    [Fact]
    public async Task Change_ToAnother_EndsTheOtherSessionsAlone()
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");
        var other = await admin.LogInAsync();
        var client = await admin.LogInAsync();
        var reviewer = await app.StaffAsync("reviewer");

        var answer = await ChangeAsync(client, admin.Password, Phrase);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await reviewer.GetAsync(Queue)).StatusCode);
        Assert.Equal("auth.sessionEnded", await (await other.GetAsync(Queue)).CodeAsync());
        Assert.Equal("auth.badCredentials", await (await admin.TryAsync()).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(password: Phrase)).StatusCode);
    }

    [Theory]
    [InlineData("too short", "password.tooShort")]
    [InlineData("iloveyouiloveyou", "password.common")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", "password.common")]
    [InlineData("admin-2026-11-26-2026", "password.likeName")]
    [InlineData("sandbox-admin", "password.tooShort,password.reused")]
    [InlineData("e\u0301 with an accent apart", "password.unstable")]
    [InlineData("ADMIN1", "password.tooShort,password.likeName")]
    public async Task Change_ToOneThatDoesNotDo_NamesEveryDemand(string next, string codes)
    {
        await using var app = StaffAtWork.Start(_time);
        var client = await app.StaffAsync("admin");

        var answer = await ChangeAsync(client, "sandbox-admin", next);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("password.refused", problem.GetProperty("code").GetString());
        Assert.All(problem.GetProperty("errors").EnumerateArray(), e => Assert.Equal("/next", e.GetProperty("pointer").GetString()));
        Assert.Equal(codes.Split(','), problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()));
        Assert.DoesNotContain(next, problem.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>The folder is relative to the content root, which is not where the tests run, and the file begins with a byte order mark, as editors write it.</summary>
    [Fact]
    public async Task Change_ToOneOfTheListLaidOver_IsRefused()
    {
        using var overlay = new OverlayFiles();
        overlay.Write("common-passwords.json", "\ufeff" + $$"""{"source":"made up","checkedOn":"2026-11-26","items":["{{Phrase}}"]}""");
        await using var plain = TestApp.Start();
        var root = plain.Services.GetRequiredService<IHostEnvironment>().ContentRootPath;
        Assert.NotEqual(Path.TrimEndingDirectorySeparator(root), Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory()));
        await using var app = StaffAtWork.Start(_time, ("ReferenceData:OverlayFolder", Path.GetRelativePath(root, overlay.Folder)));

        var answer = await ChangeAsync(await app.StaffAsync("admin"), "sandbox-admin", Phrase.ToUpperInvariant());

        Assert.Equal("password.common", Assert.Single((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Change_WrongPresentOne_CountsLikeALogin()
    {
        await using var app = StaffAtWork.Start(_time);
        var client = await app.StaffAsync("admin");
        for (var i = 0; i < 5; i++)
        {
            var answer = await ChangeAsync(client, "wrong", Phrase);
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "password.wrong"), (answer.StatusCode, await answer.CodeAsync()));
        }

        Assert.Equal("auth.lockedOut", await (await ChangeAsync(client, "sandbox-admin", Phrase)).CodeAsync());
    }

    [Fact]
    public async Task Change_ManyAtOnceFromOnePassword_OneWins()
    {
        await using var app = StaffAtWork.Start(_time, ("Staff:MaxFailures", "100"));
        var client = await app.StaffAsync("admin");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => ChangeAsync(client, "sandbox-admin", $"{Phrase} number {i}")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("ｆｏｒｔｙ　ｇｒｅｅｎ　ｕｍｂｒｅｌｌａｓ", Phrase)]
    [InlineData("一把雨伞忘在了图书馆三楼的窗台上", "一把雨伞忘在了图书馆三楼的窗台上")]
    [InlineData(" spaces before and behind ", " spaces before and behind ")]
    [InlineData("0123456789 abcdefghij ABCDEFGHIJ 0123456789 abcdefghij ABCDEFGHIJ ~!", "0123456789 abcdefghij ABCDEFGHIJ 0123456789 abcdefghij ABCDEFGHIJ ~!")]
    public async Task Change_ToAPhrase_IsTakenInAnyWidth(string next, string typed)
    {
        await using var app = StaffAtWork.Start(_time);
        var admin = new StaffAtWork(app, _time, "admin");

        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(await admin.LogInAsync(), admin.Password, next)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(password: typed)).StatusCode);
    }

    [Fact]
    public async Task Restart_ChangedPassword_StaysUntilTheConfiguredOneChanges()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        await using (var app = StaffAtWork.Start("Development", folder, _time))
        {
            var client = await app.StaffAsync("admin");
            Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, "sandbox-admin", Phrase)).StatusCode);
        }

        await using (var app = StaffAtWork.Start("Development", folder, _time))
        {
            var admin = new StaffAtWork(app, _time, "admin");
            Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(password: Phrase)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await admin.TryAsync()).StatusCode);
        }

        await using (var app = StaffAtWork.Start("Development", folder, _time, ("Staff:Members:1:Password", "another configured one")))
        {
            var admin = new StaffAtWork(app, _time, "admin");
            Assert.Equal(HttpStatusCode.Unauthorized, (await admin.TryAsync(password: Phrase)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await admin.TryAsync(password: "another configured one")).StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Level3_PasswordOfNinetyDays_MayOnlyBeChanged()
    {
        await using var app = StaffAtWork.Start(_time, Level3);
        var admin = new StaffAtWork(app, _time, "admin");
        await admin.EnrolAsync(await admin.LogInAsync());
        _time.Advance(TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1));
        var client = await admin.LogInAsync(admin.CodeAt());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);

        _time.Advance(TimeSpan.FromMinutes(1));

        var expired = await client.GetAsync(Queue);
        Assert.Equal((HttpStatusCode.Forbidden, "auth.passwordExpired"), (expired.StatusCode, await expired.CodeAsync()));
        Assert.Equal("auth.passwordExpired", await (await client.PostAsync(new Uri("/api/v1/staff/totp", UriKind.Relative), null)).CodeAsync());
        var login = await (await admin.TryAsync(admin.CodeAt())).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["passwordChange"], login.GetProperty("staff").GetProperty("demands").EnumerateArray().Select(d => d.GetString()!));
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, admin.Password, Djbh)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
    }

    [Fact]
    public async Task Level3_ExpiredAndWithoutFactor_HasAWayOut()
    {
        await using var app = StaffAtWork.Start(_time, [.. Level3, ("Staff:DjbhL3:MaxAge", "00:00:01")]);
        var admin = new StaffAtWork(app, _time, "admin");
        _time.Advance(TimeSpan.FromSeconds(2));
        var client = await admin.LogInAsync();

        Assert.Equal("auth.passwordExpired", await (await client.GetAsync(Queue)).CodeAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, admin.Password, Djbh)).StatusCode);
        Assert.Equal("auth.secondFactorEnrolment", await (await client.GetAsync(Queue)).CodeAsync());
        await admin.EnrolAsync(client);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Queue)).StatusCode);
    }

    [Fact]
    public async Task Level3_LastFivePasswords_DoNotComeBack()
    {
        await using var app = StaffAtWork.Start(_time, Level3);
        var admin = new StaffAtWork(app, _time, "admin");
        var client = await admin.LogInAsync();
        await admin.EnrolAsync(client);
        var present = admin.Password;
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, present, Djbh + i)).StatusCode);
            present = Djbh + i;
        }

        foreach (var used in new[] { 1, 2, 3, 4, 5 })
        {
            var refused = await (await ChangeAsync(client, present, Djbh + used)).Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("password.reused", Assert.Single(refused.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
        }

        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, present, Djbh + "6")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await ChangeAsync(client, Djbh + "6", Djbh + "1")).StatusCode);
    }

    [Theory]
    [InlineData("lower-only", "password.tooSimple")]
    [InlineData("Ab1-", "password.tooShort")]
    [InlineData("Upper-lower", "")]
    [InlineData("lower4711!", "")]
    public void Level3_Classes_AreCounted(string password, string codes) =>
        Assert.Equal(codes, string.Join(',', new PasswordPolicy(8, 3, 5, TimeSpan.FromDays(90)).Judge(password, "carol", [], "/next").Select(f => f.Code)));

    [Fact]
    public void Nist_Numbers_AreThePublished()
    {
        Assert.Equal(new PasswordPolicy(15, 0, 0, null), PasswordPolicy.Nist(secondFactorRequired: false));
        Assert.Equal(new PasswordPolicy(8, 0, 0, null), PasswordPolicy.Nist(secondFactorRequired: true));
        Assert.True(PasswordPolicy.MaxLength >= 64);
        Assert.False(PasswordPolicy.Nist(false).IsExpired(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("12345678", true)]
    [InlineData("hgfedcba", true)]
    [InlineData("Password123", true)]
    [InlineData("WOAINI1314", true)]
    [InlineData("carol", false)]
    [InlineData("𝄞𝄞 music 𝄞𝄞", false)]
    [InlineData("\ud834 half a pair", false)]
    public void Judge_WhatIsTriedFirst_IsFound(string password, bool common)
    {
        var found = CommonPasswordFile.Load(TheBook.Folder, null).All;

        Assert.True(found.Count > 300);
        Assert.Equal(common, PasswordPolicy.Nist(true).Judge(password, "nobody", found, "/next").Any(f => f.Code == PasswordErrors.Common));
    }

    private static Task<HttpResponseMessage> ChangeAsync(HttpClient client, string current, string next) =>
        client.PostAsJsonAsync("/api/v1/staff/password", new { current, next });
}
