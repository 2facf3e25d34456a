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

    public const string Sqlite = "sqlite";
    public const string Mongo = "mongo";

    /// <summary>Which engine keeps the data: <c>sqlite</c>, a file in the folder, or <c>mongo</c>, which only the cluster stack has; default <c>sqlite</c>.</summary>
    [Required]
    [RegularExpression("sqlite|mongo", ErrorMessage = "Storage:Engine must be 'sqlite' or 'mongo'.")]
    public string Engine { get; set; } = Sqlite;

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
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.Engine != StorageOptions.Mongo || Engines.HasMongo, Engines.NotBuilt("Storage:Engine", StorageOptions.Mongo))
            .ValidateOnStart();
        builder.Services.AddOptions<MongoOptions>().BindConfiguration(MongoOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<MongoOptions>, MongoOptionsDemands>();
        Engines.AddStores(builder);
        builder.Services.AddSingleton<IAuthorityWaits, OwnAuthorityWaits>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new FileUploadPieces(FolderOf(services), services.GetRequiredService<IOptions<StorageOptions>>(), services.GetRequiredService<Sealer>()));
        builder.Services.AddSingleton<IUploadPieces>(services => SharedS3(services) is { } s3 ? new S3UploadPieces(S3Setup.Client(s3), s3, services.GetRequiredService<FileUploadPieces>()) : services.GetRequiredService<FileUploadPieces>());
        builder.Services.AddSingleton<ISharedFiles>(services => SharedS3(services) is { } s3 ? new S3Files(S3Setup.Client(s3), s3) : new FolderFiles(FolderOf(services)));
        builder.Services.AddOptions<S3Options>().BindConfiguration(S3Options.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<S3Options>, S3OptionsDemands>();
        builder.Services.AddSingleton<IMaterialStore>(services => new CopiesWithTheirPictures(Engine(services)));
        builder.Services.AddSingleton<OrphanSweeper>();
        builder.Services.AddHostedService<MaterialSweeper>();
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

    /// <summary>The service where instances share more than materials; null where one instance has its folder for that, or the folder is a shared volume.</summary>
    private static S3Options? SharedS3(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value is { Engine: StorageOptions.Mongo, Materials: StorageOptions.S3 } ? services.GetRequiredService<IOptions<S3Options>>().Value : null;

    /// <summary>Full path of the database file.</summary>
    public static string DatabaseOf(IServiceProvider services) => Path.Combine(FolderOf(services), DatabaseFile);

    /// <summary>Full path of the data folder.</summary>
    public static string FolderOf(IServiceProvider services) => Path.Combine(
        services.GetRequiredService<IHostEnvironment>().ContentRootPath,
        services.GetRequiredService<IOptions<StorageOptions>>().Value.Folder);
}
