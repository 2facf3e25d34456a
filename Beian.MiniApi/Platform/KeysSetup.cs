using System.Data.Common;
using Beian.MiniApi.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Platform;

/// <summary>Registers the keys of this installation and what works with them.</summary>
public static class KeysSetup
{
    internal static void AddKeys(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KeysOptions>().BindConfiguration(KeysOptions.Section).ValidateOnStart();
        services.AddOptions<KeyRingOptions>().BindConfiguration(KeyRingOptions.Section);
        services.AddSingleton<LocalKeys>();
        services.AddSingleton<BlindIndex>();
        services.AddSingleton<RingSource>();
        services.AddSingleton(s => new KeyRing(s.GetRequiredService<RingSource>().Read()));
        services.AddSingleton(s => new Sealer(s.GetRequiredService<KeyRing>(), (purpose, bytes) => s.GetRequiredService<IDataProtectionProvider>().CreateProtector(purpose).Unprotect(bytes)));
        services.TryAddSingleton<Storage.IProtectionKeys>(s => new ProtectionKeyFiles(LocalKeys.FolderOf(s), s.GetRequiredService<KeyRing>));
        services.AddDataProtection().SetApplicationName("beian-miniapi");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>(
            (keys, s) => keys.XmlRepository = new WrappedXmlRepository(s.GetRequiredService<Storage.IProtectionKeys>(), s.GetRequiredService<KeyRing>));

        // It warns of keys in the clear, not knowing that they are wrapped as whole files.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
    }

    /// <summary>Looks after the keys while the program runs; needs the stores.</summary>
    public static WebApplicationBuilder AddKeyWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KeyWork>();
        builder.Services.AddHostedService(s => s.GetRequiredService<KeyWork>());
        return builder;
    }

    /// <summary>Reads the key ring, and opens the database with it.</summary>
    /// <exception cref="InvalidDataException">The ring cannot be used, or lacks a key that the database needs; or the database cannot be opened.</exception>
    public static void Read(IServiceProvider services)
    {
        services.GetRequiredService<KeyRing>();
        try
        {
            _ = services.GetRequiredService<Storage.IDataKeyStore>().ActiveId;
        }
        catch (DbException e)
        {
            throw new InvalidDataException($"The database {services.GetRequiredService<Storage.IStoreExaminer>().Place} cannot be opened: {e.Message}", e);
        }
    }
}
