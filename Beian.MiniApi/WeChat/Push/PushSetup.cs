namespace Beian.MiniApi.WeChat.Push;

/// <summary>Registers what checks and reads a push.</summary>
public static class PushSetup
{
    public static WebApplicationBuilder AddWeChatPush(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WeChatPushOptions>().BindConfiguration(WeChatPushOptions.Section).ValidateDataAnnotations()
            .Validate(o => !o.IsOn || !o.IsEncrypted || o.Keys().Count > 0 && !string.IsNullOrEmpty(o.EncodingAesKey), "WeChat:Push:EncodingAesKey is needed unless WeChat:Push:Mode is plain.")
            .Validate(o => o.IsOn || string.IsNullOrEmpty(o.EncodingAesKey) && string.IsNullOrEmpty(o.PreviousToken), "WeChat:Push:Token is needed for the other settings of WeChat:Push to mean anything.")
            .Validate<IHostEnvironment>(
                (o, environment) => o.IsEncrypted || o.AllowPlain || environment.IsDevelopment(),
                "WeChat:Push:Mode plain lets whoever sees one push forge others; set WeChat:Push:AllowPlain to accept that outside Development.")
            .ValidateOnStart();
        builder.Services.AddSingleton<PushVerifier>();
        builder.Services.AddSingleton<PushMetrics>();
        return builder;
    }
}
