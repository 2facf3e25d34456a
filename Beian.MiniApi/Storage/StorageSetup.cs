using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Storage.Backups;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.S3;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage;

/// <summary>Where things are kept on this machine.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and the materials, relative to the content root; default <c>App_Data</c>.</summary>
    public string Folder { get; set; } = "App_Data";

    public const string Files = "files";
    public const string S3 = "s3";

    /// <summary>Where the bytes of materials are kept: <c>files</c> below the folder, or an <c>s3</c>-compatible service; default <c>files</c>.</summary>
    [AllowedValues(Files, S3)]
    public string Materials { get; set; } = Files;

    /// <summary>Bytes to leave free on the volume: below, uploads are refused and the service is not ready. Default 256 MiB; 0 switches the reserve off.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 256L * 1024 * 1024;
}

/// <summary>Registers the stores of the chosen engine.</summary>
public static class StorageSetup
{
    /// <summary>Name of the database in the data folder.</summary>
    public const string DatabaseFile = "beian.db";

    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services =>
            new SqliteDatabase(DatabaseOf(services), services.GetRequiredService<Sealer>(), services.GetRequiredService<AuditSecret>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IDataKeyStore, SqliteDataKeys>();
        builder.Services.AddSingleton<IAuditLog, SqliteAuditLog>();
        builder.Services.AddSingleton<IFullViewStore, SqliteFullViewStore>();
        builder.Services.AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        builder.Services.AddSingleton<IHoldReader, SqliteHoldReader>();
        builder.Services.AddSingleton<IContactReader, SqliteContactReader>();
        builder.Services.AddSingleton<IResourceStore, SqliteResourceStore>();
        builder.Services.AddSingleton<IAuthCodeStore, SqliteAuthCodeStore>();
        builder.Services.AddSingleton<IAttemptStore, SqliteAttemptStore>();
        builder.Services.AddSingleton<IAccountStore, SqliteAccountStore>();
        builder.Services.AddSingleton<IAccountUsage, SqliteAccountUsage>();
        builder.Services.AddSingleton<IErasureStore, SqliteErasureStore>();
        builder.Services.AddSingleton<IAccountLinkStore, SqliteAccountLinkStore>();
        builder.Services.AddSingleton<IConsentStore, SqliteConsentStore>();
        builder.Services.AddSingleton<IUserStore, SqliteUserStore>();
        builder.Services.AddSingleton<ISessionStore, SqliteSessionStore>();
        builder.Services.AddSingleton<IStaffStore, SqliteStaffStore>();
        builder.Services.AddSingleton<ISecondFactorStore, SqliteSecondFactorStore>();
        builder.Services.AddSingleton<IProviderLoginStore, SqliteProviderLoginStore>();
        builder.Services.AddSingleton<IFilingStore, SqliteFilingStore>();
        builder.Services.AddSingleton<IReviewFacts, SqliteReviewFacts>();
        builder.Services.AddSingleton<IAuthorityWaits, OwnAuthorityWaits>();
        builder.Services.AddSingleton<ISubjectStore, SqliteSubjectStore>();
        builder.Services.AddSingleton<INotificationStore, SqliteNotificationStore>();
        builder.Services.AddSingleton<ISettingStore, SqliteSettingStore>();
        builder.Services.AddSingleton<ILetterLinkStore, SqliteLetterLinkStore>();
        builder.Services.AddSingleton<IFaceHandoverStore, SqliteFaceHandoverStore>();
        builder.Services.AddSingleton<IWeChatEventStore, SqliteWeChatEventStore>();
        builder.Services.AddSingleton<IMediaVerdictStore, SqliteMediaVerdictStore>();
        builder.Services.AddSingleton<IAuthorizationRevocationStore, SqliteAuthorizationRevocationStore>();
        builder.Services.AddSingleton<IMessageCredits, SqliteMessageCredits>();
        builder.Services.AddSingleton<IMessageStore, SqliteMessageStore>();
        builder.Services.AddSingleton<IMessageRecords, SqliteMessageRecords>();
        builder.Services.AddSingleton<IDeliveryStore, SqliteDeliveryStore>();
        builder.Services.AddSingleton<IWebhookStore, SqliteWebhookStore>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStoreHealth, SqliteStoreHealth>();
        builder.Services.AddSingleton<IPaperWorkStore, SqlitePaperWorkStore>();
        builder.Services.AddSingleton<IResumableUploadStore, SqliteResumableUploadStore>();
        builder.Services.AddSingleton<IUploadPieces>(services => new FileUploadPieces(FolderOf(services), services.GetRequiredService<IOptions<StorageOptions>>(), services.GetRequiredService<Sealer>()));
        builder.Services.AddSingleton<IFilingIds, SqliteFilingIds>();
        builder.Services.AddSingleton<IReasonStore, SqliteReasonStore>();
        builder.Services.AddOptions<S3Options>().BindConfiguration(S3Options.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<S3Options>, S3OptionsDemands>();
        builder.Services.AddSingleton<IMaterialStore>(services => new CopiesWithTheirPictures(Engine(services)));
        builder.Services.AddSingleton<OrphanSweeper>();
        builder.Services.AddHostedService<MaterialSweeper>();
        builder.Services.AddSingleton<SqliteReseal>();
        builder.Services.AddSingleton<IResealOrders>(services => services.GetRequiredService<SqliteReseal>());
        builder.Services.AddSingleton<IResealable>(services => services.GetRequiredService<SqliteReseal>());
        builder.Services.AddSingleton<IResealable>(services => new FileReseal(FolderOf(services), services.GetRequiredService<Sealer>()));
        builder.Services.AddSingleton<Resealing>();
        builder.Services.AddSingleton(services => new Backup(FolderOf(services), services.GetRequiredService<SqliteDatabase>, services.GetRequiredService<IResealOrders>));
        builder.Services.AddSingleton(services => new Restore(FolderOf(services), services.GetRequiredService<KeyRing>));
        builder.Services.AddHostedService<ResealWork>();
        builder.Services.AddHostedService<FactsWork>();
        return builder;
    }

    /// <summary>The engine for the bytes of materials; the other one takes in what arrives, on this machine.</summary>
    private static IMaterialStore Engine(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>();
        var sealer = services.GetRequiredService<Sealer>();
        var files = new FileMaterialStore(FolderOf(services), options, sealer);
        return options.Value.Materials == StorageOptions.S3 && services.GetRequiredService<IOptions<S3Options>>().Value is var s3
            ? new S3MaterialStore(S3Setup.Client(s3), s3, files, sealer)
            : files;
    }

    /// <summary>Full path of the database file.</summary>
    public static string DatabaseOf(IServiceProvider services) => Path.Combine(FolderOf(services), DatabaseFile);

    /// <summary>Full path of the data folder.</summary>
    public static string FolderOf(IServiceProvider services) => Path.Combine(
        services.GetRequiredService<IHostEnvironment>().ContentRootPath,
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Folder);
}
