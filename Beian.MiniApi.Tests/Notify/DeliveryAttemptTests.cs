using System.Diagnostics.Metrics;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Notify;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>What follows from the end of each attempt, over the real queue with a time that stands still.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class DeliveryAttemptTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-attempts-").FullName;
    private readonly StillTime _time = new();
    private readonly NotifyOptions _options = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SqliteDatabase _database;
    private readonly SqliteDeliveryStore _queue;

    public DeliveryAttemptTests()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
        _queue = new SqliteDeliveryStore(_database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Five seconds, doubled up to four hours, each later by up to a quarter; the sixteenth attempt is the last.</summary>
    [Fact]
    public async Task NotNow_EachTime_WaitsTwiceAsLongUntilItIsADeadLetter()
    {
        var channel = new Scripted(ChannelKind.Webhook, new ParcelOutcome(ParcelEnd.NotNow, "status503"));
        await AddAsync("webhook", patience: TimeSpan.FromDays(30));
        for (var attempt = 1; attempt < _options.MaxAttempts; attempt++)
        {
            var row = await SendAsync(channel);
            var pause = TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, attempt - 1), 4 * 3600));
            Assert.Equal((DeliveryState.Queued, "status503", attempt), (row.State, row.Reason, row.Attempts));
            Assert.InRange(row.DueAt!.Value - _time.GetUtcNow(), pause - TimeSpan.FromMilliseconds(1), pause * 1.25);
            await SendAsync(channel);
            _time.Advance(row.DueAt.Value - _time.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        }

        var last = await SendAsync(channel);

        Assert.Equal((DeliveryState.Dead, "status503", 16), (last.State, last.Reason, last.Attempts));
        Assert.Equal(16, channel.Calls);
    }

    [Theory]
    [InlineData(3_600, 3_600)]
    [InlineData(1, 5)]
    [InlineData(360_000, 14_400)]
    public async Task NotNow_AskedToWait_WaitsSoLongButNotForEver(int askedSeconds, int expectedSeconds)
    {
        await AddAsync("mail");

        var row = await SendAsync(new Scripted(ChannelKind.Mail, new ParcelOutcome(ParcelEnd.NotNow, "status450", TimeSpan.FromSeconds(askedSeconds))));

        Assert.InRange((row.DueAt!.Value - _time.GetUtcNow()).TotalSeconds, expectedSeconds - 0.001, expectedSeconds * 1.25);
    }

    /// <summary>A text message twice at most; what has a key that the other side knows, as often as anything else.</summary>
    [Theory]
    [InlineData(ChannelKind.Sms, "sms", 2, "mayHaveArrived")]
    [InlineData(ChannelKind.Mail, "mail", 16, "answerLost")]
    [InlineData(ChannelKind.Webhook, "webhook", 16, "answerLost")]
    public async Task InDoubt_EachTime_IsRepeatedAsOftenAsIsHarmless(ChannelKind kind, string name, int calls, string reason)
    {
        var channel = new Scripted(kind, new ParcelOutcome(ParcelEnd.InDoubt, "answerLost"));
        await AddAsync(name);
        var row = await SendAsync(channel);
        while (row.DueAt is { } due)
        {
            _time.Advance(due - _time.GetUtcNow() + TimeSpan.FromMilliseconds(1));
            row = await SendAsync(channel);
        }

        Assert.Equal((DeliveryState.Dead, reason, calls, calls), (row.State, row.Reason, channel.Calls, row.Attempts));
    }

    [Theory]
    [InlineData("expired", DeliveryState.Dead)]
    [InlineData("attempts", DeliveryState.Dead)]
    [InlineData("unreadable", DeliveryState.Dead)]
    [InlineData("channelOff", DeliveryState.Queued)]
    public async Task WhatCannotBeSent_IsNotAttempted(string reason, DeliveryState state)
    {
        await AddAsync("webhook");
        for (var i = 0; reason == "attempts" && i < _options.MaxAttempts; i++)
        {
            var now = _time.GetUtcNow();
            Assert.Single(await _queue.LeaseAsync(new DeliveryLease("ended", now, now.AddMinutes(1), 1, 1, new Dictionary<string, int>(), false), default));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        if (reason == "unreadable")
        {
            await _database.WriteAsync(c => c.Run("UPDATE deliveries SET body = x'00';"), default);
        }

        _time.Advance(reason == "expired" ? TimeSpan.FromDays(3) : TimeSpan.Zero);
        var channel = new Scripted(reason == "channelOff" ? ChannelKind.Mail : ChannelKind.Webhook, new ParcelOutcome(ParcelEnd.Taken, null));

        var row = await SendAsync(channel);

        Assert.Equal((state, reason, 0), (row.State, row.Reason, channel.Calls));
    }

    [Fact]
    public async Task Channel_ThatThrows_LeavesADoubtAndTheOthersAlone()
    {
        await AddAsync("webhook");
        await AddAsync("webhook", "g");

        var row = await SendAsync(new Scripted(ChannelKind.Webhook, null));

        Assert.Equal((DeliveryState.Queued, "failed"), (row.State, row.Reason));
        Assert.All(await _queue.PageAsync(new DeliveryFilter(), null, 10, default), r => Assert.Equal(("failed", 1), (r.Reason, r.Attempts)));
    }

    private Task<bool> AddAsync(string channel, string filing = "f", TimeSpan? patience = null)
    {
        var now = _time.GetUtcNow();
        return _queue.AddAsync(ADelivery.Of(filing, 1) with { Channel = channel, Lane = channel, QueuedAt = now, ExpiresAt = now + (patience ?? TimeSpan.FromDays(3)) }, default);
    }

    /// <summary>A process of its own that sends what is due.</summary>
    private async Task<DeliveryRow> SendAsync(IChannel channel)
    {
        var options = Options.Create(_options);
        var outcomes = new DeliveryOutcomes(_queue, new DeliveryMetrics(_services.GetRequiredService<IMeterFactory>()), options, _time, NullLogger<DeliveryOutcomes>.Instance);
        await new DeliverySender(_queue, new DeliveryChannels([channel]), outcomes, options, _time, NullLogger<DeliverySender>.Instance).SendDueAsync(TimeSpan.FromMinutes(1), default);
        return (await _queue.PageAsync(new DeliveryFilter(), null, 10, default))[^1];
    }

    /// <summary>Ends each attempt the same way; by throwing where there is no outcome.</summary>
    private sealed class Scripted(ChannelKind kind, ParcelOutcome? outcome) : IChannel
    {
        private int _calls;

        public int Calls => _calls;

        public ChannelKind Kind => kind;

        public bool IsOn => true;

        public Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult(outcome ?? throw new InvalidOperationException("made up to fail"));
        }
    }
}
