using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>
/// Queues what is told in the inbox for the people and partners outside: text messages and mails to the principals, calls of webhooks. It only writes rows, so no
/// decision waits for a target. Telling twice is queueing once.
/// </summary>
public sealed class DeliveryDesk(
    ReferenceBook book, DeliveryChannels channels, DeliveryWords words, IDeliveryStore queue, IWebhookStore webhooks, IUserStore users, BlindIndex blind, DeliveryMetrics metrics, IOptions<NotifyOptions> options, TimeProvider time)
{
    /// <summary>Queues one event.</summary>
    /// <param name="filing">As it is now.</param>
    /// <param name="entry">What happened.</param>
    /// <param name="notification">What the inbox says of it.</param>
    /// <param name="cancellationToken">Stops between targets; the caller then tells it again.</param>
    public async Task QueueAsync(Filing filing, HistoryEntry entry, Notification notification, CancellationToken cancellationToken)
    {
        var row = book.Tables.Notifications[notification.Code];
        var english = await LanguageAsync(filing, cancellationToken) == "en";
        var targets = new List<Target>();
        if (row.Sms && channels.Tells(ChannelKind.Sms, row.Event))
        {
            targets.AddRange(People(filing).Select(p => PhoneNumbers.NormaliseMobile(p.Mobile ?? string.Empty)).Where(PhoneNumbers.IsMobile).Distinct(StringComparer.Ordinal)
                .Select(m => new Target(ChannelKind.Sms, blind.Of(BlindIndex.DeliveryMobile, m), words.Sms(filing, entry, m, english))));
        }

        if (row.Mail && channels.Tells(ChannelKind.Mail, row.Event))
        {
            targets.AddRange(People(filing).Select(p => p.Email).OfType<string>().Where(PhoneNumbers.IsEmail).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(a => new Target(ChannelKind.Mail, blind.Of(BlindIndex.DeliveryEmail, a.ToUpperInvariant()), words.Mail(filing, entry, a, english))));
        }

        if (row.Webhook && channels.Tells(ChannelKind.Webhook, row.Event))
        {
            targets.AddRange((await webhooks.ListForAsync(notification.AccountId, row.Event, cancellationToken))
                .Select(w => new Target(ChannelKind.Webhook, w.Id, WebhookPayload.Body(KeyOf(notification, ChannelKind.Webhook, w.Id), w.Id, row.Event, filing, entry))));
        }

        foreach (var target in targets)
        {
            await QueueAsync(target, row, notification, entry.Seq, cancellationToken);
        }
    }

    private async Task QueueAsync(Target target, NotificationRow row, Notification notification, int seq, CancellationToken cancellationToken)
    {
        var channel = DeliveryChannels.NameOf(target.Kind);
        var now = time.GetUtcNow();
        var delivery = new NewDelivery(
            KeyOf(notification, target.Kind, target.Id),
            channel,
            target.Id,
            target.Kind == ChannelKind.Webhook ? $"{channel}:{target.Id}" : channel,
            seq,
            notification.AccountId,
            notification.FilingId,
            row.Event,
            target.Body,
            IsQuiet: target.Kind != ChannelKind.Webhook && !row.Urgent,
            now,
            now + options.Value.WaitAtMost);
        if (await queue.AddAsync(delivery, cancellationToken))
        {
            metrics.Queued(channel, row.Event);
        }
    }

    /// <summary>That of the user who began the filing, else the provider's.</summary>
    private async Task<string> LanguageAsync(Filing filing, CancellationToken cancellationToken) =>
        (await users.FindAsync(filing.Snapshot.CreatedBy, cancellationToken))?.Language ?? options.Value.Language;

    /// <summary>The people who answer for the websites; the subject's where there is no website.</summary>
    private static IEnumerable<Person> People(Filing filing) =>
        filing.Snapshot.Sites.Count == 0 ? [filing.Snapshot.Subject.Principal] : filing.Snapshot.Sites.Select(filing.PrincipalOf);

    /// <summary>Made of the event and the target alone, and says neither.</summary>
    private static string KeyOf(Notification notification, ChannelKind kind, string target) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{notification.Id}:{DeliveryChannels.NameOf(kind)}:{target}")))[..32];

    private sealed record Target(ChannelKind Kind, string Id, DeliveryBody Body);
}
