using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>What happens to a filing reaches telephone, mailbox and partner, over the program's own channels and the sandbox's receivers.</summary>
public sealed class DeliveryJourneyTests
{
    /// <summary>No quiet hours: the tests run at any time of the day.</summary>
    private static readonly (string Key, string Value)[] Awake = [("Notify:QuietFrom", "00:00"), ("Notify:QuietTo", "00:00"), ("Notify:RetryAfter", "00:00:00.100")];

    [Fact]
    public async Task Review_SentBack_ReachesTelephoneMailboxAndPartner()
    {
        await using var app = TestApp.Start(Awake);
        using var admin = await ApplicantJourney.StaffAsync(app.Address, "admin");
        var made = await (await admin.PostAsJsonAsync("/api/v1/admin/webhooks", new { url = new Uri(app.Address, "/sandbox/webhooks"), events = new[] { "passChecks", "requestModification" } })).JsonAsync(201);
        var secret = made.GetProperty("secret").GetString();
        Assert.Equal(HttpStatusCode.OK, (await app.Client.PutAsJsonAsync("/sandbox/webhooks", new { secrets = new[] { secret } })).StatusCode);

        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("nela", 71));
        await journey.SubmitAsync();
        await UntilReviewAsync(journey);
        using var reviewer = await Reviewing.OpenAsync(app.Address);
        await reviewer.ClaimAsync(journey);
        await reviewer.CallAsync(journey, "reached");
        await reviewer.RejectAsync(journey, "modification", new { pointer = "/subject/name", reason = "名称与证件不一致", suggestion = "请按营业执照填写" });

        await Wait.UntilAsync(async () => await CountAsync(app, "/sandbox/webhooks") == 2 && await CountAsync(app, "/sandbox/sms") >= 1 && await CountAsync(app, "/sandbox/mail") >= 1);
        var calls = (await ItemsAsync(app, "/sandbox/webhooks")).ToArray();
        Assert.Equal(["passChecks", "requestModification"], calls.Select(c => c.GetProperty("body").GetProperty("event").GetString()));
        Assert.All(calls, c => Assert.True(c.GetProperty("verified").GetBoolean()));
        Assert.All(calls, c => Assert.Equal(journey.FilingId, c.GetProperty("body").GetProperty("filing").GetProperty("id").GetString()));
        Assert.All(calls, c => Assert.DoesNotContain(journey.Who.Name, c.GetRawText(), StringComparison.Ordinal));
        Assert.All(calls, c => Assert.DoesNotContain(journey.Who.Principal.Mobile, c.GetRawText(), StringComparison.Ordinal));

        var mail = (await ItemsAsync(app, "/sandbox/mail")).Last();
        Assert.StartsWith("备案需要修改", mail.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("1. 主办单位名称 / 姓名：名称与证件不一致。建议：请按营业执照填写。", mail.GetProperty("text").GetString(), StringComparison.Ordinal);

        // Told twice is told once.
        var queue = app.Get<IDeliveryStore>();
        var rows = await queue.PageAsync(new DeliveryFilter(FilingId: journey.FilingId), null, 100, default);
        Assert.Equal(rows.Count, rows.Select(r => (r.Channel, r.Target, r.Event)).Distinct().Count());
        Assert.Contains(rows, r => r is { Channel: "sms", Event: "requestModification" });
        Assert.DoesNotContain(rows, r => r is { Channel: "sms" or "mail", Event: "passChecks" });
    }

    /// <summary>Whatever hangs outside, a decision is answered at once.</summary>
    [Fact]
    public async Task Approve_WhileEveryTargetHangs_IsAnsweredAtOnce()
    {
        await using var receiver = await Receiver.StartAsync((_, _) => Reception.Hang);
        await using var app = TestApp.Start("Development", null, s => Channels(s, receiver), [.. Awake, ("Notify:Lease", "00:00:03")]);
        await HookAsync(app, "w");
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("neha", 72));
        await journey.SubmitAsync();
        await UntilReviewAsync(journey);
        using var reviewer = await Reviewing.OpenAsync(app.Address);
        await reviewer.ClaimAsync(journey);
        await reviewer.CallAsync(journey, "reached");
        await Wait.UntilAsync(() => Task.FromResult(receiver.Calls.Count > 0));

