using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Registers the stores over one SQLite file.</summary>
internal static class SqliteSetup
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(s => new SqliteDatabase(
            StorageSetup.DatabaseOf(s), s.GetRequiredService<Sealer>(), s.GetRequiredService<AuditSecret>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IDataKeyStore, SqliteDataKeys>();
        services.AddSingleton<IAuditLog, SqliteAuditLog>();
        services.AddSingleton<IFullViewStore, SqliteFullViewStore>();
        services.AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        services.AddSingleton<IHoldReader, SqliteHoldReader>();
        services.AddSingleton<IContactReader, SqliteContactReader>();
        services.AddSingleton<IResourceStore, SqliteResourceStore>();
        services.AddSingleton<IAuthCodeStore, SqliteAuthCodeStore>();
        services.AddSingleton<IAttemptStore, SqliteAttemptStore>();
        services.AddSingleton<IAccountStore, SqliteAccountStore>();
        services.AddSingleton<IAccountUsage, SqliteAccountUsage>();
        services.AddSingleton<IErasureStore, SqliteErasureStore>();
        services.AddSingleton<IAccountLinkStore, SqliteAccountLinkStore>();
        services.AddSingleton<IConsentStore, SqliteConsentStore>();
        services.AddSingleton<IUserStore, SqliteUserStore>();
        services.AddSingleton<ISessionStore, SqliteSessionStore>();
        services.AddSingleton<IStaffStore, SqliteStaffStore>();
        services.AddSingleton<ISecondFactorStore, SqliteSecondFactorStore>();
        services.AddSingleton<IProviderLoginStore, SqliteProviderLoginStore>();
        services.AddSingleton<IFilingStore, SqliteFilingStore>();
        services.AddSingleton<IReviewFacts, SqliteReviewFacts>();
        services.AddSingleton<ISubjectStore, SqliteSubjectStore>();
        services.AddSingleton<INotificationStore, SqliteNotificationStore>();
        services.AddSingleton<ISettingStore, SqliteSettingStore>();
        services.AddSingleton<ILetterLinkStore, SqliteLetterLinkStore>();
        services.AddSingleton<IFaceHandoverStore, SqliteFaceHandoverStore>();
        services.AddSingleton<IWeChatEventStore, SqliteWeChatEventStore>();
        services.AddSingleton<IMediaVerdictStore, SqliteMediaVerdictStore>();
        services.AddSingleton<IAuthorizationRevocationStore, SqliteAuthorizationRevocationStore>();
        services.AddSingleton<IMessageCredits, SqliteMessageCredits>();
        services.AddSingleton<IMessageStore, SqliteMessageStore>();
        services.AddSingleton<IMessageRecords, SqliteMessageRecords>();
        services.AddSingleton<IDeliveryStore, SqliteDeliveryStore>();
        services.AddSingleton<IWebhookStore, SqliteWebhookStore>();
        services.AddSingleton<IStoreHealth, SqliteStoreHealth>();
        services.AddSingleton<IPaperWorkStore, SqlitePaperWorkStore>();
        services.AddSingleton<IResumableUploadStore, SqliteResumableUploadStore>();
        services.AddSingleton<IFilingIds, SqliteFilingIds>();
        services.AddSingleton<IReasonStore, SqliteReasonStore>();
        services.AddSingleton<IStoreExaminer>(s => new SqliteExaminer(StorageSetup.DatabaseOf(s), s.GetRequiredService<AuditSecret>));
        services.AddSingleton<SqliteReseal>();
        services.AddSingleton<IResealOrders>(s => s.GetRequiredService<SqliteReseal>());
        services.AddSingleton<IResealable>(s => s.GetRequiredService<SqliteReseal>());
    }
}
