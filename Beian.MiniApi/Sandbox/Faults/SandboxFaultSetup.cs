using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;

namespace Beian.MiniApi.Sandbox.Faults;

/// <summary>The switches at <c>/sandbox/faults</c>, and what they do to calls of the played services.</summary>
internal static class SandboxFaultSetup
{
    private const string Root = "/sandbox/";

    private static readonly byte[] GatewayPage = Encoding.UTF8.GetBytes("<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>");

    public static void AddSandboxFaults(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SandboxFaults>();

    public static void MapSandboxFaults(this WebApplication app)
    {
        app.Use(SufferAsync);
        if (app.MapSandbox("/sandbox/faults") is not { } faults)
        {
            return;
        }

        faults.AddEndpointFilter(new RefusalFilter());
        faults.MapGet("", (SandboxFaults all) => Answer.Ok(new SandboxFaultsView(all.All)));
        faults.MapPut("", (Body<SandboxFault> body, SandboxFaults all) =>
            all.Set(body.Value) is { } set ? Answer.Ok(set) : new DomainError("sandbox.badFault", ErrorKind.Unprocessable).ToAnswer());
        faults.MapDelete("", (string? endpoint, SandboxFaults all) =>
        {
            all.Clear(endpoint);
            return Answer.Ok(new SandboxFaultsView(all.All));
        });
    }

    private static Task SufferAsync(HttpContext http, RequestDelegate next) =>
        EndpointOf(http.Request) is { } endpoint && http.RequestServices.GetRequiredService<SandboxFaults>().Next(endpoint) is { } mishap ? SufferAsync(http, next, mishap) : next(http);

    private static async Task SufferAsync(HttpContext http, RequestDelegate next, SandboxMishap mishap)
    {
        switch (mishap.Kind)
        {
            case SandboxFaultKind.Http5xx:
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
                http.Response.ContentType = "text/html";
                http.Response.ContentLength = GatewayPage.Length;
                await http.Response.Body.WriteAsync(GatewayPage, http.RequestAborted);
                break;
            case SandboxFaultKind.Errcode:
                await SandboxWeChatReply.Refusal(mishap.Errcode).ExecuteAsync(http);
                break;
            default:
                await SpoilAsync(http, await AnsweredAsync(http, next), mishap);
                break;
        }
    }

    /// <summary>Lets the service do what it is asked, and keeps its answer.</summary>
    private static async Task<byte[]> AnsweredAsync(HttpContext http, RequestDelegate next)
    {
        var wire = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        return kept.ToArray();
    }

    private static async Task SpoilAsync(HttpContext http, byte[] answer, SandboxMishap mishap)
    {
        switch (mishap.Kind)
        {
            case SandboxFaultKind.Dropped:
                http.Abort();
                return;
            case SandboxFaultKind.Slow:
                await Task.Delay(mishap.Delay, http.RequestAborted);
                break;
            case SandboxFaultKind.MalformedJson:
                answer = answer[..(answer.Length / 2)];
                break;
            default:
                http.Response.ContentType = "text/html";
                break;
        }

        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    /// <summary>The path of a call to a played service; null for everything else, the sandbox's own switches included.</summary>
    private static string? EndpointOf(HttpRequest request)
    {
        var path = request.Path.Value!;
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var endpoint = path[Root.Length..].Trim('/');
        return endpoint.Split('/')[0] switch
        {
            "wechat" => endpoint.StartsWith("wechat/push", StringComparison.Ordinal) ? null : endpoint,
            "rdap" or "dns" => HttpMethods.IsGet(request.Method) ? endpoint : null,
            "face" => endpoint,
            "oidc" => endpoint is "oidc/behaviour" or "oidc/keys" ? null : endpoint,

            // All its calls have one address; the page and the switch are no calls.
            "tencent" => endpoint == "tencent" && HttpMethods.IsPost(request.Method) ? $"tencent/{request.Headers["X-TC-Action"]}" : null,
            // Reading the inboxes and setting the partner's secrets are no calls. Mails come by SMTP, which meets its faults itself.
            "sms" or "webhooks" => HttpMethods.IsPost(request.Method) ? endpoint : null,
            _ => null,
        };
    }
}

/// <summary>All that is switched on, oldest first.</summary>
public sealed record SandboxFaultsView(IReadOnlyList<SandboxFaultView> Items);
