namespace Beian.MiniApi.Features.Accounts;

/// <summary>Registers what the routes of accounts share.</summary>
public static class AccountsSetup
{
    public static WebApplicationBuilder AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<AccountLinks>();
        builder.Services.AddSingleton<Erasing>();
        builder.Services.AddSingleton<RetentionMetrics>();
        builder.Services.AddSingleton<RetentionWork>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RetentionWork>());
        builder.Services.AddHostedService<AccountSweeper>();
        return builder;
    }
}
