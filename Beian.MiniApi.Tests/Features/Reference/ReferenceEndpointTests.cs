using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Features.Reference;

public sealed class ReferenceEndpointTests : IAsyncLifetime
{
    private TestApp _app = null!;

    public Task InitializeAsync()
    {
        _app = TestApp.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Get_EveryListedSet_HasItsItemsAndItsTag()
    {
        var index = await _app.Client.GetFromJsonAsync<JsonElement>("/api/v1/reference");

        var sets = index.GetProperty("items").EnumerateArray().ToList();
        Assert.Superset(new HashSet<string> { "provinces", "divisions", "materials", "agreements", "face-check-guide", "domain-suffixes" }, sets.Select(s => s.GetProperty("set").GetString()!).ToHashSet());
        foreach (var set in sets)
        {
            using var answer = await _app.Client.GetAsync(set.GetProperty("href").GetString());
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(set.GetProperty("count").GetInt32(), body.GetProperty("items").GetArrayLength());
            Assert.Equal(set.GetProperty("eTag").GetString(), answer.Headers.ETag?.Tag);
            Assert.Equal("public, max-age=3600", answer.Headers.CacheControl?.ToString().Replace("max-age=3600, public", "public, max-age=3600", StringComparison.Ordinal));
            Assert.False(answer.Headers.ETag!.IsWeak);
        }
    }

    [Fact]
    public async Task Get_SetTheCallerHas_Is304WithoutABody()
    {
        using var first = await _app.Client.GetAsync("/api/v1/reference/languages");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reference/languages");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await _app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_SetTheCallerHasInAnotherVersion_IsSentWhole()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reference/languages");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));

        using var answer = await _app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_Province_HasItsRulesAndUnescapedChinese()
    {
        var text = await _app.Client.GetStringAsync("/api/v1/reference/provinces/310000");

        Assert.Contains("\"name\":\"上海市\"", text, StringComparison.Ordinal);
        Assert.Contains("\"rules\":{", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/reference/phone-rules", "reference.unknownSet")]
    [InlineData("/api/v1/reference/..%2Fappsettings", "reference.unknownSet")]
    [InlineData("/api/v1/reference/provinces/710000", "reference.unknownProvince")]
    public async Task Get_UnknownSetOrProvince_Is404(string path, string code)
    {
        using var answer = await _app.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
