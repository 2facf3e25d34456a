using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Probe;

/// <summary>Registers the door to sites on the internet.</summary>
public static class ProbeSetup
{
    /// <summary>Needs <c>AddPlatform</c>.</summary>
    public static WebApplicationBuilder AddSiteProbe(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SiteProbeOptions>().BindConfiguration(SiteProbeOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<INameResolver>(s => s.GetRequiredService<IOptions<SiteProbeOptions>>().Value.Resolver == SelfAddress.Self
            ? new SandboxResolver(new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan }, s.GetRequiredService<SelfAddress>())
            : new SystemResolver());
        builder.Services.AddSingleton<ISiteProbe>(s => ActivatorUtilities.CreateInstance<SiteProbe>(s, TimeProvider.System));
        builder.Services.AddSingleton<PublicHttp>();
        return builder;
    }
}
