using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>The stores of one engine over one empty place; what the contracts are held against.</summary>
public interface IStores : IAsyncDisposable
{
    IFilingStore Filings { get; }

    IReviewFacts Facts { get; }

    IHoldReader Holds { get; }

    IContactReader Contacts { get; }

    ISubjectStore Subjects { get; }

    INotificationStore Notifications { get; }

    ISettingStore Settings { get; }

    IIdempotencyStore Idempotency { get; }

    ILetterLinkStore LetterLinks { get; }

    IFaceHandoverStore FaceHandovers { get; }

    IWeChatEventStore WeChatEvents { get; }

    IMessageCredits MessageCredits { get; }

    IMessageStore Messages { get; }

    IMediaVerdictStore MediaVerdicts { get; }

    IAuthorizationRevocationStore Revocations { get; }

    IUserStore Users { get; }

    IAccountStore Accounts { get; }

    IAccountLinkStore AccountLinks { get; }

    ISessionStore Sessions { get; }

    IStaffStore Staff { get; }

    ISecondFactorStore Factors { get; }

    IProviderLoginStore ProviderLogins { get; }

    IConsentStore Consents { get; }

    IMessageRecords MessageRecords { get; }

    IErasureStore Erasures { get; }

    IDeliveryStore Deliveries { get; }

    IWebhookStore Webhooks { get; }

    IResourceStore Resources { get; }

    IAuthCodeStore AuthCodes { get; }

    /// <summary>A reservation as a filing has it that holds nothing else.</summary>
    Task HoldAsync(string key, string filingId, bool used);
}

/// <summary>SQLite over a file of its own.</summary>
public sealed class SqliteStores : IStores
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-stores-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;

    public SqliteStores()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
        Filings = new SqliteFilingStore(_database);
        Facts = new SqliteReviewFacts(_database);
        Holds = new SqliteHoldReader(_database);
        Contacts = new SqliteContactReader(_database);
        Subjects = new SqliteSubjectStore(_database);
        Notifications = new SqliteNotificationStore(_database);
        Settings = new SqliteSettingStore(_database);
        Idempotency = new SqliteIdempotencyStore(_database);
        LetterLinks = new SqliteLetterLinkStore(_database);
        FaceHandovers = new SqliteFaceHandoverStore(_database);
        WeChatEvents = new SqliteWeChatEventStore(_database, TimeProvider.System);
        MessageCredits = new SqliteMessageCredits(_database);
        Messages = new SqliteMessageStore(_database);
        MediaVerdicts = new SqliteMediaVerdictStore(_database);
        Revocations = new SqliteAuthorizationRevocationStore(_database);
        Users = new SqliteUserStore(_database);
        Accounts = new SqliteAccountStore(_database);
        AccountLinks = new SqliteAccountLinkStore(_database);
        Sessions = new SqliteSessionStore(_database);
        Staff = new SqliteStaffStore(_database);
        Factors = new SqliteSecondFactorStore(_database);
        ProviderLogins = new SqliteProviderLoginStore(_database);
        Consents = new SqliteConsentStore(_database);
        MessageRecords = new SqliteMessageRecords(_database);
        Erasures = new SqliteErasureStore(_database);
        Deliveries = new SqliteDeliveryStore(_database);
        Webhooks = new SqliteWebhookStore(_database, TimeProvider.System);
        Resources = new SqliteResourceStore(_database);
        AuthCodes = new SqliteAuthCodeStore(_database);
    }

    public IFilingStore Filings { get; }

    public IReviewFacts Facts { get; }

    public IHoldReader Holds { get; }

    public IContactReader Contacts { get; }

    public ISubjectStore Subjects { get; }

    public INotificationStore Notifications { get; }

    public ISettingStore Settings { get; }

    public IIdempotencyStore Idempotency { get; }

    public ILetterLinkStore LetterLinks { get; }

    public IFaceHandoverStore FaceHandovers { get; }

    public IWeChatEventStore WeChatEvents { get; }

    public IMessageCredits MessageCredits { get; }

    public IMessageStore Messages { get; }

    public IMediaVerdictStore MediaVerdicts { get; }

    public IAuthorizationRevocationStore Revocations { get; }

    public IUserStore Users { get; }

    public IAccountStore Accounts { get; }

    public IAccountLinkStore AccountLinks { get; }

    public ISessionStore Sessions { get; }

    public IStaffStore Staff { get; }

    public ISecondFactorStore Factors { get; }

    public IProviderLoginStore ProviderLogins { get; }

    public IConsentStore Consents { get; }

    public IMessageRecords MessageRecords { get; }

    public IErasureStore Erasures { get; }

    public IDeliveryStore Deliveries { get; }

    public IWebhookStore Webhooks { get; }

    public IResourceStore Resources { get; }

    public IAuthCodeStore AuthCodes { get; }

    public Task HoldAsync(string key, string filingId, bool used) => _database.WriteAsync(
        connection => connection.Run(
            "INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, $filing, 'target', $used);", ("$key", key), ("$filing", filingId), ("$used", used ? 1 : 0)),
        default);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A contract's engine, thrown away after each test.</summary>
