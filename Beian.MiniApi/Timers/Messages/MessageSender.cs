using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>Sends what is due: users beside each other, the messages to one user one after the other.</summary>
public sealed partial class MessageSender(
    IMessageStore queue, IUserStore users, IWeChatClient wechat, MessageTemplates templates, MessageOutcomes outcomes, IOptions<MessageOptions> options, TimeProvider time,
    ILogger<MessageSender> log)
{
    /// <summary>Most messages of one round.</summary>
    private const int Batch = 100;

    /// <summary>A call that began longer ago has no end that anybody will record.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);

    /// <summary>Sends everything that is due; returns how many messages were looked at.</summary>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        var due = await queue.DueAsync(time.GetUtcNow(), Batch, cancellationToken);
        if (due.Count == 0)
        {
            return 0;
        }

        await templates.CompareIfDueAsync(cancellationToken);
        var waiting = new List<WaitingMessage>();
        foreach (var id in due)
        {
            if (await TryFindAsync(id, cancellationToken) is { } found)
            {
                waiting.Add(found);
            }
        }

        var perUser = waiting.GroupBy(w => w.Message.OpenIdIndex, StringComparer.Ordinal);
        await Parallel.ForEachAsync(perUser, new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxAtOnce, CancellationToken = cancellationToken }, async (messages, ct) =>
        {
            foreach (var message in messages)
            {
                await TrySendAsync(message, ct);
            }
        });
        return waiting.Count;
    }

    /// <summary>Calls whose end was lost with a process count as ambiguous; returns how many there were.</summary>
    /// <param name="all">True at the start, when none of them can be this process's own.</param>
    /// <param name="cancellationToken">Stops between messages.</param>
    public async Task<int> RecoverAsync(bool all, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lost = await queue.UnendedAsync(all ? now : now - LongestCall, cancellationToken);
        foreach (var id in lost)
        {
            await outcomes.LostAsync(id, cancellationToken);
        }

        return lost.Count;
    }

    /// <summary>A message that cannot be read must not hold up the others; it ends, since no key will come back.</summary>
    private async Task<WaitingMessage?> TryFindAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            return await queue.FindAsync(id, cancellationToken);
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or System.Text.Json.JsonException)
        {
            Unreadable(log, id, e);
            await outcomes.EndUnreadableAsync(id, cancellationToken);
            return null;
        }
    }

    private async Task TrySendAsync(WaitingMessage waiting, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(waiting, cancellationToken);
        }
#pragma warning disable CA1031 // One message's trouble must not end the others'. Where it had begun, it counts as lost after a while.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotSent(log, waiting.Id, e);
        }
    }

    private async Task SendAsync(WaitingMessage waiting, CancellationToken cancellationToken)
    {
        var message = waiting.Message;
        if (time.GetUtcNow() >= message.ExpiresAt)
        {
            await outcomes.EndUnsentAsync(waiting, MessageState.Expired, null, cancellationToken);
            return;
        }

        if (templates.Find(message.TemplateId) is null || (waiting.IsRepeat && !templates.IsOneTime(message.TemplateId)))
        {
            await outcomes.EndUnsentAsync(waiting, MessageState.Dropped, "template", cancellationToken);
            return;
        }

        if (templates.OffUntil(message.TemplateId) is not null)
        {
            await queue.PostponeAsync(waiting.Id, time.GetUtcNow() + TimeSpan.FromMinutes(1), cancellationToken);
            return;
        }

        if (await users.FindAsync(message.UserId, cancellationToken) is not { } user || !IsWanted(user, message))
        {
            await outcomes.EndUnsentAsync(waiting, MessageState.Dropped, "recipient", cancellationToken);
            return;
        }

        await CallAsync(waiting, user, cancellationToken);
    }

    private async Task CallAsync(WaitingMessage waiting, User user, CancellationToken cancellationToken)
    {
        var message = waiting.Message;
        var begun = time.GetUtcNow();
        var start = await queue.BeginAsync(waiting.Id, begun, cancellationToken);
        if (start != MessageStart.Begun)
        {
            outcomes.NotBegun(start);
            return;
        }

        // Not cancelled by the program's end, which waits for it: a call cut off has no end that is known.
        var answer = await wechat.SendSubscribeMessageAsync(
            new WeChatSubscribeMessage(user.OpenId, message.TemplateId, message.Page, templates.Fit(message)) { Edition = EditionOf(options.Value.MiniProgramState) }, CancellationToken.None);
        await outcomes.SettleAsync(waiting, answer, begun);
    }

    /// <summary>Between queueing and sending an account may be left and a choice changed.</summary>
    private static bool IsWanted(User user, QueuedMessage message) => user.AccountId == message.AccountId && MessageDesk.IsWanted(user, message.Event);

    private static WeChatEdition EditionOf(string state) => state switch
    {
        "trial" => WeChatEdition.Trial,
        "developer" => WeChatEdition.Develop,
        _ => WeChatEdition.Release,
    };

    [LoggerMessage(LogLevel.Error, "Message {Id} cannot be read and is given up")]
    private static partial void Unreadable(ILogger log, long id, Exception exception);

    [LoggerMessage(LogLevel.Error, "Message {Id} could not be sent")]
    private static partial void NotSent(ILogger log, long id, Exception exception);
}
