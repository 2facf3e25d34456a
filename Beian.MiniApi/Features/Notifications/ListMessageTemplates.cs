using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Messages;

namespace Beian.MiniApi.Features.Notifications;

/// <summary>A template that the Mini Program asks the user for with <c>wx.requestSubscribeMessage</c>.</summary>
/// <param name="Id">WeChat's id of the template, one of the <c>tmplIds</c>.</param>
/// <param name="Events">What it tells, as the codes of inbox messages.</param>
/// <param name="Wanted">False when the user's choices leave out everything it tells: no use in asking.</param>
/// <param name="Left">How many messages the user still permits, as far as WeChat has told us.</param>
public sealed record MessageTemplateView(string Id, IReadOnlyList<string> Events, bool Wanted, int Left);

/// <summary>The templates in use; empty when there are none.</summary>
public sealed record MessageTemplatesView(IReadOnlyList<MessageTemplateView> Items);

internal static class ListMessageTemplates
{
    public static async Task<Answer> HandleAsync(
        CurrentUser caller, IUserStore users, IMessageCredits credits, MessageTemplates templates, BlindIndex blind, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(caller.UserId, cancellationToken) is not { } user)
        {
            return AccountErrors.NotFound().ToAnswer();
        }

        var index = blind.Of(BlindIndex.OpenId, user.OpenId);
        var items = new List<MessageTemplateView>();
        foreach (var template in templates.All.Where(t => templates.OffUntil(t.Id) is null))
        {
            var left = await credits.CountAsync(index, template.Id, cancellationToken);
            items.Add(new MessageTemplateView(template.Id, template.Events, template.Events.Any(e => MessageDesk.IsWanted(user, e)), left));
        }

        return Answer.Ok(new MessageTemplatesView(items));
    }
}
