using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Registry;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The played WHOIS service on a free port, writing what CNNIC writes.</summary>
public sealed class SandboxWhois(SandboxRegistryBook book, SelfWhois self, ILogger<SandboxWhois> logger) : LoopbackServer(0, SlowAfter * 2, logger)
{
    private const int MaxQuery = 300;

    /// <summary>How long a slow domain takes, and how long a query line may take to arrive.</summary>
    public static TimeSpan SlowAfter { get; } = TimeSpan.FromSeconds(10);

    protected override void Listens(int port) => self.Port = port;

    protected override async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        await using var stream = client.GetStream();
        var query = await ReadLineAsync(stream, cancellationToken);
        var domain = book.Find(query);
        if (domain?.Behaviour == SandboxBehaviour.Down)
        {
            client.LingerState = new LingerOption(true, 0);
            return;
        }

        if (domain?.Behaviour == SandboxBehaviour.Slow)
        {
            await Task.Delay(SlowAfter, cancellationToken);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(domain is null ? "No matching record.\r\n" : Record(book.Canonical(query)!, domain)), cancellationToken);
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
