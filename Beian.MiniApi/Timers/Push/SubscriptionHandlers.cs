using System.Globalization;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Messages;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>The user answered the question whether messages may be sent: each acceptance is a permission for one, a refusal takes them back.</summary>
public sealed class SubscriptionAnswerHandler(IMessageCredits credits, BlindIndex blind, TimeProvider time) : IWeChatEventHandler
{
    public string EventName => "subscribe_msg_popup_event";

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        foreach (var item in SubscriptionItem.Of(pushed, blind))
        {
            if (item.Status == "accept")
            {
                await credits.GrantAsync(new MessageCredit(item.OpenIdIndex, item.TemplateId, item.Source, pushed.CreatedAt ?? time.GetUtcNow()), cancellationToken);
            }
            else if (item.Status == "reject")
            {
                await credits.RefuseAsync(item.OpenIdIndex, item.TemplateId, pushed.CreatedAt ?? time.GetUtcNow(), cancellationToken);
            }
        }
    }
}

/// <summary>The user switched templates off in WeChat's settings. Switching one on again is no permission; WeChat asks anew.</summary>
public sealed class SubscriptionChangeHandler(IMessageCredits credits, BlindIndex blind, TimeProvider time) : IWeChatEventHandler
{
    public string EventName => "subscribe_msg_change_event";

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        foreach (var item in SubscriptionItem.Of(pushed, blind).Where(i => i.Status == "reject"))
        {
            await credits.RefuseAsync(item.OpenIdIndex, item.TemplateId, pushed.CreatedAt ?? time.GetUtcNow(), cancellationToken);
        }
    }
}

/// <summary>WeChat tells what became of messages it took.</summary>
public sealed class MessageDeliveryHandler(IMessageCredits credits, IMessageStore queue, BlindIndex blind, MessageMetrics metrics, TimeProvider time) : IWeChatEventHandler
{
    public string EventName => "subscribe_msg_sent_event";

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        foreach (var item in SubscriptionItem.Of(pushed, blind))
        {
            var delivery = new MessageDelivery(
                item.Source, item.OpenIdIndex, item.TemplateId, item.Text("MsgID"), item.Text("ErrorCode") ?? string.Empty, item.Text("ErrorStatus"), pushed.CreatedAt ?? time.GetUtcNow());
            await credits.RecordAsync(delivery, cancellationToken);
            var code = delivery.ErrorCode == "0" ? null : CodeOf(delivery);
            if (await queue.ReportAsync(delivery.Source, delivery.OpenIdIndex, delivery.TemplateId, code, delivery.At, cancellationToken))
            {
                metrics.Ended(code is null ? MessageState.Delivered : MessageState.Undelivered, code);
            }
        }
    }

    /// <summary>WeChat's code, as far as it is one: it ends up as a reason and as a label of what is counted.</summary>
    private static string CodeOf(MessageDelivery delivery) => delivery.ErrorCode is { Length: > 0 and <= 10 } code && code.All(c => char.IsAsciiDigit(c) || c == '-') ? code : "unknown";
}

/// <summary>One template of a subscription event.</summary>
/// <param name="OpenIdIndex">Blind index of the user's openid.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="Source">The same whenever the event is handled again.</param>
/// <param name="Item">What else is said of it.</param>
internal sealed record SubscriptionItem(string OpenIdIndex, string TemplateId, string Source, WeChatEventItem Item)
{
    /// <summary><c>accept</c> or <c>reject</c>; anything else is neither.</summary>
    public string? Status => Text("SubscribeStatusString");

    public string? Text(string field) => Item.Text(field);

    /// <summary>The items that name a template; none when the event names no user.</summary>
    public static IReadOnlyList<SubscriptionItem> Of(WeChatEvent pushed, BlindIndex blind)
    {
        if (pushed.OpenId.Length == 0)
        {
            return [];
        }

        var index = blind.Of(BlindIndex.OpenId, pushed.OpenId);
        var key = pushed.Key;
        return
        [
            .. pushed.Items.Select((item, n) => item.Text("TemplateId") is { Length: > 0 } template
                ? new SubscriptionItem(index, template, string.Create(CultureInfo.InvariantCulture, $"{key}:{n}"), item)
                : null).OfType<SubscriptionItem>(),
        ];
    }
}
