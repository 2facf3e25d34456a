using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Identity;

/// <summary>Registers the identity provider of staff.</summary>
public static class OidcSetup
{
    public static WebApplicationBuilder AddIdentityProvider(this WebApplicationBuilder builder)
    {
        var isUsed = builder.Configuration[$"{StaffOptions.Section}:{nameof(StaffOptions.Login)}"] == StaffOptions.ProviderLogin;
        builder.Services.AddOptions<OidcOptions>()
            .BindConfiguration(OidcOptions.Section)
            .ValidateDataAnnotations()
            .Validate<IHostEnvironment>((o, environment) => !isUsed || Fault(o, environment.IsDevelopment()) is null, "Staff:Oidc needs ClientId, an absolute RedirectUri, and an Authority: an https address, an http address of this machine, or in Development self.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient(OidcWire.ClientName, client =>
            {
                // The pipeline has the time-out; the client's own would only hide which of the two it was.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = OidcWire.MaxBytes;
            })
            .ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<OidcOptions>>().Value.Authority));
        builder.Services.AddSingleton<OidcWire>();
        builder.Services.AddSingleton<OidcDocuments>();
        builder.Services.AddSingleton<IdTokens>();
        builder.Services.AddSingleton<IIdentityProvider, OidcProvider>();
        return builder;
    }

    /// <summary>What is missing or must not be, or null.</summary>
    private static string? Fault(OidcOptions options, bool isDevelopment) => options switch
    {
        { ClientId: null or "" } => nameof(options.ClientId),
        _ when !Uri.TryCreate(options.RedirectUri, UriKind.Absolute, out _) => nameof(options.RedirectUri),
        { Authority: SelfAddress.Self } => isDevelopment ? null : nameof(options.Authority),
        _ when Uri.TryCreate(options.Authority, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback) => null,
        _ => nameof(options.Authority),
    };
}
