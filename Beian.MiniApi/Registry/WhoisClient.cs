using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Registry;

/// <summary>WHOIS over TCP (RFC 3912): one line out, text back until the server closes.</summary>
public sealed class WhoisClient(TimeProvider time)
{
    /// <summary>Largest answer read, 64 KiB; real ones have some 2 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The port of RFC 3912.</summary>
    public const int DefaultPort = 43;

    /// <exception cref="SocketException">No connection.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="InvalidDataException">An answer that cannot be read.</exception>
    public async Task<RegistryFacts> LookUpAsync(string host, int port, string asciiDomain, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(asciiDomain + "\r\n"), cancellationToken);
        var body = await Bounded.ReadAsync(stream, MaxBytes, cancellationToken);
        return WhoisAnswer.Read(body.Span, asciiDomain, time.GetUtcNow()) ?? throw new InvalidDataException("no record that can be read");
    }
}
