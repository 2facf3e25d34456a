using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Channels.Sms;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Sms;

/// <summary>What a gateway of text messages is sent.</summary>
internal sealed record GatewayMessage(string Key, string To, string Event, string Text, IReadOnlyDictionary<string, string> Values);

/// <summary>The inbox at <c>/sandbox/sms</c>, and a gateway that text messages can be posted to at the same address.</summary>
internal static class SandboxSmsEndpoints
{
    public static void AddSandboxSms(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SandboxSms>();

    public static void MapSandboxSms(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox(HttpSmsOptions.SandboxPath) is not { } sms)
        {
            return;
        }

        sms.AddEndpointFilter(new RefusalFilter());
        sms.MapGet("", (string? key, int? take, SandboxSms all) => Answer.Ok(all.Inbox.View(key, take)));
        sms.MapDelete("", (SandboxSms all) =>
        {
            all.Inbox.Clear();
            return Answer.Ok(all.Inbox.View());
        });
        sms.MapPost("", TakeAsync);
    }

    /// <summary>A gateway's own words, not ours: 401 without its secret, 422 for a number it has none for, 429 and 503 by the number's last digits.</summary>
    private static async Task<IResult> TakeAsync(HttpContext http, SandboxSms all, IOptions<HttpSmsOptions> options)
    {
        if (http.Request.Headers.Authorization.ToString() != (options.Value.Authorization ?? string.Empty))
        {
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }

        GatewayMessage? message;
        try
        {
            message = await JsonSerializer.DeserializeAsync<GatewayMessage>(http.Request.Body, JsonSerializerOptions.Web, http.RequestAborted);
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null || http.Request.Headers["Idempotency-Key"] != message.Key)
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        switch (SandboxSms.CodeOf(message.To))
        {
            case null:
                var taken = all.Send(message.Key, message.To, message.Event, message.Text, message.Values);
                return TypedResults.Json(new Dictionary<string, string> { ["id"] = string.Create(CultureInfo.InvariantCulture, $"{message.Key}#{taken.Times}") }, statusCode: StatusCodes.Status202Accepted);
            case var code when code.StartsWith("LimitExceeded", StringComparison.Ordinal):
                http.Response.Headers.RetryAfter = "30";
                return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
            case var code when code.StartsWith("InternalError", StringComparison.Ordinal):
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            default:
                return TypedResults.StatusCode(StatusCodes.Status422UnprocessableEntity);
        }
    }
}
