#if CLUSTER
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage.Redis;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>What one instance has of Redis, with everything it logs.</summary>
public sealed class RedisInstance : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private readonly string _channel;

    private RedisInstance(ServiceProvider services, LogBook log, string prefix)
    {
        (_services, Log, _channel) = (services, log, prefix + "broadcast");
        Shared = new Shared(Get<ILeases>(), Get<ICallCounts>(), Get<ISingleUse>(), Get<ISharedValues>(), Get<IBroadcast>());
    }

    public Shared Shared { get; }

    public LogBook Log { get; }

    public bool IsAway => Get<ICoordinationState>().IsAway;

    /// <summary>Started as the program does, which waits for nothing; with more patience than that has, since a busy machine is not what is tested.</summary>
    public static async Task<RedisInstance> StartAsync(string connectionString, string prefix = "beian-test:", int timeoutMilliseconds = 1000)
    {
        var log = new LogBook();
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Information))
            .Configure<CacheOptions>(o => (o.Engine, o.Redis, o.Prefix, o.TimeoutMilliseconds) = (CacheOptions.RedisEngine, connectionString, prefix, timeoutMilliseconds));
        RedisSetup.Add(services);
        var provider = services.BuildServiceProvider();
        foreach (var hosted in provider.GetServices<IHostedService>())
        {
            await hosted.StartAsync(default);
        }

        return new RedisInstance(provider, log, prefix);
    }

    /// <summary>Waits until it can be heard, too.</summary>
    public async Task<RedisInstance> ReadyAsync(RedisServer server)
    {
        await Wait.UntilAsync(async () => !IsAway && (long)(await server.DoAsync("PUBSUB", "NUMSUB", _channel))[1] >= 1);
        return this;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>A server with two instances at it.</summary>
public sealed class TwoAtRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private RedisInstance? _one;
    private RedisInstance? _other;

    public static string? WhyNot => RedisServer.WhyNot;

    public Shared One => _one!.Shared;

    public Shared Other => _other!.Shared;

    public async Task InitializeAsync()
    {
        if (WhyNot is null)
        {
            _server = await RedisServer.StartAsync(RedisServer.Password);
            _one = await RedisInstance.StartAsync(_server.ConnectionString, timeoutMilliseconds: 5000);
            _other = await RedisInstance.StartAsync(_server.ConnectionString, timeoutMilliseconds: 5000);
            await Wait.UntilAsync(async () => (long)(await _server.DoAsync("PUBSUB", "NUMSUB", "beian-test:broadcast"))[1] == 2);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var thing in new IAsyncDisposable?[] { _one, _other, _server })
        {
            await (thing?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}

[Needs(typeof(TwoAtRedis))]
public sealed class RedisCoordinationTests(TwoAtRedis redis) : CoordinationContracts, IClassFixture<TwoAtRedis>
{
    protected override Shared One => redis.One;

    protected override Shared Other => redis.Other;
}
#endif
