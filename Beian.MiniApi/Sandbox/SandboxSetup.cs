using Beian.MiniApi.Sandbox.Clock;
using Beian.MiniApi.Sandbox.Face;
using Beian.MiniApi.Sandbox.Faults;
using Beian.MiniApi.Sandbox.Guide;
using Beian.MiniApi.Sandbox.Mail;
using Beian.MiniApi.Sandbox.Oidc;
using Beian.MiniApi.Sandbox.Registry;
using Beian.MiniApi.Sandbox.Sms;
using Beian.MiniApi.Sandbox.Tencent;
using Beian.MiniApi.Sandbox.Webhooks;
using Beian.MiniApi.Sandbox.WeChat;

namespace Beian.MiniApi.Sandbox;

/// <summary>Registers the played outside world; nothing of it exists unless <c>Sandbox:Enabled</c>, which only Development may set.</summary>
public static class SandboxSetup
{
    public static WebApplicationBuilder AddSandbox(this WebApplicationBuilder builder)
    {
        if (!IsOn(builder.Configuration))
        {
            return builder;
        }

        builder.AddSandboxFaults();
        builder.AddSandboxWeChat();
        builder.AddSandboxRegistry(services => services.GetRequiredService<Platform.BusinessClock>());
        builder.AddFaceSandbox();
        builder.AddSandboxOidc();
        builder.AddTencentSandbox();
        builder.AddSandboxSms();
        builder.AddSandboxMail();
        builder.AddSandboxWebhooks();
        builder.AddDemoInventory();
        return builder;
    }

    public static void MapSandbox(this WebApplication app)
    {
        if (!IsOn(app.Configuration))
        {
            return;
        }

        app.MapSandboxFaults();
        app.MapSandboxWeChat();
        app.UseSandboxSites();
        app.MapSandboxRegistry();
        app.MapSandboxDns();
        app.MapFaceSandbox();
        app.MapSandboxOidc();
        app.MapTencentSandbox();
        app.MapSandboxSms();
        app.MapSandboxMail();
        app.MapSandboxWebhooks();
        app.MapSandboxClock();
        app.MapSandboxGuide();
    }

    /// <summary>Whether the sandbox is on.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration.GetSection(SandboxOptions.Section).Get<SandboxOptions>() is { Enabled: true };
}
