using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Webhooks;

/// <summary>Partners' webhooks, for admins. Routes that answer a secret take no <c>Idempotency-Key</c>: no record of a secret is kept.</summary>
public static class WebhookEndpoints
{
    public static WebApplicationBuilder AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookDesk>();
        return builder;
    }

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var webhooks = api.MapGroup("/admin/webhooks").WithTags("Admin").RequireAuthorization(Policies.Admin);
        webhooks.MapGet("", ListWebhooks.HandleAsync)
            .WithName("listWebhooks").WithSummary("Every webhook, without its secret")
            .Produces<WebhooksView>().Refuses(401, 403, 429);
        webhooks.MapPost("", AddWebhook.HandleAsync)
            .WithName("addWebhook").WithSummary("Register an address to be called when something happens to a filing; answers its secret, once").Uncached()
            .Produces<WebhookSecretView>(StatusCodes.Status201Created).Refuses(400, 401, 403, 409, 413, 415, 422, 429);
        var webhook = webhooks.MapGroup("/{webhookId}");
        webhook.MapPut("", ChangeWebhook.HandleAsync)
            .WithName("changeWebhook").WithSummary("Change address, events, or whether it is called; the secret stays")
            .Produces<WebhookView>().Refuses(400, 401, 403, 404, 413, 415, 422, 429);
        webhook.MapDelete("", DeleteWebhook.HandleAsync)
            .WithName("deleteWebhook").WithSummary("Remove a webhook; what is on its way to it becomes dead letters")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404, 429);
        webhook.MapPost("/secret", RotateWebhookSecret.HandleAsync)
            .WithName("rotateWebhookSecret").WithSummary("Make a new secret, shown once; the old one signs too for a while").Uncached()
            .Produces<WebhookSecretView>().Refuses(400, 401, 403, 404, 413, 415, 429);
        webhook.MapGet("/deliveries", ListWebhookDeliveries.HandleAsync)
            .WithName("listWebhookDeliveries").WithSummary("The calls of a webhook, newest first; narrow them by state")
            .Produces<Page<DeliveryView>>().Refuses(400, 401, 403, 404, 429);
        webhook.MapPost("/deliveries/{deliveryId}/replay", ReplayDelivery.HandleAsync)
            .WithName("replayWebhookDelivery").WithSummary("Make a call once more, taken before or not, with its old id")
            .Produces<DeliveryView>().Refuses(401, 403, 404, 409, 429);
    }
}
