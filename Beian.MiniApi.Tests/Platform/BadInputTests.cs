using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>Bodies that cannot be read get the same precise refusal in Development and Production.</summary>
public sealed class BadInputTests
{
    private static readonly (string Name, byte[] Body, int Status, string Code, string? Pointer)[] Bodies =
    [
        ("cut off", Utf8("""{"code":"""), 400, "request.malformed", null),
        ("empty", [], 400, "request.malformed", null),
        ("comment", Utf8("""{/* x */"code":"a"}"""), 400, "request.malformed", null),
        ("trailing comma", Utf8("""{"code":"a",}"""), 400, "request.malformed", null),
        ("two documents", Utf8("""{"code":"a"}{"code":"b"}"""), 400, "request.malformed", null),
        ("broken UTF-8", [.. Utf8("{\"code\":\""), 0xff, 0xfe, .. Utf8("\"}")], 400, "request.malformed", null),
        ("UTF-16", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("""{"code":"a"}""")], 400, "request.malformed", null),
        ("lone surrogate", Utf8("""{"code":"\ud800"}"""), 400, "request.malformed", null),
        ("deep nesting", Utf8("{\"code\":" + new string('[', 200) + new string(']', 200) + "}"), 400, "request.malformed", null),
        ("an array", Utf8("[]"), 400, "request.wrongType", ""),
        ("null", Utf8("null"), 400, "request.wrongType", ""),
        ("a number for a text", Utf8("""{"code":5}"""), 400, "request.wrongType", "/code"),
        ("an object for a text", Utf8("""{"code":{"a":1}}"""), 400, "request.wrongType", "/code"),
        ("unknown member", Utf8("""{"code":"a","nope":1}"""), 400, "request.unknownField", "/nope"),
        ("member in other case", Utf8("""{"Code":"a"}"""), 400, "request.unknownField", "/Code"),
        ("member with signs", Utf8("""{"a/b~c.d":1}"""), 400, "request.unknownField", "/a~1b~0c.d"),
        ("repeated member", Utf8("""{"code":"a","code":"b"}"""), 400, "request.duplicateField", "/code"),
        ("over the limit", Utf8("{\"code\":\"" + new string('a', 300_000) + "\"}"), 413, "request.tooLarge", null),
    ];

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Post_UnreadableBody_IsRefusedPrecisely(string environment)
    {
        await using var app = TestApp.Start(environment, null, Logins.ProductionSettings);
        foreach (var (name, body, status, code, pointer) in Bodies)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

            var answer = await app.Client.PostAsync("/api/v1/auth/wechat", content);

            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            Assert.True(status == (int)answer.StatusCode, $"{name}: {problem}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            if (pointer is null)
            {
                Assert.True(code == problem.GetProperty("code").GetString(), $"{name}: {problem}");
                continue;
            }

            var field = Assert.Single(problem.GetProperty("errors").EnumerateArray());
            Assert.True((pointer, code) == (field.GetProperty("pointer").GetString(), field.GetProperty("code").GetString()), $"{name}: {problem}");
        }
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Request_OfAnotherKind_IsRefusedPrecisely(string environment)
    {
        await using var app = TestApp.Start(environment, null, Logins.ProductionSettings);
        using var text = Issuers.Text("{}", "text/plain");

        var notJson = await app.Client.PostAsync("/api/v1/auth/wechat", text);
        var noRoute = await app.Client.GetAsync("/api/v1/nothing");
        var noMethod = await app.Client.DeleteAsync("/api/v1/auth/wechat");
        var noToken = await app.Client.GetAsync("/api/v1/filings");

        await AssertAsync(notJson, HttpStatusCode.UnsupportedMediaType, "request.notJson");
        await AssertAsync(noRoute, HttpStatusCode.NotFound, "request.routeNotFound");
        await AssertAsync(noMethod, HttpStatusCode.MethodNotAllowed, "request.methodNotAllowed");
        await AssertAsync(noToken, HttpStatusCode.Unauthorized, "auth.tokenMissing");
    }

    [Theory]
    [InlineData("application/json", null, true)]
    [InlineData("application/json; charset=utf-8", "identity", true)]
    [InlineData("application/json; charset=\"UTF-8\"", null, true)]
    [InlineData("application/json; charset=gbk", null, false)]
    [InlineData("application/json; charset=utf-16", null, false)]
    [InlineData("application/json", "gzip", false)]
    [InlineData("application/json", "identity, gzip", false)]
    public async Task Post_InACharsetOrCodingNobodyReads_IsRefused(string type, string? coding, bool isRead)
    {
        await using var app = TestApp.Start();
        using var content = new ByteArrayContent(Utf8("""{"code":"sandbox-charset"}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (coding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        var answer = await app.Client.PostAsync("/api/v1/auth/wechat", content);

        if (isRead)
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return;
        }

        await AssertAsync(answer, HttpStatusCode.UnsupportedMediaType, "request.notJson");
    }

    [Fact]
    public async Task Fields_OverTheirLength_AreAllNamedAndNothingIsStored()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("wordy", 260));
        await journey.StartAsync();
        var before = (await journey.ReadAsync()).ToString();
        using var body = Issuers.Text(JsonSerializer.Serialize(new { name = new string('名', 129), remark = new string('x', 201), investor = string.Concat(Enumerable.Repeat("𠮷", 128)) }), "application/json");

        var answer = await (await journey.Client.PutAsync($"{journey.Path}/subject", body)).JsonAsync(400);

        Assert.Equal(["/name", "/remark"], answer.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()));
        Assert.Equal(before, (await journey.ReadAsync()).ToString());
    }

    [Theory]
    [InlineData("/sites", """{"preApprovals":[null]}""", "/preApprovals/0", "request.wrongType")]
    [InlineData("/sites", """{"serviceContents":[1,"a"]}""", "/serviceContents/1", "request.wrongType")]
    [InlineData("/sites", """{"serviceContents":[99999999999]}""", "/serviceContents/0", "request.wrongType")]
    [InlineData("/subject/confirmation", "{}", "/unchanged", "request.missingField")]
    [InlineData("/subject/confirmation", """{"unchanged":"yes"}""", "/unchanged", "request.wrongType")]
    [InlineData("/submission", """{"agreements":[{"id":1}]}""", "/agreements/0/id", "request.wrongType")]
    public async Task Post_WrongInside_IsPointedAt(string step, string json, string pointer, string code)
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("pointer", 261));
        await journey.StartAsync();
        using var body = Issuers.Text(json, "application/json");

        var answer = await (await journey.Client.PostAsync(journey.Path + step, body)).JsonAsync(400);

        var field = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (field.GetProperty("pointer").GetString(), field.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task RareCharacters_AreStoredAndAnsweredAsTheyAre()
    {
        await using var app = TestApp.Start();
        using var journey = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("rare", 262));
        await journey.StartAsync();
        using var body = Issuers.Text("{\"name\":\"𠮷野\\t<家>\\u0001\"}", "application/json");

        var answer = await journey.Client.PutAsync($"{journey.Path}/subject", body);

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"name\":\"𠮷野\\t<家>\\u0001\"", text, StringComparison.Ordinal);
        Assert.Equal("𠮷野\t<家>\u0001", JsonDocument.Parse(text).RootElement.GetProperty("subject").GetProperty("name").GetString());
    }

    private static async Task AssertAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(code, await answer.CodeAsync());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The server would resolve them: what ends one session would erase the user.</summary>
    [Theory]
    [InlineData("/api/v1/me/sessions/..")]
    [InlineData("/api/v1/me/consents/%2e%2E")]
    [InlineData("/api/v1/./me")]
    public async Task Delete_PathWithDotSegments_IsNoRoute(string path)
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("dots");
        var address = new Uri(app.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var answer = await client.DeleteAsync(address);

        Assert.Equal((HttpStatusCode.NotFound, "request.routeNotFound"), (answer.StatusCode, await answer.CodeAsync()));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/me")).StatusCode);
    }
}
