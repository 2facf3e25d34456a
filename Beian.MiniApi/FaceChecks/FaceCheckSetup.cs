using Beian.MiniApi.FaceChecks.Tencent;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.FaceChecks;

/// <summary>Registers the provider that the settings choose.</summary>
public static class FaceCheckSetup
{
    /// <summary>Answers of Tencent Cloud with a picture in base64 stay below this; the others are small.</summary>
    private const int MaxPictureAnswerBytes = 8 * 1024 * 1024;

    private const int MaxAnswerBytes = 64 * 1024;

    public static WebApplicationBuilder AddFaceChecks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<FaceCheckOptions>().BindConfiguration(FaceCheckOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.Chosen != FaceCheckProviderKind.Sandbox || o.BaseUrl != FaceCheckOptions.None, "FaceCheck:Provider 'sandbox' needs the address FaceCheck:BaseUrl.")
            .ValidateOnStart();
        services.AddOptions<TencentFaceOptions>().BindConfiguration(TencentFaceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<TencentFaceOptions>, TencentFaceOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => FaceCheckAnswers.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "face-checks.json")));
        services.AddHttpClient(SandboxFaceCheckProvider.ClientName, client => Limit(client, MaxAnswerBytes))
            .ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<FaceCheckOptions>>().Value.BaseUrl));
        services.AddHttpClient(TencentCaller.ClientName, client => Limit(client, MaxPictureAnswerBytes)).RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<TencentFaceOptions>>().Value.Endpoint));
        services.AddSingleton<TencentCaller>();
        services.AddSingleton<TencentTexts>();
        services.AddSingleton(Choose);
        return builder;
    }

    /// <summary>Reads what answers mean.</summary>
    /// <exception cref="InvalidDataException">It cannot be used, or lacks a meaning that WeChat's table names; the message names file and row.</exception>
    public static void Read(IServiceProvider services)
    {
        var answers = services.GetRequiredService<FaceCheckAnswers>();
        var missing = services.GetRequiredService<WeChatErrcodes>().Faces.Values.Select(f => f.Told.Code).FirstOrDefault(told => !answers.Knows(told));
        if (missing is not null)
        {
            throw new InvalidDataException($"face-checks.json has no outcome for '{missing}', which wechat-errors.json names.");
        }
    }

    private static IFaceCheckProvider Choose(IServiceProvider services) => services.GetRequiredService<IOptions<FaceCheckOptions>>().Value.Chosen switch
    {
        FaceCheckProviderKind.Sandbox => ActivatorUtilities.CreateInstance<SandboxFaceCheckProvider>(services),
        FaceCheckProviderKind.TencentEid => ActivatorUtilities.CreateInstance<EidFaceCheckProvider>(services),
        FaceCheckProviderKind.TencentFaceId => ActivatorUtilities.CreateInstance<FaceIdFaceCheckProvider>(services),
        FaceCheckProviderKind.WeChat => ActivatorUtilities.CreateInstance<WeChatFaceCheckProvider>(services),
        _ => new NoFaceCheckProvider(),
    };

    private static void Limit(HttpClient client, int maxAnswerBytes)
    {
        // The pipeline of the provider has the time-out; the client's own would only hide which of the two it was.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = maxAnswerBytes;
    }
}

/// <summary>Tencent Cloud's settings are needed when it was chosen, and only then.</summary>
internal sealed class TencentFaceOptionsCheck(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<TencentFaceOptions>
{
    public ValidateOptionsResult Validate(string? name, TencentFaceOptions account)
    {
        // Not the validated options: what is wrong with those is said once, by themselves.
        var chosen = configuration.GetSection(FaceCheckOptions.Section).Get<FaceCheckOptions>() ?? new FaceCheckOptions();
        if (!chosen.IsTencent)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> wrong = [.. new (string Name, string? Value, bool Needed)[]
            {
                ("SecretId", account.SecretId, true),
                ("SecretKey", account.SecretKey, true),
                ("MerchantId", account.MerchantId, chosen.Chosen == FaceCheckProviderKind.TencentEid),
                ("RuleId", account.RuleId, chosen.Chosen == FaceCheckProviderKind.TencentFaceId),
            }
            .Where(s => s.Needed && string.IsNullOrWhiteSpace(s.Value)).Select(s => $"FaceCheck:Tencent:{s.Name} is needed for the chosen FaceCheck:Provider."),];
        if (account.IsSelf && !environment.IsDevelopment())
        {
            wrong.Add("FaceCheck:Tencent:Endpoint 'self' is the sandbox, which only Development has.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
