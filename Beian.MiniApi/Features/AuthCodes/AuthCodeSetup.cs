namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>Registers what the auth-code routes share.</summary>
internal static class AuthCodeSetup
{
    public static WebApplicationBuilder AddAuthCodes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuthCodeTermsReader>();
        builder.Services.AddSingleton<AuthCodeViewer>();
        return builder;
    }
}
