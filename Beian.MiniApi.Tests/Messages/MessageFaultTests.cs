using System.Diagnostics;
using System.Net;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>Whatever WeChat does, no message goes out twice, and none that can wait is lost.</summary>
public sealed class MessageFaultTests
{
    private const string Code = "notification.passChecks";

    /// <summary>It was delivered and nobody was told: asking again might be a second message. WeChat's report settles it.</summary>
    [Theory]
    [InlineData("dropped", 1)]
    [InlineData("dropped", 2)]
    [InlineData("malformedJson", 2)]
    [InlineData("slow", 2)]
    public async Task Send_AnswerLost_IsNotAskedAgainAndArrivesOnce(string kind, int permissions)
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("flta", 71);
        await rig.PermitAsync("flta", MessageRig.Progress, permissions);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind, delayMilliseconds = 4000 });

        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, Code, MessageState.Delivered);
        await Task.Delay(3_000);

        Assert.Equal(1, await rig.CallsAsync());
        Assert.Single(await rig.ArrivedAsync("flta"));
        Assert.Equal(permissions - 1, await rig.App.Get<IMessageCredits>().CountAsync(rig.IndexOf("flta"), MessageRig.Progress, default));
    }

    /// <summary>Where repeats are switched on: the permission was the last, so that asking again is safe.</summary>
    [Theory]
    [InlineData("dropped")]
    [InlineData("malformedJson")]
    public async Task Send_AnswerLostOnTheLastPermissionWithRepeats_IsAskedAgainAndArrivesOnce(string kind)
    {
        await using var rig = MessageRig.Start(MessageRig.Repeating);
        using var journey = await rig.FilledAsync("fltb", 72);
        await rig.PermitAsync("fltb", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind, times = 1 });

        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, Code, MessageState.Delivered, MessageState.Sent);

        // Long enough for the repeat, which the report may have made needless.
        await Task.Delay(2_500);
        Assert.InRange(await rig.CallsAsync(), 1, 2);
        Assert.Single(await rig.ArrivedAsync("fltb"));
    }

    /// <summary>Without a report it stays in doubt; with repeats it is asked again once, and only on the last permission.</summary>
    [Theory]
    [InlineData(false, 1, 1, "answerLost")]
    [InlineData(true, 1, 2, "answerLost")]
    [InlineData(true, 2, 1, "notSafe")]
    public async Task Send_AnswerLostAndNoReport_StaysUncertain(bool repeats, int permissions, int calls, string reason)
    {
        await using var wire = new SilentSend();
        await using var rig = MessageRig.Start([("WeChat:BaseUrl", wire.Address), .. repeats ? [MessageRig.Repeating] : Array.Empty<(string, string)>()]);
        using var journey = await rig.FilledAsync("fltc", 73);
        await GrantAsync(rig, "fltc", permissions);

        await journey.SubmitAsync();
        var record = await rig.BecomesAsync(journey, Code, MessageState.Uncertain);
        await Task.Delay(2_000);

        Assert.Equal((reason, calls), (record.Reason, record.Attempts));
        Assert.Equal(calls, wire.Sends);
    }

    /// <summary>Errcodes that say "not taken": busy, too many to one user, a minute's or a day's quota, the template, the account.</summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(43108)]
    public async Task Send_RefusedForNow_GoesOutLater(int errcode)
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("flte", 75);
        await rig.PermitAsync("flte", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "errcode", errcode, times = 3 });

        await journey.SubmitAsync();
        var record = await rig.BecomesAsync(journey, Code, MessageState.Delivered, MessageState.Sent);

        // The client itself asks once more after a busy answer.
        Assert.Equal((2, 4), (record.Attempts, await rig.CallsAsync()));
        Assert.Single(await rig.ArrivedAsync("flte"));
    }

    [Theory]
    [InlineData(45009)]
    [InlineData(45011)]
    [InlineData(40037)]
    [InlineData(43107)]
    [InlineData(48001)]
    public async Task Send_RefusedForLonger_WaitsWithItsPermission(int errcode)
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("fltf", 76);
        await rig.PermitAsync("fltf", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "errcode", errcode, times = 1 });

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await rig.NewestAsync(journey)) is [{ Attempts: 1, State: MessageState.Queued }]);

        Assert.Equal(1, await rig.App.Get<IMessageCredits>().CountAsync(rig.IndexOf("fltf"), MessageRig.Progress, default));
    }

    [Theory]
    [InlineData(47003, "wechat.templateValue", MessageState.Failed, 1)]
    [InlineData(45168, "wechat.sensitiveText", MessageState.Failed, 1)]
    [InlineData(40003, "wechat.openidMismatch", MessageState.Dropped, 0)]
    [InlineData(99999, "wechat.bug", MessageState.Failed, 1)]
    public async Task Send_RefusedForGood_EndsTheMessage(int errcode, string reason, MessageState state, int left)
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("fltg", 77);
        await rig.PermitAsync("fltg", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "errcode", errcode, times = 1 });

        await journey.SubmitAsync();
        var record = await rig.BecomesAsync(journey, Code, state);

        Assert.Equal((reason, 1), (record.Reason, record.Attempts));
        await Wait.UntilAsync(async () => await rig.App.Get<IMessageCredits>().CountAsync(rig.IndexOf("fltg"), MessageRig.Progress, default) == left);
        Assert.Empty(await rig.ArrivedAsync("fltg"));
    }

    [Fact]
    public async Task Send_PageThatWeChatDoesNotKnow_GoesOutWithoutIt()
    {
        await using var rig = MessageRig.Start(("WeChat:Messages:Templates:0:Page", "pages/missing/x"));
        using var journey = await rig.FilledAsync("flth", 78);
        await rig.PermitAsync("flth", MessageRig.Progress);

        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, Code, MessageState.Delivered);

        Assert.Null(Assert.Single(await rig.ArrivedAsync("flth")).GetProperty("page").GetString());
    }

    [Fact]
    public async Task Outage_OfWeChat_HoldsUpNothingElseAndTheMessageGoesOutAfterwards()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("flti", 79);
        await rig.PermitAsync("flti", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "http5xx" });
        await rig.FaultAsync(new { endpoint = "wechat/wxaapi", kind = "http5xx" });

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await rig.NewestAsync(journey)) is [{ Attempts: >= 3, State: MessageState.Queued }]);
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.OK, (await journey.Client.GetAsync(journey.Path)).StatusCode);
        Assert.Equal("providerReview", (await journey.ReadAsync()).GetProperty("state").GetString());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2));

        await rig.NoFaultsAsync();
        await rig.BecomesAsync(journey, Code, MessageState.Delivered);
        Assert.Single(await rig.ArrivedAsync("flti"));
    }

    [Fact]
    public async Task Outage_LongerThanAMessageWaits_LeavesItToTheInbox()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("fltj", 80);
        await rig.PermitAsync("fltj", MessageRig.Progress);
        var now = DateTimeOffset.UtcNow;
        var user = (await rig.App.Get<IUserStore>().FindByOpenIdAsync(rig.IndexOf("fltj"), default))!;
        var late = new QueuedMessage("late", user.Id, user.AccountId, rig.IndexOf("fltj"), MessageRig.Progress, Code, null, new Dictionary<string, string>(), now.AddDays(-2), now.AddDays(-1));

        await rig.Queue.AddAsync(late, default);
        await Wait.UntilAsync(async () => (await rig.Queue.ListAsync("late", default)) is [{ State: MessageState.Expired, Attempts: 0 }]);

        Assert.Equal(1, await rig.App.Get<IMessageCredits>().CountAsync(rig.IndexOf("fltj"), MessageRig.Progress, default));
    }

    [Fact]
    public async Task Restart_WhileAMessageWaits_SendsItOnce()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-message-" + Guid.NewGuid().ToString("N"));
        try
        {
            string id;
            await using (var rig = MessageRig.Start(folder, ("WeChat:Messages:RetryAfter", "00:00:02")))
            {
                using var journey = await rig.FilledAsync("fltk", 81);
                await rig.PermitAsync("fltk", MessageRig.Progress);
                await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "http5xx" });
                await journey.SubmitAsync();
                await Wait.UntilAsync(async () => (await rig.NewestAsync(journey)) is [{ Attempts: 1, State: MessageState.Queued }]);
                id = (await rig.NewestAsync(journey))[0].NotificationId;
            }

            await using var again = MessageRig.Start(folder);

            // The played WeChat has forgotten its permissions with the restart; ours are kept.
            await again.AnswerAsync("fltk", MessageRig.Progress, accept: true);
            await Wait.UntilAsync(async () => (await again.Queue.ListAsync(id, default)) is [{ State: MessageState.Delivered }]);
            Assert.Single(await again.ArrivedAsync("fltk"));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task GrantAsync(MessageRig rig, string login, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await rig.App.Get<IMessageCredits>().GrantAsync(new MessageCredit(rig.IndexOf(login), MessageRig.Progress, $"made up {i}", DateTimeOffset.UtcNow.AddHours(-1)), default);
        }
    }
}
