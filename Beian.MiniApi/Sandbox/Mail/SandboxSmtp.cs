using System.Net;
using System.Net.Sockets;
using Beian.MiniApi.Channels.Mail;
using Beian.MiniApi.Sandbox.Faults;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>The played SMTP server: a real TCP listener on a loopback port, the configured or a free one.</summary>
internal sealed class SandboxSmtp(SandboxMailbox mailbox, SandboxFaults faults, SelfMail self, IOptions<SandboxOptions> options, ILogger<SandboxSmtp> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>Longest life of a connection; longer than the slowest fault.</summary>
    private static readonly TimeSpan MaxLife = TimeSpan.FromSeconds(90);

    private readonly TcpListener _listener = new(IPAddress.Loopback, options.Value.MailPort);
    private readonly CancellationTokenSource _stopping = new();
    private Task _accepting = Task.CompletedTask;
    private int _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        self.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host that is disposed without having been stopped asks twice, the second time after disposal.
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var connection = client;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            deadline.CancelAfter(MaxLife);
            await using var stream = client.GetStream();
            await new SandboxSmtpSession(stream, mailbox, faults).RunAsync(deadline.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            logger.LogDebug("Sandbox SMTP connection ended: {Reason}", e.GetType().Name);
        }
    }
}
