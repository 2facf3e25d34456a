using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Where lists that change faster than the program come from.</summary>
public sealed class ReferenceDataOptions
{
    public const string Section = "ReferenceData";

    /// <summary>
    /// Folder whose JSON files replace the built-in ones of the same name, such as <c>approved-registrars.json</c>; relative to the content root.
    /// Default none.
    /// </summary>
    public string? OverlayFolder { get; set; }

    /// <summary>Seconds between looks for changed rules in the overlay folder, 0 to 3600; default 5, 0 reads them at start only.</summary>
    [Range(0, 3600)]
    public int ReloadSeconds { get; set; } = 5;
}

/// <summary>Registers the <see cref="ReferenceBook"/>.</summary>
public static class ReferenceDataSetup
{
    public static WebApplicationBuilder AddReferenceData(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReferenceDataOptions>()
            .BindConfiguration(ReferenceDataOptions.Section)
            .Validate(o => o.OverlayFolder is null || Directory.Exists(Path.Combine(builder.Environment.ContentRootPath, o.OverlayFolder)), "ReferenceData:OverlayFolder does not exist.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new OverlayFolder(Overlay(services)));
        builder.Services.AddSingleton(services => new ReferenceDataLoader(Folder, services.GetRequiredService<OverlayFolder>().Path));
        builder.Services.AddSingleton(services => services.GetRequiredService<ReferenceDataLoader>().Load());
        builder.Services.AddSingleton<LiveRules>();
        builder.Services.AddSingleton<IRuleSource>(services => services.GetRequiredService<LiveRules>());
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveRules>());
        builder.Services.AddSingleton(services => ReferenceSets.Load(
            Folder, services.GetRequiredService<OverlayFolder>().Path, services.GetRequiredService<LiveRules>(), services.GetRequiredService<BusinessClock>()));
        builder.Services.AddSingleton(services => ResourceTypesFile.Load(Folder, services.GetRequiredService<OverlayFolder>().Path));
        builder.Services.AddSingleton(services => LettersFile.Load(Folder, services.GetRequiredService<OverlayFolder>().Path, services.GetRequiredService<ReferenceBook>()));
        builder.Services.AddSingleton(services => CommonPasswordFile.Load(Folder, services.GetRequiredService<OverlayFolder>().Path));
        builder.Services.AddHostedService<MakeAtStart>();
        return builder;
    }

    /// <summary>Reads everything but what needs the store.</summary>
    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both and says why.</exception>
    public static void Read(IServiceProvider services)
    {
        services.GetRequiredService<TextCatalogue>();
        services.GetRequiredService<ReferenceBook>();
        services.GetRequiredService<LiveRules>();
        services.GetRequiredService<ResourceTypes>();
        services.GetRequiredService<LetterTemplates>();
        services.GetRequiredService<CommonPasswords>();
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "ReferenceData");

    private static string? Overlay(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ReferenceDataOptions>>().Value.OverlayFolder is { } folder
            ? Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, folder)
            : null;

    /// <summary>Makes the documents once, so that the first caller does not wait for them.</summary>
    private sealed class MakeAtStart : IHostedService
    {
#pragma warning disable IDE0060 // Taking them is the point: constructing them makes the documents.
        public MakeAtStart(ReferenceSets sets)
#pragma warning restore IDE0060
        {
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
