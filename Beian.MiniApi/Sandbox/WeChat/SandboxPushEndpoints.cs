using System.Text.Json.Nodes;
using System.Xml;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>What to push to this server's own callback.</summary>
public sealed record PushEventRequest
{
    /// <summary>The event's fields, <c>Event</c> at least.</summary>
    public JsonObject? Event { get; init; }

    /// <summary>Name of the sandbox user whose doing it is; default <c>lin</c>.</summary>
    public string? User { get; init; }

    /// <summary><c>json</c>, the default, or <c>xml</c>.</summary>
    public string? Format { get; init; }

    /// <summary><c>plain</c>, <c>compatible</c> or <c>secure</c>; default as in the settings.</summary>
    public string? Mode { get; init; }
}

/// <param name="Taken">Whether the last delivery was answered as WeChat wants.</param>
/// <param name="Deliveries">At most three.</param>
public sealed record PushEventView(bool Taken, IReadOnlyList<SandboxDelivery> Deliveries);

/// <summary>Lets the played WeChat push an event.</summary>
internal static class SandboxPushEndpoints
{
    public static void AddSandboxPush(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SandboxPush>();
        builder.Services.TryAddSingleton<ISandboxPusher>(services => services.GetRequiredService<SandboxPush>());
        builder.Services.AddHttpClient(SandboxPush.ClientName).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    }

    public static void MapSandboxPush(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/wechat/push") is not { } push)
        {
            return;
        }

        push.AddEndpointFilter(new RefusalFilter());
        push.MapPost("", PushAsync);
    }

    private static async Task<IResult> PushAsync(Body<PushEventRequest> body, SandboxPush push, CancellationToken cancellationToken)
    {
        var asked = body.Value;
        if (asked.Event is not { } fields || !HasNames(fields) || !IsText(fields["Event"]) || asked.Format is not (null or "json" or "xml")
            || asked.Mode is not (null or "plain" or "compatible" or "secure") || !push.CanSend(asked.Mode))
        {
            return new DomainError("sandbox.badPush", ErrorKind.Unprocessable).ToAnswer();
        }

        var deliveries = await push.SendAsync(new SandboxPushed(fields, asked.User ?? "lin", asked.Format == "xml", asked.Mode), cancellationToken);
        return Answer.Ok(new PushEventView(deliveries[^1].Status == StatusCodes.Status200OK, deliveries));
    }

    private static bool IsText(JsonNode? value) => value is JsonValue v && v.TryGetValue<string>(out var text) && text.Length > 0;

    /// <summary>Every field's name can be written as an element of XML.</summary>
    private static bool HasNames(JsonNode? value) => value switch
    {
        JsonObject fields => fields.All(f => IsName(f.Key) && HasNames(f.Value)),
        JsonArray several => several.All(HasNames),
        _ => true,
    };

    private static bool IsName(string name) => name.Length > 0 && XmlConvert.IsStartNCNameChar(name[0]) && name.All(XmlConvert.IsNCNameChar);
}
