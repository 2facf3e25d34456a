#if CLUSTER
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>MongoDB over a database of its own on the server that <c>BEIAN_TEST_MONGO</c> names.</summary>
public sealed class MongoStores : IStores
{
    private readonly MongoOptions _options = new() { ConnectionString = Server, Database = "beian-test-" + Guid.NewGuid().ToString("N")[..12] };

    public MongoStores()
    {
        Database = MongoDatabase.Open(_options, ARing.Sealer(), null, TimeProvider.System);
    }

    /// <summary>Address of the server; the tests of this folder are not chosen without it.</summary>
    public static string Server => Environment.GetEnvironmentVariable("BEIAN_TEST_MONGO") ?? throw new InvalidOperationException("BEIAN_TEST_MONGO names no server.");

    internal MongoDatabase Database { get; }

    /// <summary>Another instance of the program over the same database.</summary>
    internal MongoDatabase OpenAnother() => MongoDatabase.Open(_options, ARing.Sealer(), null, TimeProvider.System);

    public IIdempotencyStore Idempotency => new MongoIdempotencyStore(Database);

    public IFilingStore Filings => new MongoFilingStore(Database);

    public IReviewFacts Facts => new MongoReviewFacts(Database);

    public IHoldReader Holds => new MongoHoldReader(Database);

    public IContactReader Contacts => new MongoContactReader(Database);

    public ISubjectStore Subjects => new MongoSubjectStore(Database);

    public ISettingStore Settings => new MongoSettingStore(Database);

    public IConsentStore Consents => new MongoConsentStore(Database);

    // People.
    public IUserStore Users => new MongoUserStore(Database);

    public IAccountStore Accounts => new MongoAccountStore(Database);

    public IAccountLinkStore AccountLinks => new MongoAccountLinkStore(Database);

    public ISessionStore Sessions => new MongoSessionStore(Database);

    public IStaffStore Staff => new MongoStaffStore(Database);

    public ISecondFactorStore Factors => new MongoSecondFactorStore(Database);

    public IProviderLoginStore ProviderLogins => new MongoProviderLoginStore(Database);

    public IErasureStore Erasures => new MongoErasureStore(Database);

    // Messages, resources, codes.
    public INotificationStore Notifications => new MongoNotificationStore(Database);

    public ILetterLinkStore LetterLinks => new MongoLetterLinkStore(Database);

    public IFaceHandoverStore FaceHandovers => new MongoFaceHandoverStore(Database);

    public IWeChatEventStore WeChatEvents => new MongoWeChatEventStore(Database, TimeProvider.System);

    public IMessageCredits MessageCredits => new MongoMessageCredits(Database);

    public IMessageStore Messages => new MongoMessageStore(Database);

    public IMediaVerdictStore MediaVerdicts => new MongoMediaVerdictStore(Database);

    public IAuthorizationRevocationStore Revocations => new MongoAuthorizationRevocationStore(Database);

    public IMessageRecords MessageRecords => new MongoMessageRecords(Database);

    public IDeliveryStore Deliveries => new MongoDeliveryStore(Database);

    public IWebhookStore Webhooks => new MongoWebhookStore(Database, TimeProvider.System);

    public IResourceStore Resources => new MongoResourceStore(Database);

    public IAuthCodeStore AuthCodes => new MongoAuthCodeStore(Database);

    public Task HoldAsync(string key, string filingId, bool used) => AHold.PutAsync(Database, key, filingId, used);

    public async ValueTask DisposeAsync()
    {
        await Database.Database.Client.DropDatabaseAsync(_options.Database);
        await Database.DisposeAsync();
    }
}

public sealed class MongoFilingStoreTests() : FilingStoreContract(new MongoStores());

public sealed class MongoFilingListTests() : FilingListContract(new MongoStores());

public sealed class MongoQueueByDueTests() : QueueByDueContract(new MongoStores());

public sealed class MongoReviewFactsTests() : ReviewFactsContract(new MongoStores());

public sealed class MongoContactTests() : ContactContract(new MongoStores());

public sealed class MongoSubjectStoreTests() : SubjectStoreContract(new MongoStores());

public sealed class MongoNotificationStoreTests() : NotificationStoreContract(new MongoStores());

public sealed class MongoSettingStoreTests() : SettingStoreContract(new MongoStores());

public sealed class MongoIdempotencyStoreTests() : IdempotencyStoreContract(new MongoStores());

public sealed class MongoLetterLinkStoreTests() : LetterLinkStoreContract(new MongoStores());

public sealed class MongoFaceHandoverStoreTests() : FaceHandoverStoreContract(new MongoStores());

public sealed class MongoWeChatEventStoreTests() : WeChatEventStoreContract(new MongoStores());

public sealed class MongoMessageCreditsTests() : MessageCreditsContract(new MongoStores());

public sealed class MongoUserStoreTests() : UserStoreContract(new MongoStores());

public sealed class MongoAccountStoreTests() : AccountStoreContract(new MongoStores());

public sealed class MongoAccountLinkStoreTests() : AccountLinkStoreContract(new MongoStores());

public sealed class MongoSessionStoreTests() : SessionStoreContract(new MongoStores());

public sealed class MongoStaffStoreTests() : StaffStoreContract(new MongoStores());

public sealed class MongoMessageStoreTests() : MessageStoreContract(new MongoStores());

public sealed class MongoConsentStoreTests() : ConsentStoreContract(new MongoStores());

public sealed class MongoMessageRecordsTests() : MessageRecordsContract(new MongoStores());

public sealed class MongoErasureStoreTests() : ErasureStoreContract(new MongoStores());

public sealed class MongoDeliveryStoreTests() : DeliveryStoreContract(new MongoStores());

public sealed class MongoWebhookStoreTests() : WebhookStoreContract(new MongoStores());

public sealed class MongoResourceStoreTests() : ResourceStoreContract(new MongoStores());

public sealed class MongoAuthCodeStoreTests() : AuthCodeStoreContract(new MongoStores());
#endif
