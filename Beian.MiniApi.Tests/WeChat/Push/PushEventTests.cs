using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Push;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>What becomes of an event that was taken.</summary>
public sealed class PushEventTests
{
    [Fact]
    public async Task Post_SameEventManyTimesAtOnce_CountsOnce()
    {
        await using var rig = PushRig.Start();
        var same = PushRig.Secure(PushRig.Accepted(1790000000));
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.PostAsync(same)));

        // Encrypted anew, as a resend may be, and in the other format.
        var again = await rig.PostAsync(PushRig.Secure(PushRig.Accepted(1790000000)));

        Assert.All(answers.Append(again), a => Assert.Equal(200, (int)a.StatusCode));
        Assert.Single(rig.Counted, "received subscribe_msg_popup_event stored 1");
        Assert.Equal(10, rig.Counted.Count(c => c == "received subscribe_msg_popup_event duplicate 1"));
        await Wait.UntilAsync(() => Task.FromResult(rig.Counted.Contains("handled subscribe_msg_popup_event done 1")));
        Assert.Equal(1, await CountAsync(rig));
    }

    [Fact]
    public async Task Post_SubscriptionEvents_KeepTheLedger()
    {
        await using var rig = PushRig.Start();
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(100))));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(101))));
        await Wait.UntilAsync(async () => await CountAsync(rig) == 2);

        const string two = """
            <xml><FromUserName>oIcpF0TestUser0000000000001A</FromUserName><CreateTime>102</CreateTime><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event>
            <SubscribeMsgPopupEvent><List><TemplateId>one</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>
            <List><TemplateId>two</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>
            <List><TemplateId>three</TemplateId><SubscribeStatusString>ban</SubscribeStatusString></List></SubscribeMsgPopupEvent></xml>
            """;
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(two, isXml: true)));
        await Wait.UntilAsync(async () => await CountAsync(rig, "one") == 1 && await CountAsync(rig, "two") == 1);
        Assert.Equal(0, await CountAsync(rig, "three"));

        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(103, "reject"))));
        await Wait.UntilAsync(async () => await CountAsync(rig) == 0);
        var off = PushRig.Accepted(104, "reject").Replace("popup", "change", StringComparison.Ordinal).Replace(PushRig.Template, "one", StringComparison.Ordinal);
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(off)));
        await Wait.UntilAsync(async () => await CountAsync(rig, "one") == 0);
        Assert.Equal(1, await CountAsync(rig, "two"));
    }

    [Fact]
    public async Task Post_DeliveryVerdictAndRevocation_AreRecorded()
    {
        await using var rig = PushRig.Start();
        var openid = PushRig.OpenId;
        var sent = $$"""
            {"FromUserName":"{{openid}}","CreateTime":200,"MsgType":"event","Event":"subscribe_msg_sent_event",
             "List":[{"TemplateId":"t","MsgID":"1","ErrorCode":"0","ErrorStatus":"success"},{"TemplateId":"t","MsgID":2,"ErrorCode":43101,"ErrorStatus":"refused"}]}
            """;
        var revoked = $$"""{"FromUserName":"gh_x","OpenID":"{{openid}}","CreateTime":201,"MsgType":"event","Event":"user_authorization_revoke","RevokeInfo":"301"}""";
        var unfetched = PushRig.Verdict("gone", 202).Replace("\"errcode\":0", "\"errcode\":-1008", StringComparison.Ordinal);
        foreach (var message in new[] { sent, revoked, unfetched, PushRig.Verdict("first", 203), PushRig.Verdict("first", 204).Replace("risky", "pass", StringComparison.Ordinal) })
        {
            await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(message)));
        }

        await Wait.UntilAsync(() => Task.FromResult(rig.Counted.Count(c => c.EndsWith("done 1", StringComparison.Ordinal)) == 5));
        var reports = await rig.App.Get<IMessageRecords>().DeliveriesAsync(rig.Index, null, 10, default);
        Assert.Equal([("1", "0", "success"), ("2", "43101", "refused")], reports.Select(r => (r.MessageId!, r.ErrorCode, r.ErrorStatus!)));
        var revocation = Assert.Single(await rig.App.Get<IAuthorizationRevocationStore>().ListAsync(rig.Index, default));
        Assert.Equal(("301", DateTimeOffset.FromUnixTimeSeconds(201)), (revocation.Info, revocation.At));
        var verdicts = rig.App.Get<IMediaVerdictStore>();
        Assert.Equal(new MediaVerdict("first", 0, "risky", 20002, DateTimeOffset.FromUnixTimeSeconds(203)), await verdicts.FindAsync("first", default));
        Assert.Equal(-1008, (await verdicts.FindAsync("gone", default))!.ErrorCode);
    }

    [Fact]
    public async Task Post_EventNobodyHandles_IsAnsweredCountedAndNotKept()
    {
        await using var rig = PushRig.Start();
        var typed = $$"""{"FromUserName":"{{PushRig.OpenId}}","CreateTime":1,"MsgType":"text","Content":"canary","MsgId":1}""";

        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure("""{"MsgType":"event","Event":"debug_demo"}""")));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(typed)));

        Assert.Equal(["received other ignored 1", "received other ignored 1"], rig.Counted);
        Assert.Equal(0, rig.App.Get<SqliteDatabase>().Read(Rows));
    }

    [Fact]
    public async Task Post_BehindASlowHandler_IsAnsweredAtOnceAndHandledOnceItIsThrough()
    {
        var release = new TaskCompletionSource();
        await using var rig = PushRig.Start(null, s => s.AddSingleton<IWeChatEventHandler>(new Gate("subscribe_msg_popup_event", release.Task)));
        var watch = Stopwatch.StartNew();

        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(1))));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(2))));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("t"))));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(4), $"Answered after {watch.Elapsed}.");
        Assert.DoesNotContain(rig.Counted, c => c.StartsWith("handled", StringComparison.Ordinal));
        release.SetResult();
        await Wait.UntilAsync(() => Task.FromResult(rig.Counted.Count(c => c.EndsWith("done 1", StringComparison.Ordinal)) == 3));
        Assert.Equal(2, await CountAsync(rig));
    }

    [Fact]
    public async Task Restart_BetweenReceiptAndHandling_LosesNothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            var push = PushRig.Secure(PushRig.Verdict("kept"));
            await using (var first = PushRig.Start(folder, s => s.RemoveAll<IWeChatEventHandler>().AddSingleton<IWeChatEventHandler>(new Gate("wxa_media_check", new TaskCompletionSource().Task))))
            {
                await PushRig.TakenAsync(await first.PostAsync(push));
                Assert.Equal(1, first.App.Get<SqliteDatabase>().Read(Waiting));
            }

            await using var second = PushRig.Start(folder, _ => { });
            await PushRig.TakenAsync(await second.PostAsync(push));

            await Wait.UntilAsync(async () => await second.App.Get<IMediaVerdictStore>().FindAsync("kept", default) is not null);
            await Wait.UntilAsync(() => Task.FromResult(second.App.Get<SqliteDatabase>().Read(Waiting) == 0));
            Assert.Contains("received wxa_media_check duplicate 1", second.Counted);
            Assert.Equal(1, second.App.Get<SqliteDatabase>().Read(Rows));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Handle_FailingEvent_IsTriedAgainLaterAndHoldsNobodyUp()
    {
        var release = new TaskCompletionSource();
        release.SetException(new InvalidOperationException("a handler's bug"));
        await using var rig = PushRig.Start(null, s => s.AddSingleton<IWeChatEventHandler>(new Gate("subscribe_msg_popup_event", release.Task)));

        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Accepted(1))));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("behind"))));

        await Wait.UntilAsync(() => Task.FromResult(rig.Counted.Contains("handled wxa_media_check done 1")));
        Assert.Single(rig.Counted, "handled subscribe_msg_popup_event failed 1");
        await rig.App.Get<PushedEvents>().HandleDueAsync(default);
        Assert.Single(rig.Counted, "handled subscribe_msg_popup_event failed 1");
        Assert.Single(await rig.App.Get<IWeChatEventStore>().DueAsync(DateTimeOffset.UtcNow.AddSeconds(11), 10, default));

        // Its first handler was through; going through it again must not count twice.
        Assert.Equal(1, await CountAsync(rig));
        await rig.App.Get<SqliteDatabase>().WriteAsync(c => Execute(c, "UPDATE wechat_events SET due_at = 0;"), default);
        await rig.App.Get<PushedEvents>().HandleDueAsync(default);
        Assert.Equal(1, await CountAsync(rig));
    }

    [Fact]
    public async Task Stored_Event_IsNotReadableInTheFile()
    {
        await using var rig = PushRig.Start(null, s => s.RemoveAll<IWeChatEventHandler>().AddSingleton<IWeChatEventHandler>(new Gate("wxa_media_check", new TaskCompletionSource().Task)));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("t"))));

        var stored = rig.App.Get<SqliteDatabase>().Read(c => Text(c, "SELECT key || '|' || name || '|' || CAST(body AS TEXT) FROM wechat_events;"));

        Assert.Contains("|wxa_media_check|", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(PushRig.OpenId, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("risky", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("compatible")]
    [InlineData("plain")]
    public async Task SandboxPush_InEveryModeAndFormat_ArrivesAtTheCallback(string? mode)
    {
        await using var rig = PushRig.Start(("Mode", mode ?? "secure"));
        object[] list = [new { TemplateId = "one", SubscribeStatusString = "accept" }, new { TemplateId = "two", SubscribeStatusString = "accept" }];
        (string Format, object[] List)[] pushes = [("json", list), ("json", list[..1]), ("xml", list), ("xml", list[..1])];

        foreach (var (n, (format, items)) in pushes.Index())
        {
            var view = await SandboxPushAsync(rig, new { @event = new { Event = "subscribe_msg_popup_event", CreateTime = 1000 + n, List = items }, user = "mei", format, mode });

            Assert.True(view.GetProperty("taken").GetBoolean());
            Assert.Equal(200, view.GetProperty("deliveries").EnumerateArray().Single().GetProperty("status").GetInt32());
        }

        var index = rig.App.Get<BlindIndex>().Of(BlindIndex.OpenId, SandboxLogins.OpenId(PushRig.AppId, "mei"));
        var credits = rig.App.Get<IMessageCredits>();
        await Wait.UntilAsync(async () => (await credits.CountAsync(index, "one", default), await credits.CountAsync(index, "two", default)) == (4, 2));
    }

    [Fact]
    public async Task SandboxPush_NotAnsweredAsItShould_IsSentThreeTimes()
    {
        await using var rig = PushRig.Start();

        var view = await SandboxPushAsync(rig, new { @event = new { Event = "wxa_media_check", trace_id = "t" }, mode = "plain" });

        Assert.False(view.GetProperty("taken").GetBoolean());
        Assert.Equal([403, 403, 403], view.GetProperty("deliveries").EnumerateArray().Select(d => d.GetProperty("status").GetInt32()));
        Assert.Equal(3, rig.Counted.Count(c => c == "refused wrongMode 1"));
    }

    [Fact]
    public async Task SandboxPush_OfWhatIsNoEvent_IsRefused()
    {
        await using var rig = PushRig.Start();
        foreach (var none in new object[]
        {
            new { }, new { @event = new { } }, new { @event = new { Event = 1 } }, new { @event = new Dictionary<string, object> { ["Event"] = "a", ["b c"] = 1 } },
            new { @event = new { Event = "a" }, format = "yaml" }, new { @event = new { Event = "a" }, mode = "open" },
        })
        {
            Assert.Equal("sandbox.badPush", await (await rig.App.Client.PostAsJsonAsync("/sandbox/wechat/push", none, JsonSerializerOptions.Default)).CodeAsync());
        }
    }

    private static Task<int> CountAsync(PushRig rig, string template = PushRig.Template) => rig.App.Get<IMessageCredits>().CountAsync(rig.Index, template, default);

    [Fact]
    public async Task Sandbox_DialogAnswered_PushesItToTheCallback()
    {
        await using var rig = PushRig.Start();
        var answered = new { user = "lin", templateId = "sandboxTemplateProgress00000000000000000000", accept = true };

        using var answer = await rig.App.Client.PostAsJsonAsync("/sandbox/subscriptions", answered);

        Assert.True(answer.IsSuccessStatusCode);
        await Wait.UntilAsync(() => Task.FromResult(rig.Counted.Contains("handled subscribe_msg_popup_event done 1")));
    }

    private static async Task<JsonElement> SandboxPushAsync(PushRig rig, object asked)
    {
        var answer = await rig.App.Client.PostAsJsonAsync("/sandbox/wechat/push", asked, JsonSerializerOptions.Default);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static long Rows(SqliteConnection connection) => long.Parse(Text(connection, "SELECT COUNT(*) FROM wechat_events;"), System.Globalization.CultureInfo.InvariantCulture);

    private static long Waiting(SqliteConnection connection) => long.Parse(Text(connection, "SELECT COUNT(*) FROM wechat_events WHERE done_at IS NULL;"), System.Globalization.CultureInfo.InvariantCulture);

#pragma warning disable CA2100 // Constants of this class.
    private static string Text(SqliteConnection connection, string sql)
    {
        using var query = connection.CreateCommand();
        query.CommandText = sql;
        return Convert.ToString(query.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    private static int Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
#pragma warning restore CA2100

    /// <summary>A handler that waits, as for another service; whatever it waits for may also fail.</summary>
    private sealed class Gate(string name, Task open) : IWeChatEventHandler
    {
        public string EventName => name;

        public Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken) => open.WaitAsync(cancellationToken);
    }
}
