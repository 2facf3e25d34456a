using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Registry;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The played WHOIS service: a real TCP listener on a free loopback port, writing what CNNIC writes.</summary>
public sealed class SandboxWhois(SandboxRegistryBook book, SelfWhois self, ILogger<SandboxWhois> logger) : IHostedService, IAsyncDisposable
{
    private const int MaxQuery = 300;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _connections = new(64);
    private Task _accepting = Task.CompletedTask;
    private int _stopped;

    /// <summary>How long a slow domain takes, and how long a query line may take to arrive.</summary>
    public static TimeSpan SlowAfter { get; } = TimeSpan.FromSeconds(10);

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
        _connections.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                await _connections.WaitAsync(_stopping.Token);
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
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            deadline.CancelAfter(SlowAfter * 2);
            await using var stream = client.GetStream();
            var query = await ReadLineAsync(stream, deadline.Token);
            var domain = book.Find(query);
            if (domain?.Behaviour == SandboxBehaviour.Down)
            {
                client.LingerState = new LingerOption(true, 0);
                return;
            }

            if (domain?.Behaviour == SandboxBehaviour.Slow)
            {
                await Task.Delay(SlowAfter, deadline.Token);
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(domain is null ? "No matching record.\r\n" : Record(book.Canonical(query)!, domain)), deadline.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            logger.LogDebug("Sandbox WHOIS connection ended: {Reason}", e.GetType().Name);
        }
        finally
        {
            client.Dispose();
            Release();
        }
    }

    private void Release()
    {
        if (!_stopping.IsCancellationRequested)
        {
            _connections.Release();
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxQuery];
        var length = 0;
        int read;
        while (length < MaxQuery && (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (buffer.AsSpan(0, length).Contains((byte)'\n'))
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(buffer, 0, length).Split('\n')[0].Trim();
    }

    private static string Record(string ascii, SandboxDomain domain)
    {
        var text = new StringBuilder();
        void Line(string name, string? value) => _ = value is null ? text : text.Append(name).Append(": ").Append(value.ReplaceLineEndings(" ")).Append("\r\n");
        Line("Domain Name", ascii);
        Line("ROID", "SANDBOX-" + ascii);
        Line("Domain Status", "ok");
        Line("Registrant", domain.Holder?.Name);
        Line("Registrant Certificate Type", domain.Holder?.CertificateType?.ToString(CultureInfo.InvariantCulture));
        Line("Registrant Certificate Number", domain.Holder?.CertificateNumber);
        Line("Sponsoring Registrar", domain.Registrar);
        Line("Registrar IANA ID", domain.RegistrarIanaId);
        Line("Registration Time", Local(domain.RegisteredAt));
        Line("Expiration Time", Local(domain.ExpiresAt));
        Line("Real Name Status", domain.RealNamedAt is null ? "none" : "verified");
        Line("Real Name Verified Time", Local(domain.RealNamedAt));
        Line("DNSSEC", "unsigned");
        return text.ToString();
    }

    private static string? Local(DateTimeOffset? time) => time?.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
