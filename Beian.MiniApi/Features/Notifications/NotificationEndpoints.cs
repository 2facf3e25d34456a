using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Notifications;

/// <summary>The inbox (站内消息), and what WeChat tells of it (订阅消息).</summary>
public static class NotificationEndpoints
{
    public static void MapNotifications(this RouteGroupBuilder api)
    {
        var inbox = api.MapGroup("/notifications").WithTags("Notifications").RequireAuthorization(Policies.Applicant);
        inbox.MapGet("", ListNotifications.HandleAsync)
            .WithName(nameof(ListNotifications)).WithSummary("The account's messages, newest first")
            .Produces<Page<NotificationView>>();
        inbox.MapPost("/{notificationId}/read", ReadNotification.HandleAsync).Idempotent()
            .WithName(nameof(ReadNotification)).WithSummary("Mark a message as read")
            .Produces<NotificationView>().Refuses(404);
        api.MapGet("/me/message-templates", ListMessageTemplates.HandleAsync)
            .WithName(nameof(ListMessageTemplates)).WithSummary("The subscription message templates to ask the user for, and how many messages are permitted")
            .WithTags("Notifications").RequireAuthorization(Policies.Applicant)
            .Produces<MessageTemplatesView>().Refuses(401, 403, 404, 429);
    }
}
