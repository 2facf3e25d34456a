#if CLUSTER
using Beian.MiniApi.Coordination;
#endif
using Beian.MiniApi.Storage.Moving;
using Beian.MiniApi.Storage.Sqlite;
#if CLUSTER
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;
#endif

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

    /// <summary>The place that the settings name for an engine, for data to be moved from or to. Both can be had, whichever <c>Storage:Engine</c> chooses.</summary>
    /// <param name="engine"><c>sqlite</c> or <c>mongo</c>.</param>
    /// <param name="services">Of the program, unstarted.</param>
    /// <exception cref="InvalidDataException">The engine is not in this build, or the settings do not say where it is.</exception>
    public static IMovingEngine Mover(string engine, IServiceProvider services)
    {
        if (engine == StorageOptions.Sqlite)
        {
            return new SqliteMove(StorageSetup.DatabaseOf(services));
        }
#if CLUSTER
        var options = services.GetRequiredService<IOptions<MongoOptions>>().Value;
        return MongoOptionsDemands.Missing(options) is { } missing
            ? throw new InvalidDataException(missing)
            : new Mongo.MongoMove(options, () => Mongo.MongoDatabase.Open(
                options, services.GetRequiredService<Sealer>(), services.GetRequiredService<AuditSecret>(), services.GetRequiredService<TimeProvider>()));
#else
        throw new InvalidDataException(NotBuilt("The engine", engine));
#endif
    }

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
