using Beian.MiniApi.Channels.Mail;
using Beian.MiniApi.Channels.Sms;
using Beian.MiniApi.Channels.Webhooks;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels;

/// <summary>Registers the ways to people outside, one <see cref="IChannel"/> for each kind; those that are not set up are off.</summary>
public static class ChannelsSetup
{
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Needs <c>AddPlatform</c>, <c>AddStorage</c> and <c>AddSiteProbe</c>.</summary>
    public static WebApplicationBuilder AddChannels(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        AddSms(builder.Services);
        AddMail(builder.Services);
        AddWebhooks(builder.Services);
        return builder;
    }

    private static void AddSms(IServiceCollection services)
    {
        services.AddOptions<SmsOptions>().BindConfiguration(SmsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TencentSmsOptions>().BindConfiguration(TencentSmsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HttpSmsOptions>().BindConfiguration(HttpSmsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmsOptions>, SmsOptionsCheck>();
        services.AddSingleton<SmsPipeline>();
        services.AddHttpClient(TencentSms.ClientName, Limit).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<TencentSmsOptions>>().Value.Endpoint));
        services.AddHttpClient(HttpSms.ClientName, Limit).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(s => OutsideHandler.For(s.GetRequiredService<IOptions<HttpSmsOptions>>().Value.Url));
        services.AddSingleton<IChannel>(s => s.GetRequiredService<IOptions<SmsOptions>>().Value.Provider switch
        {
            "tencent" => ActivatorUtilities.CreateInstance<TencentSms>(s),
            "http" => ActivatorUtilities.CreateInstance<HttpSms>(s),
            _ => new OffChannel(ChannelKind.Sms),
        });
    }

    private static void AddMail(IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsCheck>();
        services.AddSingleton<SelfMail>();
        services.AddSingleton<IMailer, SmtpMailer>();
        services.AddSingleton<IChannel, MailChannel>();
    }

    private static void AddWebhooks(IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.Ports.All(p => p is > 0 and <= 65535), "Webhooks:Ports must be ports.").ValidateOnStart();
        services.AddSingleton<WebhookAddresses>();
        services.AddSingleton<IWebhookAddresses>(s => s.GetRequiredService<WebhookAddresses>());
        services.AddSingleton<IChannel>(s => ActivatorUtilities.CreateInstance<WebhookChannel>(s));
    }

    private static void Limit(HttpClient client)
    {
        // The pipeline has the time-out; the client's own would only hide which of the two it was.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
    }
}
