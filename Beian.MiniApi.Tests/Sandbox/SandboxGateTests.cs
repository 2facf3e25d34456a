using System.Net;
using Beian.MiniApi.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace Beian.MiniApi.Tests.Sandbox;

public sealed class SandboxGateTests
{
    [Theory]
    [InlineData("127.0.0.1", false, HttpStatusCode.OK)]
    [InlineData("::1", false, HttpStatusCode.OK)]
    [InlineData("203.0.113.7", false, HttpStatusCode.NotFound)]
    [InlineData("203.0.113.7", true, HttpStatusCode.OK)]
    public async Task Get_FromAnAddress_IsAnsweredOnlyIfItMayPlay(string peer, bool allowRemote, HttpStatusCode expected)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(SandboxGate.AllowRemote, (string?)allowRemote.ToString())]);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            return next(http);
        });
        app.MapSandbox("/sandbox/any")!.MapGet("/thing", () => "played");
        await app.StartAsync();
        using var client = new HttpClient();

        Assert.Equal(expected, (await client.GetAsync(app.Urls.Single() + "/sandbox/any/thing")).StatusCode);
    }
}
