using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.Checks;

/// <summary>Registers the checks that several features share.</summary>
public static class ChecksSetup
{
    public static WebApplicationBuilder AddResourceChecks(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<CodeAttempts>();
        builder.Services.AddSingleton<ResourceChecks>();
        builder.Services.AddSingleton<ReachabilityChecks>();
        return builder;
    }
}
