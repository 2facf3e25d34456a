using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A TCP server on a free port that answers each connection with whatever a test writes, and remembers what it was asked.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private int _connections;
    private Task _accepting = Task.CompletedTask;

    private RawServer(IPAddress address, int port) => _listener = new TcpListener(address, port);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What was asked, headers and all.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static RawServer Start(string answer, IPAddress? address = null) => Start((stream, _, stop) => WriteAsync(stream, answer, stop), address);

    /// <param name="answer">Gets the connection, the request and a token that ends with the server.</param>
    /// <param name="address">Where it listens; 127.0.0.1 by default.</param>
    /// <param name="port">0 for a free one.</param>
    /// <param name="secure">With a certificate that nobody trusts.</param>
    public static RawServer Start(Func<Stream, string, CancellationToken, Task> answer, IPAddress? address = null, int port = 0, bool secure = false)
    {
        var server = new RawServer(address ?? IPAddress.Loopback, port);
        server._listener.Start();
        server._accepting = server.AcceptAsync(answer, secure ? Untrusted() : null);
        return server;
    }

    /// <summary>An HTTP answer with a body.</summary>
    public static string Http(string status, string body = "", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    public static async Task WriteAsync(Stream stream, string text, CancellationToken stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private static X509Certificate2 Untrusted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=somebody-else.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
    }

    private async Task AcceptAsync(Func<Stream, string, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client, answer, certificate));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Stream, string, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        try
        {
            using var connection = client;
            await using Stream stream = certificate is null ? client.GetStream() : new SslStream(client.GetStream());
            if (stream is SslStream tls)
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _stopping.Token);
            }

            var buffer = new byte[8192];
            var read = await stream.ReadAsync(buffer, _stopping.Token);
            var request = Encoding.UTF8.GetString(buffer, 0, read);
            _requests.Enqueue(request);
            await answer(stream, request, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The other side hung up, as it may, or the test is over.
        }
    }
}
