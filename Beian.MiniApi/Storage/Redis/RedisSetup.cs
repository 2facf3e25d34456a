using Beian.MiniApi.Coordination;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>Registers what several instances share in Redis.</summary>
internal static class RedisSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CacheOptions>, RedisOptionsCheck>();
        services.AddSingleton<RedisLink>();
        services.AddHostedService<RedisStart>();
        services.AddSingleton<ICoordinationState>(s => s.GetRequiredService<RedisLink>());
        services.AddSingleton<ILeases, RedisLeases>();
        services.AddSingleton<ICallCounts, RedisCallCounts>();
        services.AddSingleton<ISingleUse, RedisSingleUse>();
        services.AddSingleton<ISharedValues, RedisSharedValues>();
        services.AddSingleton<IBroadcast, RedisBroadcast>();
    }
}

/// <summary>Reads the connection string before anything starts; says nothing of what stands in it, since a password does.</summary>
internal sealed class RedisOptionsCheck : IValidateOptions<CacheOptions>
{
    public ValidateOptionsResult Validate(string? name, CacheOptions options) => options.Engine != CacheOptions.RedisEngine || string.IsNullOrWhiteSpace(options.Redis) || IsReadable(options.Redis)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail("Cache:Redis cannot be read: it must be a connection string such as 'redis:6379,user=beian,password=…,ssl=true', without a scheme.");

    private static bool IsReadable(string text)
    {
        try
        {
            return !text.Contains("://", StringComparison.Ordinal) && ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}

/// <summary>Connects at the start and waits for nothing: the service starts without Redis too.</summary>
internal sealed class RedisStart(RedisLink link, IBroadcast broadcast) : IHostedService
{
    /// <summary>Held so that this instance hears the others from the start on.</summary>
    private readonly IBroadcast _broadcast = broadcast;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        link.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
