using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Notifications;

/// <summary>One message of the inbox.</summary>
/// <param name="Code">What happened, such as <c>notification.passChecks</c>.</param>
/// <param name="FilingNumber">The filing's number for the telephone.</param>
/// <param name="State">The filing's state at that time.</param>
/// <param name="ReadAt">Null while unread.</param>
public sealed record NotificationView(string Id, string FilingId, string? FilingNumber, string Code, string Title, string Message, string? State, DateTimeOffset At, DateTimeOffset? ReadAt);

internal static class ListNotifications
{
    public static async Task<IResult> HandleAsync(
        PageRequest page, CurrentUser user, INotificationStore notifications, TextCatalogue texts, HttpContext http, CancellationToken cancellationToken)
    {
        var english = Problems.WantsEnglish(http);
        var rows = await notifications.ListAsync(user.AccountId, page.After, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, n => n.Id, n => View(n, texts, english)));
    }

    internal static NotificationView View(Notification n, TextCatalogue texts, bool english)
    {
        var text = texts.Find(n.Code, english, Texts.Args(("number", n.Number ?? string.Empty)));
        return new NotificationView(n.Id, n.FilingId, n.Number, n.Code, text.Title, text.Detail, n.State, n.At, n.ReadAt);
    }
}
