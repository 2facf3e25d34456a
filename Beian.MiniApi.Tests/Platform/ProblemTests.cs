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
}
