using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Beian.MiniApi.Tests.Messages;

/// <summary>Changes of a filing arrive as subscription messages, to those who permit and want them.</summary>
public sealed class MessageJourneyTests
{
    [Fact]
    public async Task Journey_WithPermissions_TellsEachChangeOnceAndReportsItDelivered()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msga", 61);
        await rig.PermitAsync("msga", MessageRig.Progress, 3);
        await rig.PermitAsync("msga", MessageRig.SmsCheck);
        Assert.Equal([3, 0, 1], await LeftAsync(journey));

        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, "notification.passChecks", MessageState.Delivered);
        using var reviewing = await Reviewing.OpenAsync(rig.App.Address);
        await reviewing.ClaimAsync(journey);
        await reviewing.CallAsync(journey, "reached");
        await reviewing.ApproveAsync(journey);
        await rig.BecomesAsync(journey, "notification.approve", MessageState.Delivered);
        await reviewing.HandOverAsync(journey);
        var record = await rig.BecomesAsync(journey, "notification.submitToAuthority", MessageState.Delivered);

        Assert.Equal((1, null), (record.Attempts, record.Reason));
        var arrived = await rig.ArrivedAsync("msga");
        Assert.Equal([MessageRig.Progress, MessageRig.Progress, MessageRig.SmsCheck], arrived.Select(m => m.GetProperty("templateId").GetString()));
        Assert.All(arrived, m => Assert.Equal("pages/progress/index?filingId=" + journey.FilingId, m.GetProperty("page").GetString()));
        Assert.Equal(["示例msga科技有限公司", "初审中"], Values(arrived[0], "thing1", "phrase2"));
        Assert.Equal([journey.Filing.GetProperty("number").GetString(), "初审已通过，将提交管局"], Values(arrived[1], "character_string4", "thing5"));
        Assert.Equal(["尾号" + journey.Who.Principal.Mobile[^4..], "请在24小时内完成短信核验"], Values(arrived[2], "thing2", "thing4"));
        Assert.Equal([1, 0, 0], await LeftAsync(journey));
    }

    /// <summary>Permission and news wait for the same round.</summary>
    [Fact]
    public async Task Change_RightBehindItsPermission_IsTold()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgq", 60);
        var worker = rig.App.Services.GetServices<IHostedService>().OfType<BackgroundWork>().Single();
        await worker.StopAsync(default);
        await rig.AnswerAsync("msgq", MessageRig.Progress, accept: true);
        await Wait.UntilAsync(async () => (await rig.App.Get<IWeChatEventStore>().DueAsync(TimeProvider.System.GetUtcNow(), 1, default)).Count == 1);
        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await rig.App.Get<IFilingStore>().WithOutboxAsync(1, default)).Count == 1);

        await worker.StartAsync(default);

        await rig.BecomesAsync(journey, "notification.passChecks", MessageState.Delivered);
    }

    [Fact]
    public async Task Change_WithoutAPermission_IsInTheInboxOnly()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgb", 62);

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await MessageRig.InboxAsync(journey)).Count == 1);

        Assert.Empty(await rig.NewestAsync(journey));
        Assert.Empty(await rig.ArrivedAsync("msgb"));
    }

    [Fact]
    public async Task Change_WithTheUsersChoiceOff_IsInTheInboxOnly()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgc", 63);
        await rig.PermitAsync("msgc", MessageRig.Progress);
        await (await journey.Client.PutAsJsonAsync("/api/v1/me", new { notifications = new { progress = false, reminders = true } })).JsonAsync();

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await MessageRig.InboxAsync(journey)).Count == 1);

        Assert.Empty(await rig.NewestAsync(journey));
        Assert.Equal([1, 0, 0], await LeftAsync(journey));
        var templates = (await (await journey.Client.GetAsync("/api/v1/me/message-templates")).JsonAsync()).GetProperty("items").EnumerateArray();
        Assert.Equal([true, true, true], templates.Select(t => t.GetProperty("wanted").GetBoolean()));
    }

    [Fact]
    public async Task Change_WithTwoUsersInTheAccount_GoesToEachWhoPermitsIt()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgd", 64);
        await JoinAsync(rig, journey, "msge", "msgf");
        await rig.PermitAsync("msgd", MessageRig.Progress);
        await rig.PermitAsync("msge", MessageRig.Progress);

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await rig.NewestAsync(journey)).Count(m => m.State == MessageState.Delivered) == 2);

        Assert.Single(await rig.ArrivedAsync("msgd"));
        Assert.Single(await rig.ArrivedAsync("msge"));
        Assert.Empty(await rig.ArrivedAsync("msgf"));
    }

    /// <summary>The ledger believes in a permission that WeChat does not know any more.</summary>
    [Fact]
    public async Task Send_RefusedWith43101_EmptiesTheLedgerAndAlertsNobody()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgg", 65);
        await rig.PermitAsync("msgg", MessageRig.Progress);
        await rig.App.Get<IMessageCredits>().GrantAsync(new MessageCredit(rig.IndexOf("msgg"), MessageRig.Progress, "made up", DateTimeOffset.UtcNow.AddHours(-1)), default);
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "errcode", errcode = 43101, times = 1 });

        await journey.SubmitAsync();
        var record = await rig.BecomesAsync(journey, "notification.passChecks", MessageState.Refused);

        Assert.Equal(("noPermission", 1), (record.Reason, record.Attempts));
        await Wait.UntilAsync(async () => (await LeftAsync(journey))[0] == 0);
        Assert.Equal(1, await rig.CallsAsync());
        Assert.Empty(await rig.ArrivedAsync("msgg"));
    }

    [Fact]
    public async Task Refusal_ByTheUserBeforeItIsSent_KeepsTheMessageBack()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgh", 66);
        await rig.PermitAsync("msgh", MessageRig.Progress);
        await rig.FaultAsync(new { endpoint = "wechat/cgi-bin/stable_token", kind = "http5xx" });
        await rig.FaultAsync(new { endpoint = MessageRig.Send, kind = "http5xx" });
        await journey.SubmitAsync();
        await rig.BecomesAsync(journey, "notification.passChecks", MessageState.Queued);

        await rig.AnswerAsync("msgh", MessageRig.Progress, accept: false);
        await Wait.UntilAsync(async () => (await LeftAsync(journey))[0] == 0);
        await rig.NoFaultsAsync();

        await rig.BecomesAsync(journey, "notification.passChecks", MessageState.Refused);
        Assert.Empty(await rig.ArrivedAsync("msgh"));
    }

    [Fact]
    public async Task Correction_WithAFinding_SaysWhyWithoutTelephoneNumbers()
    {
        await using var rig = MessageRig.Start();
        using var journey = await rig.FilledAsync("msgi", 67);
        await rig.PermitAsync("msgi", MessageRig.Correction);
        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await MessageRig.InboxAsync(journey)).Count == 1);
        using var reviewing = await Reviewing.OpenAsync(rig.App.Address);
        await reviewing.ClaimAsync(journey);

        await reviewing.RejectAsync(journey, "modification", new { pointer = "/subject/name", reason = "电话\n13800001234 打不通，名称与营业执照不一致，请改正", suggestion = "改" });
        await rig.BecomesAsync(journey, "notification.requestModification", MessageState.Delivered);

        var arrived = Assert.Single(await rig.ArrivedAsync("msgi"));
        Assert.Equal(["电话 尾号1234 打不通，名称与营业…", "请按意见修改后重新提交"], Values(arrived, "thing2", "thing4"));
        Assert.Equal([ChinaTime.DateOf(DateTimeOffset.UtcNow.AddDays(45)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)], Values(arrived, "date3"));
    }

    [Fact]
    public async Task Templates_WithoutALogin_AreNotTold()
    {
        await using var rig = MessageRig.Start();

        await (await rig.App.Client.GetAsync("/api/v1/me/message-templates")).JsonAsync(401);
    }

    private static IEnumerable<string?> Values(JsonElement message, params string[] keys) => keys.Select(k => message.GetProperty("data").GetProperty(k).GetString());

    private static async Task<IReadOnlyList<int>> LeftAsync(ApplicantJourney journey) =>
        [.. (await (await journey.Client.GetAsync("/api/v1/me/message-templates")).JsonAsync()).GetProperty("items").EnumerateArray().Select(t => t.GetProperty("left").GetInt32())];

    /// <summary>More users for the journey's account.</summary>
    private static async Task JoinAsync(MessageRig rig, ApplicantJourney journey, params string[] logins)
    {
        var ids = new List<string> { (await (await journey.Client.GetAsync("/api/v1/me")).JsonAsync()).GetProperty("id").GetString()! };
        foreach (var login in logins)
        {
            var answer = await (await rig.App.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-" + login })).JsonAsync();
            ids.Add(answer.GetProperty("user").GetProperty("id").GetString()!);
        }

        using var admin = await ApplicantJourney.StaffAsync(rig.App.Address, "admin");
        await (await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{journey.Who.AccountId}", new { userIds = ids })).JsonAsync();
    }
}
