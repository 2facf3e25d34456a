using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>By which ways an event is told.</summary>
/// <param name="Event">Its code without the prefix, such as <c>approve</c>.</param>
/// <param name="InApp">In the inbox.</param>
/// <param name="WeChat">As a subscription message, to users who want it and gave a permission.</param>
/// <param name="Sms">To the mobiles of the principals.</param>
/// <param name="Mail">To the mail addresses of the principals.</param>
/// <param name="Webhook">To partners' webhooks.</param>
/// <param name="Urgent">Whether text messages and mails go out in the quiet hours too.</param>
public sealed record NotificationRow(string Event, bool InApp, bool WeChat, bool Sms, bool Mail, bool Webhook, bool Urgent);

/// <summary>By which ways each event is told: one row for each.</summary>
public sealed class NotificationMatrix
{
    private readonly FrozenDictionary<string, NotificationRow> _rows;

    /// <param name="rows">One for each of <see cref="MessageEvent.All"/>.</param>
    public NotificationMatrix(IEnumerable<NotificationRow> rows) => _rows = rows.ToFrozenDictionary(r => MessageEvent.Prefix + r.Event, StringComparer.Ordinal);

    /// <summary>The row of an event.</summary>
    /// <param name="code">With its prefix, such as <c>notification.approve</c>.</param>
    public NotificationRow this[string code] => _rows[code];

    /// <summary>An event's code without the prefix, as partners know it.</summary>
    public static string ShortOf(string code) => code[MessageEvent.Prefix.Length..];
}
