using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of subscription messages promises; it shares its writes with the ledger of permissions.</summary>
public abstract class MessageStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IMessageStore Messages => Stores.Messages;

    [Fact]
    public async Task Add_SameKeyAgain_ChangesNothing()
    {
        Assert.True(await Messages.AddAsync(AMessage("n"), default));
        Assert.False(await Messages.AddAsync(AMessage("n") with { TemplateId = "other" }, default));
        Assert.True(await Messages.AddAsync(AMessage("n") with { UserId = "second", OpenIdIndex = "v" }, default));

        Assert.Equal(["t", "t"], (await Messages.ListAsync("n", default)).Select(m => m.TemplateId));
    }

    [Fact]
    public async Task Find_Waiting_IsAsItWasAdded()
    {
        await Messages.AddAsync(AMessage("n"), default);

        var found = (await Messages.FindAsync(await OnlyDueAsync(), default))!;

        Assert.Equal((0, false), (found.Attempts, found.IsRepeat));
        Assert.Equal(AMessage("n") with { Data = found.Message.Data }, found.Message);
        Assert.Equal("示例", Assert.Single(found.Message.Data).Value);
        Assert.DoesNotContain("示例", found.Message.ToString(), StringComparison.Ordinal);
        Assert.Null(await Messages.FindAsync(found.Id + 1, default));
    }

    [Fact]
    public async Task Due_SeveralOfOneUser_IsTheOldestOfEachTemplate()
    {
        await Messages.AddAsync(AMessage("1"), default);
        await Messages.AddAsync(AMessage("2"), default);
        await Messages.AddAsync(AMessage("3") with { TemplateId = "s" }, default);
        await Messages.AddAsync(AMessage("4") with { UserId = "second", OpenIdIndex = "v" }, default);
        Assert.Equal(["1", "3", "4"], await DueAsync(Noon));
        Assert.Empty(await DueAsync(Noon.AddMinutes(-1)));

        // Also while the oldest waits for its next attempt.
        await Messages.PostponeAsync((await Messages.DueAsync(Noon, 1, default))[0], Noon.AddMinutes(5), default);
        Assert.Equal(["3", "4"], await DueAsync(Noon));
        Assert.Equal(["3", "4", "1"], await DueAsync(Noon.AddMinutes(5)));
    }

    [Fact]
    public async Task Begin_WithAPermission_SpendsItAndRecordsTheAttempt()
    {
        await GrantAsync("1");
        var id = await AddedAsync("n");

        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, Noon, default));

        Assert.Equal(0, await LeftAsync());
        Assert.Equal((MessageState.Sending, 1), await StateAsync("n"));
        Assert.Equal(MessageStart.Gone, await Messages.BeginAsync(id, Noon, default));
        Assert.Null(await Messages.FindAsync(id, default));
        Assert.Equal([id], await Messages.UnendedAsync(Noon, default));
        Assert.Empty(await Messages.UnendedAsync(Noon.AddSeconds(-1), default));
    }

    [Fact]
    public async Task Begin_WithoutAPermission_EndsItAsRefused()
    {
        Assert.Equal(MessageStart.NoPermission, await Messages.BeginAsync(await AddedAsync("n"), Noon, default));

        Assert.Equal((MessageState.Refused, 0), await StateAsync("n"));
    }

    [Fact]
    public async Task Begin_ByManyAtOnce_LetsOneThrough()
    {
        await GrantAsync("1", "2", "3");
        var id = await AddedAsync("n");

        var starts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Messages.BeginAsync(id, Noon, default))));

        Assert.Single(starts, s => s == MessageStart.Begun);
        Assert.Equal(2, await LeftAsync());
    }

    [Fact]
    public async Task Postpone_WhileSending_GivesThePermissionBackAndEndsBeforeItExpires()
    {
        await GrantAsync("1");
        var id = await BegunAsync("n");

        await Messages.PostponeAsync(id, Noon.AddDays(9), default);

        Assert.Equal(1, await LeftAsync());
        Assert.Equal([id], await Messages.DueAsync(Noon.AddDays(1), 10, default));
        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, Noon.AddDays(1), default));
        Assert.Equal((MessageState.Sending, 2), await StateAsync("n"));
    }

    [Fact]
    public async Task Postpone_WhileWaiting_GivesNothingBackTwice()
    {
        await GrantAsync("1", "2");
        var id = await BegunAsync("n");

        await Messages.PostponeAsync(id, Noon, default);
        await Messages.PostponeAsync(id, Noon, default);

        Assert.Equal(2, await LeftAsync());
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task End_WhileSending_ForgetsWhatItSaidAndKeepsTheState(bool givesBack, int left)
    {
        await GrantAsync("1");
        var id = await BegunAsync("n");

        Assert.True(await Messages.EndAsync(id, MessageState.Failed, "why", givesBack, Noon.AddMinutes(1), default));
        Assert.False(await Messages.EndAsync(id, MessageState.Sent, null, false, Noon, default));
        await Messages.PostponeAsync(id, Noon, default);

        Assert.Equal(left, await LeftAsync());
        Assert.Equal(
            new MessageRecord("n", "user", "t", "notification.approve", MessageState.Failed, "why", 1, Noon, Noon.AddMinutes(1)), Assert.Single(await Messages.ListAsync("n", default)));
    }

    [Fact]
    public async Task Doubt_WithoutARepeat_StaysUncertain()
    {
        await GrantAsync("1");
        var id = await BegunAsync("n");

        Assert.Equal(MessageState.Uncertain, await Messages.DoubtAsync(id, null, Noon, default));

        Assert.Equal((MessageState.Uncertain, 1), await StateAsync("n"));
        Assert.Equal(0, await LeftAsync());
    }

    [Fact]
    public async Task Doubt_OnTheLastPermission_MayBeRepeatedOnce()
    {
        await GrantAsync("1");
        var id = await BegunAsync("n");

        Assert.Equal(MessageState.Queued, await Messages.DoubtAsync(id, Noon.AddMinutes(1), Noon, default));
        Assert.True((await Messages.FindAsync(id, default))!.IsRepeat);
        Assert.Equal(0, await LeftAsync());
        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, Noon.AddMinutes(1), default));

        // Surely not taken: it stays a repeat with its permission.
        await Messages.PostponeAsync(id, Noon.AddMinutes(2), default);
        Assert.Equal((0, true), (await LeftAsync(), (await Messages.FindAsync(id, default))!.IsRepeat));
        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, Noon.AddMinutes(2), default));

        Assert.Equal(MessageState.Uncertain, await Messages.DoubtAsync(id, Noon.AddMinutes(3), Noon, default));
        Assert.Null(await Messages.DoubtAsync(id, Noon.AddMinutes(3), Noon, default));
        Assert.Equal((MessageState.Uncertain, 3), await StateAsync("n"));
    }

    [Fact]
    public async Task Doubt_WithAnotherPermissionLeft_IsNotRepeated()
    {
        await GrantAsync("1", "2");
        var id = await BegunAsync("n");
        await Messages.DoubtAsync(id, Noon, Noon, default);

        Assert.Equal(MessageStart.NotSafe, await Messages.BeginAsync(id, Noon, default));

        Assert.Equal((MessageState.Uncertain, 1), await StateAsync("n"));
        Assert.Equal(1, await LeftAsync());
    }

    /// <summary>The permission of another message in doubt may be unused at WeChat, so that a repeat could use it.</summary>
    [Fact]
    public async Task Doubt_WithAnotherMessageInDoubt_IsNotRepeated()
    {
        await GrantAsync("1", "2");
        var first = await BegunAsync("1");
        await Messages.DoubtAsync(first, Noon, Noon, default);
        await Messages.BeginAsync(first, Noon, default);
        Assert.Equal((MessageState.Uncertain, 1), await StateAsync("1"));
        var second = await BegunAsync("2");
        await Messages.DoubtAsync(second, Noon, Noon, default);

        Assert.Equal(MessageStart.NotSafe, await Messages.BeginAsync(second, Noon, default));
    }

    [Theory]
    [InlineData(null, MessageState.Delivered)]
    [InlineData("43101", MessageState.Undelivered)]
    public async Task Report_OfASentMessage_EndsItOnce(string? code, MessageState state)
    {
        await GrantAsync("1", "2");
        var first = await BegunAsync("1");
        await Messages.EndAsync(first, MessageState.Sent, null, false, Noon, default);
        var second = await BegunAsync("2", Noon.AddMinutes(1));
        await Messages.EndAsync(second, MessageState.Sent, null, false, Noon, default);

        Assert.False(await Messages.ReportAsync("r0", "u", "t", code, Noon.AddMinutes(-1), default));
        Assert.False(await Messages.ReportAsync("r0", "u", "s", code, Noon.AddMinutes(2), default));
        Assert.True(await Messages.ReportAsync("r1", "u", "t", code, Noon.AddSeconds(3), default));
        Assert.False(await Messages.ReportAsync("r1", "u", "t", code, Noon.AddMinutes(2), default));

        Assert.Equal((state, 1), await StateAsync("1"));
        Assert.Equal(code, (await Messages.ListAsync("1", default))[0].Reason);
        Assert.Equal((MessageState.Sent, 1), await StateAsync("2"));
        Assert.True(await Messages.ReportAsync("r2", "u", "t", null, Noon.AddMinutes(2), default));
        Assert.Equal((MessageState.Delivered, 1), await StateAsync("2"));
    }

    /// <summary>The report may come before the answer, after a lost one, or between a lost one and its repeat.</summary>
    [Theory]
    [InlineData("sending")]
    [InlineData("repeat")]
    [InlineData("uncertain")]
    public async Task Report_OfAMessageWithoutAnAnswer_SettlesIt(string when)
    {
        await GrantAsync(when == "uncertain" ? ["1", "2"] : ["1"]);
        var id = await BegunAsync("n");
        if (when != "sending")
        {
            await Messages.DoubtAsync(id, Noon, Noon, default);
        }

        if (when == "uncertain")
        {
            await Messages.BeginAsync(id, Noon, default);
        }

        Assert.True(await Messages.ReportAsync("r", "u", "t", null, Noon, default));

        Assert.False(await Messages.EndAsync(id, MessageState.Sent, null, false, Noon, default));
        Assert.Null(await Messages.DoubtAsync(id, Noon, Noon, default));
        Assert.Equal(MessageStart.Gone, await Messages.BeginAsync(id, Noon, default));
        Assert.Equal((MessageState.Delivered, 1), await StateAsync("n"));
    }

    [Fact]
    public async Task Prune_ForgetsWhatEndedBefore()
    {
        await GrantAsync("1", "2");
        var id = await BegunAsync("1");
        await Messages.EndAsync(id, MessageState.Sent, null, false, Noon, default);
        await BegunAsync("2");

        Assert.Equal(0, await Messages.PruneAsync(Noon, default));
        Assert.Equal(1, await Messages.PruneAsync(Noon.AddSeconds(1), default));

        Assert.Empty(await Messages.ListAsync("1", default));
        Assert.Equal((MessageState.Sending, 1), await StateAsync("2"));
    }

    private static QueuedMessage AMessage(string notification) => new(
        notification, "user", "account", "u", "t", "notification.approve", "pages/a", new Dictionary<string, string> { ["thing1"] = "示例" }, Noon, Noon.AddDays(1));

    private async Task<long> AddedAsync(string notification)
    {
        await Messages.AddAsync(AMessage(notification), default);
        return (await Messages.DueAsync(Noon, 10, default))[^1];
    }

    private async Task<long> BegunAsync(string notification, DateTimeOffset? at = null)
    {
        var id = await AddedAsync(notification);
        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, at ?? Noon, default));
        return id;
    }

    private async Task<long> OnlyDueAsync() => Assert.Single(await Messages.DueAsync(Noon, 10, default));

    private async Task<IEnumerable<string>> DueAsync(DateTimeOffset now)
    {
        var found = new List<string>();
        foreach (var id in await Messages.DueAsync(now, 10, default))
        {
            found.Add((await Messages.FindAsync(id, default))!.Message.NotificationId);
        }

        return found;
    }

    private async Task<(MessageState State, int Attempts)> StateAsync(string notification) =>
        await Messages.ListAsync(notification, default) is [var only] ? (only.State, only.Attempts) : throw new InvalidOperationException("Not one message.");

    private async Task GrantAsync(params string[] sources)
    {
        foreach (var source in sources)
        {
            await Stores.MessageCredits.GrantAsync(new MessageCredit("u", "t", source, Noon), default);
        }
    }

    private Task<int> LeftAsync() => Stores.MessageCredits.CountAsync("u", "t", default);
}