public abstract class StoreContract(IStores stores) : IAsyncLifetime
{
    protected IStores Stores { get; } = stores;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Stores.DisposeAsync();

    protected static IdempotencyRecord Record(string key, string body = "hash", int hours = 24) =>
        new(key, body, [1, 2, 3], StoredFilings.Noon.AddHours(hours));

    protected Task<IdempotencyRecord?> KnownAsync(string key, DateTimeOffset? now = null) => Stores.Idempotency.FindAsync(key, now ?? StoredFilings.Noon, default);
}

/// <summary>Every contract on SQLite. An engine adds subclasses like these and no tests.</summary>
public sealed class SqliteFilingStoreTests() : FilingStoreContract(new SqliteStores());

public sealed class SqliteFilingListTests() : FilingListContract(new SqliteStores());

public sealed class SqliteQueueByDueTests() : QueueByDueContract(new SqliteStores());

public sealed class SqliteReviewFactsTests() : ReviewFactsContract(new SqliteStores());

public sealed class SqliteContactTests() : ContactContract(new SqliteStores());

public sealed class SqliteSubjectStoreTests() : SubjectStoreContract(new SqliteStores());

public sealed class SqliteNotificationStoreTests() : NotificationStoreContract(new SqliteStores());

public sealed class SqliteSettingStoreTests() : SettingStoreContract(new SqliteStores());

public sealed class SqliteIdempotencyStoreTests() : IdempotencyStoreContract(new SqliteStores());

public sealed class SqliteLetterLinkStoreTests() : LetterLinkStoreContract(new SqliteStores());

public sealed class SqliteFaceHandoverStoreTests() : FaceHandoverStoreContract(new SqliteStores());

public sealed class SqliteWeChatEventStoreTests() : WeChatEventStoreContract(new SqliteStores());

public sealed class SqliteMessageCreditsTests() : MessageCreditsContract(new SqliteStores());

public sealed class SqliteUserStoreTests() : UserStoreContract(new SqliteStores());

public sealed class SqliteAccountStoreTests() : AccountStoreContract(new SqliteStores());

public sealed class SqliteAccountLinkStoreTests() : AccountLinkStoreContract(new SqliteStores());

public sealed class SqliteSessionStoreTests() : SessionStoreContract(new SqliteStores());

public sealed class SqliteStaffStoreTests() : StaffStoreContract(new SqliteStores());

public sealed class SqliteMessageStoreTests() : MessageStoreContract(new SqliteStores());

public sealed class SqliteConsentStoreTests() : ConsentStoreContract(new SqliteStores());

public sealed class SqliteMessageRecordsTests() : MessageRecordsContract(new SqliteStores());

public sealed class SqliteErasureStoreTests() : ErasureStoreContract(new SqliteStores());

public sealed class SqliteDeliveryStoreTests() : DeliveryStoreContract(new SqliteStores());

public sealed class SqliteWebhookStoreTests() : WebhookStoreContract(new SqliteStores());

public sealed class SqliteResourceStoreTests() : ResourceStoreContract(new SqliteStores());

public sealed class SqliteAuthCodeStoreTests() : AuthCodeStoreContract(new SqliteStores());
