using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Beian.MiniApi.Sandbox;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>A web page elsewhere can have its own name lead to 127.0.0.1, and would then read what the sandbox tells.</summary>
    [Theory]
    [InlineData("localhost:5000", HttpStatusCode.OK)]
    [InlineData("[::1]:5000", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.NotFound)]
    [InlineData("localhost.evil.example", HttpStatusCode.NotFound)]
    [InlineData("192.168.1.7:5000", HttpStatusCode.NotFound)]
    public async Task Get_UnderAName_IsAnsweredOnlyIfItIsOfThisMachine(string host, HttpStatusCode expected)
    {
        await using var app = TestApp.Start();
        using var call = new HttpRequestMessage(HttpMethod.Get, "/sandbox/faults") { Headers = { Host = host } };

        Assert.Equal(expected, (await app.Client.SendAsync(call)).StatusCode);
    }

    [Fact]
    public async Task Routes_OfTheWholeSandbox_AreShutToOtherMachines()
    {
        await using var app = TestApp.Start("Development", null, services => services.AddSingleton<IStartupFilter, FromElsewhere>());
        var routes = app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("sandbox", StringComparison.Ordinal)).ToArray();
        Assert.True(routes.Length > 40, $"Only {routes.Length} routes.");

        foreach (var route in routes)
        {
            var path = "/" + Regex.Replace(route.RoutePattern.RawText!.TrimStart('/'), @"\{[^}]*\}", "a", RegexOptions.NonBacktracking);
            using var call = new HttpRequestMessage(new HttpMethod(route.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: [var method, ..] } ? method : "GET"), path);
            call.Content = call.Method == HttpMethod.Get ? null : new StringContent("{}", Encoding.UTF8, "application/json");
            var answer = await app.Client.SendAsync(call);

            // A body that cannot be read is refused before the door is looked at.
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{call.Method} {path} answered {answer.StatusCode}");
        }
    }

    private sealed class FromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, go) =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
                return go(http);
            });
            next(app);
        };
    }
}
