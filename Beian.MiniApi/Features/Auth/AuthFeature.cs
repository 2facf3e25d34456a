namespace Beian.MiniApi.Features.Auth;

/// <summary>Registers what the login routes share.</summary>
public static class AuthFeature
{
    public static WebApplicationBuilder AddLogins(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SessionTokens>();
        builder.Services.AddSingleton<WeChatUsers>();
        builder.Services.AddSingleton<StaffHashes>();
        builder.Services.AddSingleton<StaffAttempts>();
        builder.Services.AddSingleton<SecondFactors>();
        builder.Services.AddSingleton<StaffLogins>();
        builder.Services.AddSingleton<StaffPasswords>();
        builder.Services.AddSingleton<StaffSessions>();
        builder.Services.AddSingleton<ProviderLogins>();
        return builder;
    }
}
