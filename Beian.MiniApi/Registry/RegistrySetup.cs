using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Registry;

/// <summary>Registers the door to the registries.</summary>
public static class RegistrySetup
{
    /// <summary>Needs <c>AddPlatform</c> and <c>AddReferenceData</c>.</summary>
    public static WebApplicationBuilder AddRegistry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RegistryOptions>()
            .Configure(o =>
            {
                if (builder.Environment.IsDevelopment())
                {
                    o.Rdap = o.Whois = SelfAddress.Self;
                }
            })
            .BindConfiguration(RegistryOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<SelfWhois>();
        builder.Services.AddSingleton(s => new RegistryCache(s.GetRequiredService<Microsoft.Extensions.Options.IOptions<RegistryOptions>>(), TimeProvider.System));
        builder.Services.AddSingleton(_ => new RdapClient(NewHttpClient(), TimeProvider.System));
        builder.Services.AddSingleton(_ => new WhoisClient(TimeProvider.System));
        builder.Services.AddSingleton<IRegistry>(s => ActivatorUtilities.CreateInstance<RegistryClient>(s, TimeProvider.System));
        return builder;
    }

    /// <summary>Redirects are followed by the client itself, no cookies, and the look-up's own deadline instead of the client's.</summary>
    private static HttpClient NewHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = System.Net.DecompressionMethods.All,
    })
    { Timeout = Timeout.InfiniteTimeSpan };
}