        var watch = Stopwatch.StartNew();
        await reviewer.ApproveAsync(journey);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"The approval took {watch.Elapsed}.");
        await Wait.UntilAsync(async () => (await app.Get<IDeliveryStore>().PageAsync(new DeliveryFilter(FilingId: journey.FilingId), null, 100, default)).Any(r => r is { Reason: "timedOut", State: DeliveryState.Queued }));
    }

    [Fact]
    public async Task DeadLetter_IsListed_AndSentOnceMoreByHand()
    {
        var refusing = true;
        await using var receiver = await Receiver.StartAsync((address, _) => address == "bad" && Volatile.Read(ref refusing) ? Reception.Refuse : Reception.Take);
        await using var app = TestApp.Start("Development", null, s => Channels(s, receiver), Awake);
        var queue = app.Get<IDeliveryStore>();
        await queue.AddAsync(Now(ADelivery.Of("f", 1, "bad")), default);
        await queue.AddAsync(Now(ADelivery.Of("g", 1, "bad")), default);
        using var reviewer = await ApplicantJourney.StaffAsync(app.Address, "reviewer");
        async Task<JsonElement[]> DeadAsync() => [.. (await (await reviewer.GetAsync("/api/v1/review/deliveries?state=dead&channel=webhook")).JsonAsync()).GetProperty("items").EnumerateArray()];
        await Wait.UntilAsync(async () => (await DeadAsync()).Length == 2);

        var dead = await DeadAsync();
        Assert.All(dead, d => Assert.Equal("http410", d.GetProperty("reason").GetString()));
        Volatile.Write(ref refusing, false);
        var id = dead.Single(d => d.GetProperty("filingId").GetString() == "f").GetProperty("id").GetString();
        await (await reviewer.PostAsync($"/api/v1/review/deliveries/{id}/retry", null)).JsonAsync();
        await Wait.UntilAsync(() => Task.FromResult(receiver.Taken.Count == 1));
        await Wait.UntilAsync(async () => (await DeadAsync()).Length == 1);
        Assert.Equal(2, receiver.Calls["f-1"]);

        var other = (await DeadAsync())[0].GetProperty("id").GetString();
        Assert.Equal("dropped", (await (await reviewer.PostAsync($"/api/v1/review/deliveries/{other}/drop", null)).JsonAsync()).GetProperty("state").GetString());
        await RefusedAsync(reviewer.PostAsync($"/api/v1/review/deliveries/{other}/retry", null), 409, "delivery.notRetryable");
        await RefusedAsync(reviewer.PostAsync($"/api/v1/review/deliveries/{other}/drop", null), 409, "delivery.ended");
        await RefusedAsync(reviewer.PostAsync("/api/v1/review/deliveries/999999/retry", null), 404, "delivery.notFound");
        await RefusedAsync(reviewer.PostAsync("/api/v1/review/deliveries/x/drop", null), 404, "delivery.notFound");
        await RefusedAsync(reviewer.GetAsync("/api/v1/review/deliveries?state=lost"), 400, "request.invalid");
        await RefusedAsync(reviewer.GetAsync("/api/v1/review/deliveries?channel=pigeon"), 400, "request.invalid");
        await RefusedAsync(reviewer.GetAsync("/api/v1/review/deliveries?cursor=YWJj"), 400, "request.invalid");
    }

    /// <summary>One partner that hangs does not hold up another.</summary>
    [Fact]
    public async Task Send_WhileOneTargetHangs_ReachesTheOthers()
    {
        await using var receiver = await Receiver.StartAsync((address, _) => address == "hangs" ? Reception.Hang : Reception.Take);
        await using var app = TestApp.Start("Development", null, s => Channels(s, receiver), [.. Awake, ("Notify:MaxAtOnce", "4"), ("Notify:MaxPerLane", "2"), ("Notify:Lease", "00:10:00")]);
        var queue = app.Get<IDeliveryStore>();
        for (var i = 0; i < 20; i++)
        {
            await queue.AddAsync(Now(ADelivery.Of("h" + i.ToString(CultureInfo.InvariantCulture), 1, "hangs")), default);
        }

        await queue.AddAsync(Now(ADelivery.Of("f", 1, "fine")), default);
        await queue.AddAsync(Now(ADelivery.Of("f", 2, "fine")), default);

        await Wait.UntilAsync(() => Task.FromResult(receiver.Taken.Count == 2));
        Assert.Equal(["f-1", "f-2"], receiver.Taken.Select(t => t.Key));
        Assert.InRange(receiver.Calls.Count, 3, 4);
    }

    /// <summary>Providers of text messages know no keys: one whose workers ended in the middle is repeated once, whatever the settings allow for others.</summary>
    [Theory]
    [InlineData("sms", 1, DeliveryState.Sent, null)]
    [InlineData("sms", 2, DeliveryState.Dead, "mayHaveArrived")]
    [InlineData("mail", 2, DeliveryState.Sent, null)]
    [InlineData("webhook", 5, DeliveryState.Sent, null)]
    public async Task Send_AfterItsWorkersEndedInTheMiddle_RepeatsATextMessageOnce(string channel, int ended, DeliveryState state, string? reason)
    {
        await using var receiver = await Receiver.StartAsync();
        var time = new QuietTime();
        await using var app = TestApp.Start("Development", null, s => Channels(s.AddSingleton<TimeProvider>(time), receiver), []);
        var (queue, due) = (app.Get<IDeliveryStore>(), time.GetUtcNow().AddHours(1));
        await queue.AddAsync(Now(ADelivery.Of("f", 1) with { Channel = channel }, time) with { QueuedAt = due }, default);
        for (var i = 0; i < ended; i++)
        {
            Assert.Single(await queue.LeaseAsync(new DeliveryLease("ended" + i, due.AddMinutes(i), due.AddMinutes(i + 1), 1, 1, new Dictionary<string, int>(), false), default));
        }

        time.Morning();

        await Wait.UntilAsync(async () => (await queue.CountAsync(default)).Queued == 0);
        var row = Assert.Single(await queue.PageAsync(new DeliveryFilter(), null, 10, default));
        Assert.Equal((state, reason), (row.State, row.Reason));
        Assert.Equal(state == DeliveryState.Sent ? 1 : 0, receiver.Calls.Count);
    }

    /// <summary>Each retry by hand lasts as long as the settings say from then on, also the tenth.</summary>
    [Fact]
    public async Task Retry_AgainAndAgain_LastsNoLongerEachTime()
    {
        await using var receiver = await Receiver.StartAsync((_, _) => Reception.Refuse);
        await using var app = TestApp.Start("Development", null, s => Channels(s, receiver), [.. Awake, ("Notify:WaitAtMost", "02:00:00")]);
        await app.Get<IDeliveryStore>().AddAsync(Now(ADelivery.Of("f", 1)), default);
        using var reviewer = await ApplicantJourney.StaffAsync(app.Address, "reviewer");
        for (var i = 0; i < 3; i++)
        {
            await Wait.UntilAsync(async () => (await app.Get<IDeliveryStore>().CountAsync(default)).Dead == 1);
            await (await reviewer.PostAsync("/api/v1/review/deliveries/1/retry", null)).JsonAsync();
        }

        var expires = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Assert.Single(DatabaseFile.Ask(app.Folder, "SELECT CAST(expires_at AS TEXT) FROM deliveries")), CultureInfo.InvariantCulture));
        Assert.InRange(expires - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(120));
    }

    internal static Task UntilReviewAsync(ApplicantJourney journey) =>
        Wait.UntilAsync(async () => (await journey.ReadAsync()).GetProperty("state").GetString() == "providerReview");

    internal static void Channels(IServiceCollection services, Receiver receiver)
    {
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            services.AddSingleton<IChannel>(new HttpChannel(kind, receiver.Address));
        }
    }

    internal static NewDelivery Now(NewDelivery delivery, TimeProvider? time = null)
    {
        var now = (time ?? TimeProvider.System).GetUtcNow();
        return delivery with { QueuedAt = now, ExpiresAt = now.AddDays(1) };
    }

    private static Task HookAsync(TestApp app, string id) =>
        app.Get<IWebhookStore>().AddAsync(new Webhook(id, new Uri("https://partner.example/"), null, [], true, DateTimeOffset.UtcNow, null), [1], default);

    private static async Task RefusedAsync(Task<HttpResponseMessage> answer, int status, string code) =>
        Assert.Equal(code, (await (await answer).JsonAsync(status)).GetProperty("code").GetString());

    private static async Task<int> CountAsync(TestApp app, string path) => (await app.Client.GetFromJsonAsync<JsonElement>(path)).GetProperty("keys").GetInt32();

    private static async Task<IEnumerable<JsonElement>> ItemsAsync(TestApp app, string path) => (await app.Client.GetFromJsonAsync<JsonElement>(path)).GetProperty("items").EnumerateArray();
}
