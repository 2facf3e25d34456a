using System.Net.Sockets;
using Beian.MiniApi.Channels.Mail;
using Beian.MiniApi.Sandbox.Faults;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>The played SMTP server, on the configured port or a free one.</summary>
internal sealed class SandboxSmtp(SandboxMailbox mailbox, SandboxFaults faults, SelfMail self, IOptions<SandboxOptions> options, ILogger<SandboxSmtp> logger)
    : LoopbackServer(options.Value.MailPort, TimeSpan.FromSeconds(90), logger)
{
    protected override void Listens(int port) => self.Port = port;

    protected override async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        await using var stream = client.GetStream();
        await new SandboxSmtpSession(stream, mailbox, faults).RunAsync(cancellationToken);
    }
}
