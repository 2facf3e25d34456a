using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>A proxy of the machine's environment is for the outside only.</summary>
public sealed class OutsideHandlerTests
{
    private static readonly (string Client, string Setting)[] Clients =
        [("WeChat", "WeChat:BaseUrl"), ("faceCheck", "FaceCheck:BaseUrl"), ("tencentFace", "FaceCheck:Tencent:Endpoint"), ("identityProvider", "Staff:Oidc:Authority")];

    [Fact]
    public async Task Handler_OfAClientOfThisServersOwnSandbox_UsesNoProxy()
    {
        await using var app = TestApp.Start([.. Clients.Select(c => (c.Setting, "self"))]);

        Assert.All(Clients, c => Assert.False(HandlerOf(app, c.Client).UseProxy, c.Client));
    }

    [Fact]
    public async Task Handler_OfAClientOfTheOutside_UsesTheProxyAndFollowsNoRedirect()
    {
        await using var app = TestApp.Start([.. Clients.Select(c => (c.Setting, "https://outside.example/"))]);

        Assert.All(Clients, c => Assert.True(HandlerOf(app, c.Client) is { UseProxy: true, AllowAutoRedirect: false, UseCookies: false }, c.Client));
    }

    private static SocketsHttpHandler HandlerOf(TestApp app, string client)
    {
        var handler = app.Get<IHttpMessageHandlerFactory>().CreateHandler(client);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        return Assert.IsType<SocketsHttpHandler>(handler);
    }
}
