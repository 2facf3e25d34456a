namespace Beian.MiniApi.Features.Accounts;

/// <summary>Registers what the routes of accounts share.</summary>
public static class AccountsSetup
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AccountLinks>();
        builder.Services.AddHostedService<AccountSweeper>();
        return builder;
    }
}
