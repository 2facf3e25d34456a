using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

public sealed class ProblemTests
{
    [Fact]
    public async Task Get_UnknownRoute_IsAProblemWithItsCode()
    {
        await using var app = TestApp.Start();

        var answer = await app.Client.GetAsync(new Uri("/api/v1/nothing-here", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("request.routeNotFound", problem.GetProperty("code").GetString());
        Assert.Equal("没有这个接口", problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("en", "No such route")]
    [InlineData("fr, en;q=0.5, zh;q=0.4", "No such route")]
    [InlineData("en;q=0", "没有这个接口")]
    [InlineData("en;q=0.3, zh-CN", "没有这个接口")]
    public async Task Get_InALanguage_IsAnsweredInIt(string languages, string title)
    {
        await using var app = TestApp.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nothing-here") { Headers = { { "Accept-Language", languages } } };

        Assert.Equal(title, (await (await app.Client.SendAsync(request)).JsonAsync(404)).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Submit_AnEmptyDraft_NamesTheRuleBehindEachEntry()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("rules");
        var draft = await (await client.PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201);

        var refused = await (await client.PostAsJsonAsync($"/api/v1/filings/{draft.GetProperty("id")}/submission", new { agreements = Array.Empty<object>() })).JsonAsync(422);

        var rules = refused.GetProperty("errors").EnumerateArray().Where(e => e.GetProperty("code").GetString() != "agreement.missing")
            .Select(e => (Pointer: e.GetProperty("pointer").GetString(), Rule: e.TryGetProperty("ruleId", out var rule) ? rule.GetString() : null)).ToArray();
        Assert.Contains(("/subject/name", "fields.subject.name"), rules);
        Assert.DoesNotContain(rules, r => r.Pointer!.StartsWith("/subject/", StringComparison.Ordinal) && r.Rule is null);
    }
}
