using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Sandbox.Webhooks;

/// <param name="Secrets">The secrets that the played partner knows, in base64 as they were shown; empty for none: then every call is taken unchecked.</param>
public sealed record KnowSecretsRequest(IReadOnlyList<string> Secrets);

/// <summary>A partner at <c>/sandbox/webhooks</c> that is called there, and what it got.</summary>
internal static class SandboxWebhookEndpoints
{
    public static void AddSandboxWebhooks(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SandboxWebhooks>();

    public static void MapSandboxWebhooks(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/webhooks") is not { } webhooks)
        {
            return;
        }

        webhooks.AddEndpointFilter(new RefusalFilter());
        webhooks.MapGet("", (string? key, int? take, SandboxWebhooks all) => Answer.Ok(all.Inbox.View(key, take)));
        webhooks.MapDelete("", (SandboxWebhooks all) =>
        {
            all.Inbox.Clear();
            return Answer.Ok(all.Inbox.View());
        });
        webhooks.MapPut("", (Body<KnowSecretsRequest> body, SandboxWebhooks all) =>
            all.Know(body.Value.Secrets) ? Answer.Ok(all.Inbox.View()) : new DomainError("sandbox.badSecret", ErrorKind.Unprocessable).ToAnswer());
        webhooks.MapPost("", async (HttpContext http, SandboxWebhooks all) =>
        {
            using var content = new MemoryStream();
            await http.Request.Body.CopyToAsync(content, http.RequestAborted);
            return TypedResults.StatusCode(all.Take(http.Request.Headers, content.ToArray()) ? StatusCodes.Status204NoContent : StatusCodes.Status401Unauthorized);
        });
    }
}
