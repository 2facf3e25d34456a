using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Letters;

/// <summary>The letters of a filing over HTTP: which there are, what the page holds, and who may see it.</summary>
public sealed partial class LetterRouteTests
{
    private const string Notice = "authenticityNoticeJiangsu";

    [Fact]
    public async Task List_OfAFiling_NamesWhatIsDueUntilItIsHandedIn()
    {
        await using var app = TestApp.Start();
        using var journey = await InJiangsuAsync(app, "letterlist", 401);

        var before = await ListAsync(journey);
        await journey.UploadAsync(Notice, null, journey.SiteId);
        var after = await ListAsync(journey);

        var notice = before[Notice];
        Assert.Equal((journey.SiteId, true), (notice.GetProperty("siteId").GetString(), notice.GetProperty("due").GetBoolean()));
        Assert.Equal(["siteManagerSignature", "date"], notice.GetProperty("signing").EnumerateArray().Select(s => s.GetString()!));
        Assert.False(after[Notice].GetProperty("due").GetBoolean());
        Assert.True(after["authenticityCommitmentJiangsu"].GetProperty("due").GetBoolean());
        Assert.Equal((3, JsonValueKind.Null, JsonValueKind.Null), (before["principalAuthorization"].GetProperty("maxAgeMonths").GetInt32(), before["principalAuthorization"].GetProperty("maxAgeDays").ValueKind, before["principalAuthorization"].GetProperty("siteId").ValueKind));
        Assert.Contains("法定代表人", before["principalAuthorization"].GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ALetter_IsAPageThatNothingCanRunInOrKeep()
    {
        await using var app = TestApp.Start();
        using var journey = await InJiangsuAsync(app, "letterpage", 402);

        var answer = await journey.Client.GetAsync($"{journey.Path}/letters/{Notice}");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.Equal(("no-store", "nosniff", "no-referrer"), (answer.Headers.CacheControl!.ToString(), Header(answer, "X-Content-Type-Options"), Header(answer, "Referrer-Policy")));
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(html).Groups[1].Value)));
        Assert.Equal($"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", Header(answer, "Content-Security-Policy"));
        Assert.Contains("size: A4", html, StringComparison.Ordinal);
        Assert.Contains(journey.Who.Principal.CertificateNumber, html, StringComparison.Ordinal);
        Assert.Contains(journey.Who.Domain, html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"hint\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain('{', MainOf().Match(html).Value);
    }

    [Fact]
    public async Task Get_WithMarkupInAName_ShowsItAsText()
    {
        await using var app = TestApp.Start();
        var who = Applicant.Organisation("lettermarkup", 403) with { Principal = Principal.Number(403, "<script>alert('甲')</script>&\"\u202e\u0007") };
        using var journey = await StartedAsync(app, who);
        await journey.PutSubjectAsync();
        await journey.PutPrincipalAsync();

        var html = await journey.Client.GetStringAsync($"{journey.Path}/letters/principalAuthorization");

        Assert.Contains("<bdi>&lt;script&gt;alert(&#39;甲&#39;)&lt;/script&gt;&amp;&quot;\u202e </bdi>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("zh-CN", "未填写：主体负责人姓名", "zh-CN")]
    [InlineData("en", "Not filled in: name of the subject&#39;s principal", "en")]
    public async Task Get_WithFieldsNotTyped_LeavesLinesAndSaysOnScreenWhichOnes(string asked, string hint, string language)
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app, Applicant.Organisation("letterblank" + language[..2], 404));
        journey.Client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(asked));

        var html = await journey.Client.GetStringAsync($"{journey.Path}/letters/principalAuthorization");

        Assert.Contains($"<span class=\"blank\">&nbsp;</span><span class=\"hint\" lang=\"{language}\">{hint}</span>", html, StringComparison.Ordinal);
        Assert.Contains("@media print { .guide, .hint { display: none; } }", html, StringComparison.Ordinal);
        Assert.Contains("<h1>主体负责人授权书</h1>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_LongNames_AreSetSmaller()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app, Applicant.Organisation("lettersize", 405));
        await journey.PutSubjectAsync();
        var ordinary = await journey.Client.GetStringAsync($"{journey.Path}/letters/principalAuthorization");
        await (await journey.Client.PutAsync($"{journey.Path}/subject", Json(new { name = new string('长', 128), legalRepresentative = new { name = new string('名', 64), certificateNumber = new string('8', 64) } }))).JsonAsync();
        var longest = await journey.Client.GetStringAsync($"{journey.Path}/letters/principalAuthorization");

        Assert.Contains("<main class=\"f16\">", ordinary, StringComparison.Ordinal);
        Assert.Contains("<main class=\"f12", longest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ByAnybodyElse_IsRefused()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app, Applicant.Organisation("letterowner", 406));
        var stranger = await app.ApplicantAsync("letterstranger");
        var reviewer = await app.StaffAsync("reviewer");
        foreach (var path in new[] { "/letters", "/letters/principalAuthorization" })
        {
            Assert.Equal("filing.notFound", await (await stranger.GetAsync(journey.Path + path)).CodeAsync());
            Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.GetAsync(journey.Path + path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync(journey.Path + path)).StatusCode);
        }

        var link = $"{journey.Path}/letters/principalAuthorization/link";
        Assert.Equal("filing.notFound", await (await stranger.PostAsync(link, null)).CodeAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.PostAsync(link, null)).StatusCode);
        Assert.Equal("letter.notFound", await (await journey.Client.GetAsync($"{journey.Path}/letters/idCard")).CodeAsync());
        Assert.Equal("site.notFound", await (await journey.Client.GetAsync($"{journey.Path}/letters/siteManagerAuthorization?siteId=nobody")).CodeAsync());
        Assert.Equal("letter.notFound", await (await journey.Client.PostAsync($"{journey.Path}/letters/idCard/link", null)).CodeAsync());
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static async Task<Dictionary<string, JsonElement>> ListAsync(ApplicantJourney journey) =>
        (await (await journey.Client.GetAsync($"{journey.Path}/letters")).JsonAsync()).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("kind").GetString()!);

    private static async Task<ApplicantJourney> StartedAsync(TestApp app, Applicant who)
    {
        var journey = await ApplicantJourney.OpenAsync(app.Address, who);
        await journey.StartAsync();
        await journey.VerifyAsync();
        return journey;
    }

    private static async Task<ApplicantJourney> InJiangsuAsync(TestApp app, string login, int n)
    {
        var journey = await StartedAsync(app, Applicant.Organisation(login, n) with { Province = "320000", City = "320100", District = "320102" });
        await journey.PutSubjectAsync();
        await journey.PutPrincipalAsync();
        await journey.PutSiteAsync();
        await journey.PutSitePrincipalAsync();
        return journey;
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<main.*</main>", RegexOptions.Singleline)]
    private static partial Regex MainOf();
}
