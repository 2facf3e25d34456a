using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>The inbox at <c>/sandbox/mail</c>; mails come by SMTP.</summary>
internal static class SandboxMailEndpoints
{
    public static void AddSandboxMail(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SandboxMailbox>();
        builder.Services.AddHostedService<SandboxSmtp>();
    }

    public static void MapSandboxMail(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/mail") is not { } mail)
        {
            return;
        }

        mail.AddEndpointFilter(new RefusalFilter());
        mail.MapGet("", (string? key, int? take, SandboxMailbox all) => Answer.Ok(all.Inbox.View(key, take)));
        mail.MapDelete("", (SandboxMailbox all) =>
        {
            all.Inbox.Clear();
            return Answer.Ok(all.Inbox.View());
        });
    }
}
