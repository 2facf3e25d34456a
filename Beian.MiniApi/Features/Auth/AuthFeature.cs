namespace Beian.MiniApi.Features.Auth;

/// <summary>Registers what the login routes share.</summary>
public static class AuthFeature
{
    public static WebApplicationBuilder AddLogins(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionTokens>();
        builder.Services.AddSingleton<WeChatUsers>();
        builder.Services.AddSingleton<StaffLogins>();
        return builder;
    }
}
