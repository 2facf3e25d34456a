using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Messages;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>What is counted is what the store took, in the words it is stored with.</summary>
public sealed class MessageMetricTests
{
    private const string Code = "notification.passChecks";

    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddHours(1);

    [Fact]
    public async Task Ended_WithoutAPermissionOrUnreadable_IsCountedAsItIsStored()
    {
        await using var rig = MessageRig.Start();
        using var counts = new MeterBook(rig.App, MessageMetrics.MeterName);
        using var journey = await rig.FilledAsync("cnta", 95);
        var user = (await rig.App.Get<IUserStore>().FindByOpenIdAsync(rig.IndexOf("cnta"), default))!;

        await rig.Queue.AddAsync(AMessage("none", user.Id, user.AccountId, rig.IndexOf("cnta")) with { QueuedAt = DateTimeOffset.UtcNow }, default);
        await rig.Queue.AddAsync(AMessage("torn", user.Id, user.AccountId, "other"), default);
        await rig.App.Get<SqliteDatabase>().WriteAsync(c => c.Run("UPDATE wechat_messages SET body = x'00', due_at = 0 WHERE notification_id = 'torn';"), default);

        await Wait.UntilAsync(() => Task.FromResult(counts.Counted.Count == 2));
        Assert.Equal(["ended failed unreadable 1", "ended refused noPermission 1"], counts.Counted.Order(StringComparer.Ordinal));
        Assert.Equal("unreadable", Assert.Single(await rig.Queue.ListAsync("torn", default)).Reason);
        Assert.Equal("noPermission", Assert.Single(await rig.Queue.ListAsync("none", default)).Reason);
    }

    /// <summary>WeChat's report may be quicker than its answer.</summary>
    [Fact]
    public async Task Ended_AlreadyByAReport_IsNotCountedByTheAnswer()
    {
        await using var rig = MessageRig.Start();
        using var counts = new MeterBook(rig.App, MessageMetrics.MeterName);
        await rig.Queue.AddAsync(AMessage("over", "user", "account", "index"), default);
        var waiting = (await rig.Queue.FindAsync((await rig.Queue.DueAsync(Later, 1, default))[0], default))!;
        await rig.Queue.EndAsync(waiting.Id, MessageState.Delivered, null, givesBack: false, DateTimeOffset.UtcNow, default);
        var outcomes = rig.App.Get<MessageOutcomes>();

        await outcomes.SettleAsync(waiting, new WeChatDelivery(WeChatDeliveryState.Sent, PageDropped: false), DateTimeOffset.UtcNow);
        await outcomes.SettleAsync(waiting, new WeChatDelivery(WeChatDeliveryState.NoPermission, PageDropped: false), DateTimeOffset.UtcNow);
        await outcomes.SettleAsync(waiting, new WeChatDelivery(WeChatDeliveryState.Unknown, PageDropped: false), DateTimeOffset.UtcNow);
        await outcomes.SettleAsync(waiting, new DomainError("wechat.busy", ErrorKind.Unavailable), DateTimeOffset.UtcNow);

        Assert.Empty(counts.Counted);
    }

    [Fact]
    public async Task Delivered_ByTheReport_IsCounted()
    {
        await using var rig = MessageRig.Start();
        using var counts = new MeterBook(rig.App, MessageMetrics.MeterName);
        using var journey = await rig.FilledAsync("cntb", 96);
        await rig.PermitAsync("cntb", MessageRig.Progress);

        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, Code, MessageState.Delivered);

        await Wait.UntilAsync(() => Task.FromResult(counts.Counted.Contains("ended delivered none 1")));
        Assert.Subset(new HashSet<string> { $"queued {Code} 1", "ended sent none 1", "ended delivered none 1" }, counts.Counted.ToHashSet());
    }

    private static QueuedMessage AMessage(string notification, string user, string account, string index) =>
        new(notification, user, account, index, MessageRig.Progress, Code, null, new Dictionary<string, string> { ["thing1"] = "示例" }, Later, Later.AddHours(1));
}
