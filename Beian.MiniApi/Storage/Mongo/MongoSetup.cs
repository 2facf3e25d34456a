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
        services.AddSingleton<IFilingStore, MongoFilingStore>();
        services.AddSingleton<IHoldReader, MongoHoldReader>();
        services.AddSingleton<IContactReader, MongoContactReader>();
        services.AddSingleton<IReviewFacts, MongoReviewFacts>();
        services.AddSingleton<IConsentStore, MongoConsentStore>();
        services.AddSingleton<ISubjectStore, MongoSubjectStore>();
        services.AddSingleton<IFilingIds, MongoFilingIds>();
        services.AddSingleton<IReasonStore, MongoReasonStore>();
        services.AddSingleton<ISettingStore, MongoSettingStore>();
        services.AddSingleton<IAttemptStore, MongoAttemptStore>();
        services.AddSingleton<IFullViewStore, MongoFullViewStore>();
        services.AddSingleton<IPaperWorkStore, MongoPaperWorkStore>();
        services.AddSingleton<IResumableUploadStore, MongoResumableUploadStore>();
        services.AddSingleton<IStoreHealth>(s => new MongoStoreHealth(
            s.GetRequiredService<MongoDatabase>(), StorageSetup.FolderOf(s), s.GetRequiredService<IOptions<StorageOptions>>().Value.MinFreeBytes));
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton<IAccountStore, MongoAccountStore>();
        services.AddSingleton<IAccountUsage, MongoAccountUsage>();
        services.AddSingleton<IAccountLinkStore, MongoAccountLinkStore>();
        services.AddSingleton<IUserStore, MongoUserStore>();
        services.AddSingleton<ISessionStore, MongoSessionStore>();
        services.AddSingleton<IStaffStore, MongoStaffStore>();
        services.AddSingleton<ISecondFactorStore, MongoSecondFactorStore>();
        services.AddSingleton<IProviderLoginStore, MongoProviderLoginStore>();
        services.AddSingleton<IErasureStore, MongoErasureStore>();
    }

    private static void AddMessages(IServiceCollection services)
    {
        services.AddSingleton<INotificationStore, MongoNotificationStore>();
        services.AddSingleton<ILetterLinkStore, MongoLetterLinkStore>();
        services.AddSingleton<IFaceHandoverStore, MongoFaceHandoverStore>();
        services.AddSingleton<IWeChatEventStore, MongoWeChatEventStore>();
        services.AddSingleton<IMediaVerdictStore, MongoMediaVerdictStore>();
        services.AddSingleton<IAuthorizationRevocationStore, MongoAuthorizationRevocationStore>();
        services.AddSingleton<IMessageCredits, MongoMessageCredits>();
        services.AddSingleton<IMessageStore, MongoMessageStore>();
        services.AddSingleton<IMessageRecords, MongoMessageRecords>();
        services.AddSingleton<IDeliveryStore, MongoDeliveryStore>();
        services.AddSingleton<IWebhookStore, MongoWebhookStore>();
        services.AddSingleton<IResourceStore, MongoResourceStore>();
        services.AddSingleton<IAuthCodeStore, MongoAuthCodeStore>();
    }
}
