using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Notify;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Webhooks;

internal static class ListWebhooks
{
    public static async Task<Answer> HandleAsync(IWebhookStore webhooks, CancellationToken cancellationToken) =>
        Answer.Ok(new WebhooksView([.. (await webhooks.ListAsync(cancellationToken)).Select(WebhookView.From)]));
}

internal static class AddWebhook
{
    private static readonly Uri Nowhere = new("https://localhost/");

    public static async Task<Answer> HandleAsync(Body<WebhookRequest> body, WebhookDesk desk, IWebhookStore webhooks, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((await webhooks.ListAsync(cancellationToken)).Count >= WebhookDesk.MaxWebhooks)
        {
            return WebhookErrors.TooMany(WebhookDesk.MaxWebhooks).ToAnswer();
        }

        var template = new Webhook(Guid.CreateVersion7().ToString("N"), Nowhere, body.Value.AccountId, [], true, time.GetUtcNow(), null);
        if (!(await desk.ReadAsync(body.Value, template, cancellationToken)).TryGet(out var webhook, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var secret = WebhookDesk.NewSecret();
        await webhooks.AddAsync(webhook, secret, cancellationToken);
        return Answer.Created($"/api/v1/admin/webhooks/{webhook.Id}", new WebhookSecretView(WebhookView.From(webhook), Convert.ToBase64String(secret)));
    }
}

internal static class ChangeWebhook
{
    public static async Task<Answer> HandleAsync(string webhookId, Body<WebhookRequest> body, WebhookDesk desk, IWebhookStore webhooks, CancellationToken cancellationToken)
    {
        if (await webhooks.GetAsync(webhookId, cancellationToken) is not { } before)
        {
            return WebhookErrors.NotFound().ToAnswer();
        }

        if (body.Value.AccountId is { } account && account != before.AccountId)
        {
            // Whoever holds the secret must not hear of others all of a sudden.
            return RequestErrors.Invalid(WebhookErrors.AccountUnknown()).ToAnswer();
        }

        if (!(await desk.ReadAsync(body.Value, before, cancellationToken)).TryGet(out var webhook, out var refusal))
        {
            return refusal.ToAnswer();
        }

        return await webhooks.ChangeAsync(webhook, cancellationToken) ? Answer.Ok(WebhookView.From(webhook)) : WebhookErrors.NotFound().ToAnswer();
    }
}

internal static class DeleteWebhook
{
    public static async Task<Answer> HandleAsync(string webhookId, IWebhookStore webhooks, CancellationToken cancellationToken) =>
        await webhooks.RemoveAsync(webhookId, cancellationToken) ? Answer.NoContent() : WebhookErrors.NotFound().ToAnswer();
}

internal static class RotateWebhookSecret
{
    private const int KeptHours = 24;
    private const int MostHours = 168;

    public static async Task<Answer> HandleAsync(string webhookId, OptionalBody<WebhookSecretRequest> body, IWebhookStore webhooks, TimeProvider time, CancellationToken cancellationToken)
    {
        var hours = body.Value?.KeepOldHours ?? KeptHours;
        if (hours is < 0 or > MostHours)
        {
            return RequestErrors.Invalid(WebhookErrors.KeepOldOutOfRange()).ToAnswer();
        }

        var secret = WebhookDesk.NewSecret();
        return await webhooks.RotateAsync(webhookId, secret, time.GetUtcNow().AddHours(hours), cancellationToken)
            && await webhooks.GetAsync(webhookId, cancellationToken) is { } webhook
                ? Answer.Ok(new WebhookSecretView(WebhookView.From(webhook), Convert.ToBase64String(secret)))
                : WebhookErrors.NotFound().ToAnswer();
    }
}

internal static class ListWebhookDeliveries
{
    /// <param name="webhookId">Which webhook.</param>
    /// <param name="state">Name of a state.</param>
    /// <param name="page">Which page.</param>
    /// <param name="webhooks">The store of webhooks.</param>
    /// <param name="queue">The store of messages.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<Answer> HandleAsync(string webhookId, string? state, PageRequest page, IWebhookStore webhooks, IDeliveryStore queue, CancellationToken cancellationToken) =>
        await webhooks.GetAsync(webhookId, cancellationToken) is null
            ? WebhookErrors.NotFound().ToAnswer()
            : await DeliveryBook.ListAsync(queue, state, new DeliveryFilter(Channel: "webhook", Target: webhookId), page, cancellationToken);
}

internal static class ReplayDelivery
{
    public static async Task<Answer> HandleAsync(string webhookId, string deliveryId, IDeliveryStore queue, IOptions<NotifyOptions> options, TimeProvider time, CancellationToken cancellationToken) =>
        await DeliveryBook.RetryAsync(queue, deliveryId, webhookId, time.GetUtcNow(), options.Value.WaitAtMost, cancellationToken);
}
