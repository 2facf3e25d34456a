using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage;

/// <summary>Where things are kept on this machine.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and the materials, relative to the content root; default <c>App_Data</c>.</summary>
    public string Folder { get; set; } = "App_Data";

    /// <summary>Bytes to leave free on the volume: below, uploads are refused and the service is not ready. Default 256 MiB; 0 switches the reserve off.</summary>
    [Range(0, long.MaxValue)]
    public long MinFreeBytes { get; set; } = 256L * 1024 * 1024;
}

/// <summary>Registers the stores of the chosen engine.</summary>
public static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => new SqliteDatabase(DatabaseOf(services), services.GetRequiredService<AuditSecret>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IAuditLog, SqliteAuditLog>();
        builder.Services.AddSingleton<IFullViewStore, SqliteFullViewStore>();
        builder.Services.AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        builder.Services.AddSingleton<IHoldReader, SqliteHoldReader>();
        builder.Services.AddSingleton<IContactReader, SqliteContactReader>();
        builder.Services.AddSingleton<IResourceStore, SqliteResourceStore>();
        builder.Services.AddSingleton<IAuthCodeStore, SqliteAuthCodeStore>();
        builder.Services.AddSingleton<IAttemptStore, SqliteAttemptStore>();
        builder.Services.AddSingleton<AccountRows>();
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
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStoreHealth, SqliteStoreHealth>();
        builder.Services.AddSingleton<IMaterialStore>(services => new FileMaterialStore(FolderOf(services), services.GetRequiredService<IOptions<StorageOptions>>()));
        builder.Services.AddHostedService<MaterialSweeper>();
        return builder;
    }

    /// <summary>Full path of the database file.</summary>
    public static string DatabaseOf(IServiceProvider services) => Path.Combine(FolderOf(services), "beian.db");

    /// <summary>Full path of the data folder.</summary>
    public static string FolderOf(IServiceProvider services) => Path.Combine(
        services.GetRequiredService<IHostEnvironment>().ContentRootPath,
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Folder);
}
