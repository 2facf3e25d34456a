using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Notify;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>At night people are left alone, but for what cannot wait.</summary>
public sealed class QuietHoursTests
{
    /// <summary>At night what has a deadline of hours goes out, and takes what waited before it along.</summary>
    [Fact]
    public async Task HandOver_InTheQuietHours_IsToldAtOnce_UnlikeTheApproval()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var app = TestApp.Start("Development", null, s => DeliveryJourneyTests.Channels(s.AddSingleton<TimeProvider>(new QuietTime()), receiver), []);
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation("nebo", 74));
        await journey.SubmitAsync();
        await DeliveryJourneyTests.UntilReviewAsync(journey);
        using var reviewer = await Reviewing.OpenAsync(app.Address);
        await reviewer.ClaimAsync(journey);
        await reviewer.CallAsync(journey, "reached");
        await reviewer.ApproveAsync(journey);
        await Wait.UntilAsync(async () => (await app.Get<IDeliveryStore>().CountAsync(default)).Queued >= 2);
        await Task.Delay(1_500);
        Assert.Empty(receiver.Taken);

        await reviewer.HandOverAsync(journey);

        await Wait.UntilAsync(async () => (await app.Get<IDeliveryStore>().CountAsync(default)).Queued == 0);
        Assert.All(receiver.Taken.GroupBy(t => t.Channel), c => Assert.Equal(2, c.Count()));
    }

    [Theory]
    [InlineData("2026-11-27T13:59:59Z", false)]
    [InlineData("2026-11-27T14:00:00Z", true)]
    [InlineData("2026-11-27T16:00:00Z", true)]
    [InlineData("2026-11-27T23:59:59Z", true)]
    [InlineData("2026-11-28T00:00:00Z", false)]
    public void QuietHours_AreByTheClockInShanghai(string at, bool isQuiet)
    {
        var time = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

        Assert.Equal(isQuiet, new NotifyOptions().IsQuiet(time));
        Assert.False(new NotifyOptions { QuietFrom = new TimeOnly(8, 0), QuietTo = new TimeOnly(8, 0) }.IsQuiet(time));
    }

    /// <summary>In the quiet hours a message that may wait does, and goes out in the same order afterwards.</summary>
    [Fact]
    public async Task Send_InTheQuietHours_LeavesWhatMayWait()
    {
        await using var receiver = await Receiver.StartAsync();
        var time = new QuietTime();
        await using var app = TestApp.Start("Development", null, s => DeliveryJourneyTests.Channels(s.AddSingleton<TimeProvider>(time), receiver), []);
        var queue = app.Get<IDeliveryStore>();
        await queue.AddAsync(DeliveryJourneyTests.Now(ADelivery.Of("f", 1), time) with { IsQuiet = true }, default);
        await queue.AddAsync(DeliveryJourneyTests.Now(ADelivery.Of("g", 1), time), default);

        await Wait.UntilAsync(() => Task.FromResult(receiver.Taken.Count == 1));
        await Task.Delay(1_500);
        Assert.Equal("g-1", Assert.Single(receiver.Taken).Key);
        time.Morning();
        await Wait.UntilAsync(() => Task.FromResult(receiver.Taken.Count == 2));
    }
}

/// <summary>Runs on, from eleven at night in Shanghai until it is made morning.</summary>
internal sealed class QuietTime : TimeProvider
{
    private long _shift = TimeSpan.FromHours((39 - System.GetUtcNow().Hour) % 24).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public void Morning() => Interlocked.Add(ref _shift, TimeSpan.FromHours(10).Ticks);
}
