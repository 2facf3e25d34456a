using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Notifications;

internal static class ReadNotification
{
    public static async Task<Answer> HandleAsync(
        string notificationId,
        CurrentUser user,
        INotificationStore notifications,
        TextCatalogue texts,
        BusinessClock clock,
        HttpContext http,
        CancellationToken cancellationToken) =>
        await notifications.MarkReadAsync(notificationId, user.AccountId, clock.GetUtcNow(), null, cancellationToken) is { } read
            ? Answer.Ok(ListNotifications.View(read, texts, Problems.WantsEnglish(http)))
            : new DomainError("notification.notFound", ErrorKind.NotFound).ToAnswer();
}
