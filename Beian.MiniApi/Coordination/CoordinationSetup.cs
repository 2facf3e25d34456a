using Beian.MiniApi.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Coordination;

/// <summary>Registers what makes several instances one.</summary>
public static class CoordinationSetup
{
    public static WebApplicationBuilder AddCoordination(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.Engine != CacheOptions.RedisEngine || Engines.HasRedis, Engines.NotBuilt("Cache:Engine", CacheOptions.RedisEngine))
            .Validate(o => o.Engine != CacheOptions.RedisEngine || !Engines.HasRedis || !string.IsNullOrWhiteSpace(o.Redis), "Cache:Engine 'redis' needs Cache:Redis, a connection string such as 'redis:6379,password=…'.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        Engines.AddCache(builder);
        services.TryAddSingleton<ILeases, InProcessLeases>();
        services.TryAddSingleton<ICallCounts, InProcessCallCounts>();
        services.TryAddSingleton<ISingleUse, InProcessSingleUse>();
        services.TryAddSingleton<ISharedValues, InProcessSharedValues>();
        services.TryAddSingleton<IBroadcast, InProcessBroadcast>();
        services.TryAddSingleton<ICoordinationState, Alone>();
        services.AddSingleton<Turns>();
        services.AddSingleton<SignOuts>();
        return builder;
    }
}
