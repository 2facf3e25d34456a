using System.Text;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Audit;

/// <summary>Registers the audit trail, and says on whose behalf a request works.</summary>
public static class AuditSetup
{
    public static WebApplicationBuilder AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(Secret);
        builder.Services.AddSingleton<AuditHeads>();
        builder.Services.AddSingleton<OwnViews>();
        builder.Services.AddSingleton<ViewFilter>();
        builder.Services.AddSingleton<AuditKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditKeeper>());
        return builder;
    }

    /// <summary>Once the caller is known: everything the request does is done by them.</summary>
    internal static Task Enter(HttpContext http, RequestDelegate next)
    {
        var user = http.Features.Get<CurrentUser>();
        AuditScope.Enter(
            user?.UserId ?? "-",
            user is null ? "anonymous" : AccessTokens.NameOf(user.Role),
            http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? string.Empty,
            http.RequestServices.GetRequiredService<AuditSecret>().Source(http.Connection.RemoteIpAddress));
        return next(http);
    }

    /// <summary>The configured key, or one that follows from the key of the blind indexes: that one stays as long as the data, as this one must.</summary>
    private static AuditSecret Secret(IServiceProvider services) => services.GetRequiredService<IOptions<KeysOptions>>().Value.Audit is { Length: > 0 } configured
        ? new AuditSecret(LocalKeys.Parse(configured) ?? throw new InvalidDataException("Keys:Audit must be base64 of at least 32 bytes."))
        : new AuditSecret(Encoding.ASCII.GetBytes(services.GetRequiredService<BlindIndex>().Of("audit trail", "1")));
}
