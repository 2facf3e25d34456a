using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>
/// What follows from the end of a call. A refusal says that WeChat did not take the message: it waits, or it has failed. A lost answer says nothing: the message
/// is repeated only where that cannot deliver twice.
/// </summary>
public sealed partial class MessageOutcomes(
    IMessageStore queue, IMessageCredits credits, MessageTemplates templates, MessageMetrics metrics, IOptions<MessageOptions> options, TimeProvider time, ILogger<MessageOutcomes> log)
{
    private const string NoPermission = "noPermission";
    private const string AnswerLost = "answerLost";

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostSpread = TimeSpan.FromSeconds(30);

    /// <summary>A call ended.</summary>
    /// <param name="waiting">The message as it was before.</param>
    /// <param name="answer">The end.</param>
    /// <param name="begun">When the call began: permissions given since then stay.</param>
    public async Task SettleAsync(WaitingMessage waiting, Result<WeChatDelivery> answer, DateTimeOffset begun)
    {
        if (answer.Error is { } refusal)
        {
            await RefusedAsync(waiting, refusal, begun);
            return;
        }

        if (answer.Value.PageDropped)
        {
            Alert("page", waiting.Message);
        }

        switch (answer.Value.State)
        {
            case WeChatDeliveryState.Sent:
                await EndAsync(waiting.Id, MessageState.Sent, null, givesBack: false);
                break;
            case WeChatDeliveryState.NoPermission when waiting.IsRepeat:
                // The permission was there for the first call and is gone: that call was taken.
                await EndAsync(waiting.Id, MessageState.Sent, "repeatRefused", givesBack: false);
                break;
            case WeChatDeliveryState.NoPermission:
                await EndAsync(waiting.Id, MessageState.Refused, NoPermission, givesBack: false);
                await credits.RefuseAsync(waiting.Message.OpenIdIndex, waiting.Message.TemplateId, begun, CancellationToken.None);
                break;
            default:
                await DoubtAsync(waiting.Id, CancellationToken.None);
                break;
        }
    }

    /// <summary>A call whose end went with a process: the same as a lost answer.</summary>
    public Task LostAsync(long id, CancellationToken cancellationToken) => DoubtAsync(id, cancellationToken);

    /// <summary>Ends a message that is not tried any more; one whose earlier call is in doubt stays in doubt.</summary>
    public async Task EndUnsentAsync(WaitingMessage waiting, MessageState state, string? reason, CancellationToken cancellationToken)
    {
        await EndAsync(waiting.Id, waiting.IsRepeat ? MessageState.Uncertain : state, reason, givesBack: false, cancellationToken);
    }

    /// <summary>Ends a message that cannot be read.</summary>
    public Task EndUnreadableAsync(long id, CancellationToken cancellationToken) => EndAsync(id, MessageState.Failed, "unreadable", givesBack: false, cancellationToken);

    /// <summary>Counts what the queue itself ended.</summary>
    public void NotBegun(MessageStart start)
    {
        switch (start)
        {
            case MessageStart.NoPermission:
                metrics.Ended(MessageState.Refused, NoPermission);
                break;
            case MessageStart.NotSafe:
                metrics.Ended(MessageState.Uncertain, "notSafe");
                break;
        }
    }

    private async Task RefusedAsync(WaitingMessage waiting, DomainError refusal, DateTimeOffset begun)
    {
        switch (refusal.Code)
        {
            case "wechat.openidMismatch":
                await EndAsync(waiting.Id, MessageState.Dropped, refusal.Code, givesBack: false);
                await credits.RefuseAsync(waiting.Message.OpenIdIndex, waiting.Message.TemplateId, begun, CancellationToken.None);
                break;
            case "wechat.template" or "wechat.banned":
                Alert(refusal.Code, waiting.Message);
                templates.SwitchOff(refusal.Code == "wechat.template" ? waiting.Message.TemplateId : null);
                await PostponeAsync(waiting, refusal, MessageTemplates.Rest);
                break;
            case "wechat.templateValue":
                templates.CompareSoon();
                await FailAsync(waiting, refusal);
                break;
            case "wechat.config" or "wechat.credential":
                // The account's trouble, not the message's: it waits for the operator as long as it may.
                Alert(refusal.Code, waiting.Message);
                await PostponeAsync(waiting, refusal, TimeSpan.Zero);
                break;
            default:
                await (refusal.Kind is ErrorKind.Unavailable or ErrorKind.TimedOut or ErrorKind.TooMany or ErrorKind.BadGateway ? PostponeAsync(waiting, refusal, TimeSpan.Zero) : FailAsync(waiting, refusal));
                break;
        }
    }

    private async Task FailAsync(WaitingMessage waiting, DomainError refusal)
    {
        Alert(refusal.Code, waiting.Message);
        await EndAsync(waiting.Id, MessageState.Failed, refusal.Code, givesBack: true);
    }

    private async Task PostponeAsync(WaitingMessage waiting, DomainError refusal, TimeSpan atLeast)
    {
        var pause = TimeSpan.FromTicks(Math.Min(options.Value.RetryAfter.Ticks << Math.Min(waiting.Attempts, 16), LongestPause.Ticks));
        var asked = refusal.Code is "wechat.quota" or "wechat.rateLimited" ? refusal.RetryAfter ?? TimeSpan.Zero : TimeSpan.Zero;
        if (await queue.PostponeAsync(waiting.Id, time.GetUtcNow() + Spread(new[] { atLeast, asked, pause }.Max()), CancellationToken.None))
        {
            metrics.Postponed(refusal.Code);
        }
    }

    /// <summary>Later by up to a quarter and never earlier, so that what waits for one moment does not come all at once.</summary>
#pragma warning disable CA5394 // Spreads attempts in time; nothing depends on it being unpredictable.
    private static TimeSpan Spread(TimeSpan wait) => wait + (MostSpread < wait / 4 ? MostSpread : wait / 4) * Random.Shared.NextDouble();
#pragma warning restore CA5394

    private async Task DoubtAsync(long id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        switch (await queue.DoubtAsync(id, now + options.Value.RepeatAfter, now, cancellationToken))
        {
            case MessageState.Uncertain:
                metrics.Ended(MessageState.Uncertain, AnswerLost);
                break;
            case MessageState.Queued:
                metrics.Postponed(AnswerLost);
                break;
        }
    }

    private async Task EndAsync(long id, MessageState state, string? reason, bool givesBack, CancellationToken cancellationToken = default)
    {
        // False when WeChat's report was quicker than its answer; the report has been counted then.
        if (await queue.EndAsync(id, state, reason, givesBack, time.GetUtcNow(), cancellationToken))
        {
            metrics.Ended(state, reason);
        }
    }

    private void Alert(string code, QueuedMessage message)
    {
        metrics.Alert(code);
        NotTaken(log, message.TemplateId, message.Event, code);
    }

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "WeChat did not take a message of template {TemplateId} for {Event} as it is: {Code}", EventName = OperatorAlert.Name)]
    private static partial void NotTaken(ILogger log, string templateId, string @event, string code);
}
