using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Registers the stores over one MongoDB database.</summary>
internal static class MongoSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(s => MongoDatabase.Open(
            s.GetRequiredService<IOptions<MongoOptions>>().Value, s.GetRequiredService<Sealer>(), s.GetRequiredService<AuditSecret>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDataKeyStore, MongoDataKeys>();
        services.AddSingleton<IIdempotencyStore, MongoIdempotencyStore>();
        services.AddSingleton<IAuditLog, MongoAuditLog>();
        services.AddSingleton<IStoreExaminer>(s => new MongoExaminer(s.GetRequiredService<IOptions<MongoOptions>>().Value, s.GetRequiredService<AuditSecret>));
        services.AddSingleton<IProtectionKeys, MongoProtectionKeys>();
        services.AddSingleton<MongoReseal>();
        services.AddSingleton<IResealOrders>(s => s.GetRequiredService<MongoReseal>());
        services.AddSingleton<IResealable>(s => s.GetRequiredService<MongoReseal>());
        AddFilings(services);
        AddPeople(services);
        AddMessages(services);
    }

    private static void AddFilings(IServiceCollection services)
    {
    }

    private static void AddPeople(IServiceCollection services)
    {
    }

    private static void AddMessages(IServiceCollection services)
    {
    }
}
