using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Notify;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Deliveries;

/// <summary>Messages by text message, mail and webhook: where each stands, dead letters among them.</summary>
public static class DeliveryEndpoints
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/review/deliveries").WithTags("Review").RequireAuthorization(Policies.Reviewer);
        deliveries.MapGet("", ListDeliveries.HandleAsync)
            .WithName("listDeliveries").WithSummary("Text messages, mails and webhook calls, newest first; narrow them by state (dead for dead letters), channel, filingId")
            .Produces<Page<DeliveryView>>();
        deliveries.MapPost("/{deliveryId}/retry", RetryDelivery.HandleAsync)
            .WithName("retryDelivery").WithSummary("Send a dead letter, or one that waits, from now on with its old key")
            .Produces<DeliveryView>().Refuses(404, 409);
        deliveries.MapPost("/{deliveryId}/drop", DropDelivery.HandleAsync)
            .WithName("dropDelivery").WithSummary("Give up a dead letter, or one that waits, and forget what it says")
            .Produces<DeliveryView>().Refuses(404, 409);
    }
}

internal static class ListDeliveries
{
    /// <param name="state">Name of a state.</param>
    /// <param name="channel">Name of a channel.</param>
    /// <param name="filingId">Those about that filing.</param>
    /// <param name="page">Which page.</param>
    /// <param name="queue">The store.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<Answer> HandleAsync(string? state, string? channel, string? filingId, PageRequest page, IDeliveryStore queue, CancellationToken cancellationToken) =>
        await DeliveryBook.ListAsync(queue, state, new DeliveryFilter(Channel: channel, FilingId: filingId), page, cancellationToken);
}

internal static class RetryDelivery
{
    public static async Task<Answer> HandleAsync(string deliveryId, IDeliveryStore queue, IOptions<NotifyOptions> options, TimeProvider time, CancellationToken cancellationToken) =>
        await DeliveryBook.RetryAsync(queue, deliveryId, null, time.GetUtcNow(), options.Value.WaitAtMost, cancellationToken);
}

internal static class DropDelivery
{
    public static async Task<Answer> HandleAsync(string deliveryId, IDeliveryStore queue, TimeProvider time, CancellationToken cancellationToken) =>
        await DeliveryBook.DropAsync(queue, deliveryId, time.GetUtcNow(), cancellationToken);
}
