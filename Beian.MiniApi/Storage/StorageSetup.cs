using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Storage;

/// <summary>Where things are kept on this machine.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Folder of the database and the materials, relative to the content root; default <c>App_Data</c>.</summary>
    public string Folder { get; set; } = "App_Data";
}

/// <summary>Registers the stores of the chosen engine.</summary>
public static class StorageSetup
{
    public static WebApplicationBuilder AddStorage(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton(services => new SqliteDatabase(Path.Combine(FolderOf(services), "beian.db")));
        builder.Services.AddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        builder.Services.AddSingleton<IHoldReader, SqliteHoldReader>();
        builder.Services.AddSingleton(_ => ResourceTypesFile.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "resource-types.json")));
        builder.Services.AddSingleton<IResourceStore, SqliteResourceStore>();
        builder.Services.AddSingleton<IAuthCodeStore, SqliteAuthCodeStore>();
        builder.Services.AddSingleton<IAttemptStore, SqliteAttemptStore>();
        builder.Services.AddSingleton<AccountRows>();
        builder.Services.AddSingleton<IAccountStore, SqliteAccountStore>();
        builder.Services.AddSingleton<IAccountUsage, SqliteAccountUsage>();
        builder.Services.AddSingleton<IUserStore, SqliteUserStore>();
        builder.Services.AddSingleton<ISessionStore, SqliteSessionStore>();
        builder.Services.AddSingleton<IStaffStore, SqliteStaffStore>();
        return builder;
    }

    /// <summary>Full path of the data folder.</summary>
    public static string FolderOf(IServiceProvider services) => Path.Combine(
        services.GetRequiredService<IHostEnvironment>().ContentRootPath,
        services.GetRequiredService<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value.Folder);
}
