using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>
/// Queues what is told in the inbox as subscription messages too: one for each user of the account who wants that kind and gave a permission for its template.
/// Telling twice is queueing once.
/// </summary>
public sealed class MessageDesk(
    MessageTemplates templates, IUserStore users, IMessageCredits credits, IMessageStore queue, BlindIndex blind, MessageMetrics metrics, IOptions<MessageOptions> options, TimeProvider time)
{
    /// <summary>Queues one event.</summary>
    /// <param name="filing">As it is now.</param>
    /// <param name="entry">What happened.</param>
    /// <param name="notification">What the inbox says of it.</param>
    /// <param name="cancellationToken">Stops between users; the caller then tells it again.</param>
    public async Task QueueAsync(Filing filing, HistoryEntry entry, Notification notification, CancellationToken cancellationToken)
    {
        if (templates.For(notification.Code) is not { } template)
        {
            return;
        }

        foreach (var user in await users.ListByAccountAsync(notification.AccountId, cancellationToken))
        {
            var index = blind.Of(BlindIndex.OpenId, user.OpenId);
            if (IsWanted(user, notification.Code) && await credits.CountAsync(index, template.Id, cancellationToken) > 0)
            {
                var now = time.GetUtcNow();
                var message = new QueuedMessage(
                    notification.Id, user.Id, notification.AccountId, index, template.Id, notification.Code, template.PageFor(filing.Snapshot), Say(template, filing, entry), now, now + options.Value.WaitAtMost);
                if (await queue.AddAsync(message, cancellationToken))
                {
                    metrics.Queued(notification.Code);
                }
            }
        }
    }

    /// <summary>Whether the user's choices have that kind of event in them.</summary>
    public static bool IsWanted(User user, string code) => MessageEvent.All[code].Choice == MessageChoice.Reminders ? user.Notifications.Reminders : user.Notifications.Progress;

    private Dictionary<string, string> Say(MessageTemplate template, Filing filing, HistoryEntry entry) => template.Lines.ToDictionary(
        l => l.Field.Key,
        l => MessageValues.Of(l.Field.Kind, MessageFacts.Of(l.Source, filing, entry), entry.At, templates.ChoicesOf(template.Id, l.Field.Key)),
        StringComparer.Ordinal);
}
