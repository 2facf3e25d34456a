#if CLUSTER
using Beian.MiniApi.Coordination;
#endif
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Storage;

/// <summary>The engines that this build has. The only place that asks which stack was built; every other choice is configuration.</summary>
internal static class Engines
{
#if CLUSTER
    public const bool HasMongo = true;

    public const bool HasRedis = true;
#else
    public const bool HasMongo = false;

    public const bool HasRedis = false;
#endif

    /// <summary>Why a setting that asks for an engine outside this build is refused.</summary>
    public static string NotBuilt(string setting, string value) => $"{setting} '{value}' is not in this build: it is built in with 'dotnet build -p:Stack=cluster'.";

    /// <summary>Registers the stores of the engine that <c>Storage:Engine</c> names; an unknown or missing one is refused before any store is asked for.</summary>
    public static void AddStores(WebApplicationBuilder builder)
    {
#if CLUSTER
        if (builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Engine)}"] == StorageOptions.Mongo)
        {
            Mongo.MongoSetup.Add(builder.Services);
            return;
        }
#endif
        SqliteSetup.Add(builder.Services);
    }

    /// <summary>Registers what the instances share, where <c>Cache:Engine</c> names an engine for several of them.</summary>
    public static void AddCache(WebApplicationBuilder builder)
    {
#if CLUSTER
        if (builder.Configuration[$"{CacheOptions.Section}:{nameof(CacheOptions.Engine)}"] == CacheOptions.RedisEngine)
        {
            Redis.RedisSetup.Add(builder.Services);
        }
#endif
    }
}
