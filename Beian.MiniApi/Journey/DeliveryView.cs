using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>A message by text message, mail or webhook, for staff: where it stands, and never to whom it went or what it said.</summary>
/// <param name="Id">Names it in the routes.</param>
/// <param name="Key">What the receiver sees as its key, the same at every attempt.</param>
/// <param name="Channel"><c>sms</c>, <c>mail</c> or <c>webhook</c>.</param>
/// <param name="WebhookId">The webhook it is for; null for the other channels.</param>
/// <param name="FilingId">The filing it tells of.</param>
/// <param name="Event">What happened, such as <c>approve</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why the last attempt failed or it was not sent, as a code; null when nothing failed.</param>
/// <param name="Attempts">Attempts begun, since the last retry by hand.</param>
/// <param name="QueuedAt">When it was queued.</param>
/// <param name="DueAt">When it is tried next, not before; null when it has ended.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Receipt">The other side's own number of it, or null.</param>
public sealed record DeliveryView(
    string Id, string Key, string Channel, string? WebhookId, string FilingId, string Event, DeliveryState State, string? Reason, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt,
    string? Receipt)
{
    internal static DeliveryView From(DeliveryRow row) =>
        new(IdOf(row), row.Key, row.Channel, row.Channel == "webhook" ? row.Target : null, row.FilingId, row.Event, row.State, row.Reason, row.Attempts, row.QueuedAt, row.DueAt, row.EndedAt, row.Receipt);

    internal static string IdOf(DeliveryRow row) => row.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Refusals about messages to the outside.</summary>
public static class DeliveryErrors
{
    public static DomainError NotFound() => new("delivery.notFound", ErrorKind.NotFound);

    /// <summary>An attempt is being made, or what it says is forgotten.</summary>
    public static DomainError NotRetryable() => new("delivery.notRetryable", ErrorKind.Conflict);

    /// <summary>There is nothing left to give up.</summary>
    public static DomainError Ended() => new("delivery.ended", ErrorKind.Conflict);
}

/// <summary>What staff do with messages to the outside; the same for one of a webhook and for all.</summary>
public static class DeliveryBook
{
    private static readonly string[] Channels = ["sms", "mail", "webhook"];

    /// <summary>A page of messages, newest first.</summary>
    /// <param name="queue">The store.</param>
    /// <param name="state">Name of a state; null for all.</param>
    /// <param name="filter">What else narrows the list.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<Answer> ListAsync(IDeliveryStore queue, string? state, DeliveryFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        long before = long.MaxValue;
        if (page.After is { } after && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return RequestErrors.BadCursor().ToAnswer();
        }

        var known = DeliveryState.Queued;
        if (state is not null && !Enum.GetValues<DeliveryState>().Any(s => string.Equals((known = s).ToString(), state, StringComparison.OrdinalIgnoreCase)))
        {
            return RequestErrors.Invalid(new Finding("/state", "delivery.stateUnknown")).ToAnswer();
        }

        if (filter.Channel is not null && !Channels.Contains(filter.Channel, StringComparer.Ordinal))
        {
            return RequestErrors.Invalid(new Finding("/channel", "delivery.channelUnknown")).ToAnswer();
        }

        var rows = await queue.PageAsync(filter with { State = state is null ? null : known }, before, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, DeliveryView.IdOf, DeliveryView.From));
    }

    /// <summary>Sends one once more.</summary>
    /// <param name="queue">The store.</param>
    /// <param name="id">As it came in the path.</param>
    /// <param name="webhookId">The webhook whose message it has to be; null for any message.</param>
    /// <param name="now">Real time.</param>
    /// <param name="patience">How long it is tried from now on, however long it was before.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<Answer> RetryAsync(IDeliveryStore queue, string id, string? webhookId, DateTimeOffset now, TimeSpan patience, CancellationToken cancellationToken) =>
        await FindAsync(queue, id, webhookId, cancellationToken) is not { } row ? DeliveryErrors.NotFound().ToAnswer()
        : await queue.RetryAsync(row.Id, now, now + patience, cancellationToken) ? await ShowAsync(queue, row, cancellationToken)
        : DeliveryErrors.NotRetryable().ToAnswer();

    /// <summary>Gives one up.</summary>
    public static async Task<Answer> DropAsync(IDeliveryStore queue, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await FindAsync(queue, id, null, cancellationToken) is not { } row ? DeliveryErrors.NotFound().ToAnswer()
        : await queue.DropAsync(row.Id, now, cancellationToken) ? await ShowAsync(queue, row, cancellationToken)
        : DeliveryErrors.Ended().ToAnswer();

    private static async Task<Answer> ShowAsync(IDeliveryStore queue, DeliveryRow before, CancellationToken cancellationToken) =>
        Answer.Ok(DeliveryView.From(await queue.FindAsync(before.Id, cancellationToken) ?? before));

    private static async Task<DeliveryRow?> FindAsync(IDeliveryStore queue, string id, string? webhookId, CancellationToken cancellationToken) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await queue.FindAsync(number, cancellationToken) is { } row
        && (webhookId is null || (row.Channel == "webhook" && row.Target == webhookId)) ? row : null;
}
