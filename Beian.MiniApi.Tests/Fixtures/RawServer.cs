using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
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
    /// <param name="certificate">With it, over TLS.</param>
    public static RawServer Start(Func<Stream, string, CancellationToken, Task> answer, IPAddress? address = null, int port = 0, X509Certificate2? certificate = null)
    {
        var server = new RawServer(address ?? IPAddress.Loopback, port);
        return server.Serve((stream, stop) => server.AnswerAsync(stream, answer, stop), certificate);
    }

    /// <summary>A server that speaks first.</summary>
    /// <param name="talk">Gets the connection and a token that ends with the server.</param>
    public static RawServer Talk(Func<Stream, CancellationToken, Task> talk) => new RawServer(IPAddress.Loopback, 0).Serve(talk, null);

    /// <summary>An HTTP answer with a body.</summary>
    public static string Http(string status, string body = "", string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}";

    /// <summary>The server's side of TLS over a connection.</summary>
    public static async Task<Stream> SecureAsync(Stream plain, X509Certificate2 certificate, CancellationToken stop)
    {
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
        return tls;
    }

    public static async Task WriteAsync(Stream stream, string text, CancellationToken stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private RawServer Serve(Func<Stream, CancellationToken, Task> talk, X509Certificate2? certificate)
    {
        _listener.Start();
        _accepting = AcceptAsync(talk, certificate);
        return this;
    }

    private async Task AcceptAsync(Func<Stream, CancellationToken, Task> talk, X509Certificate2? certificate)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                serving.Add(ServeAsync(client, talk, certificate));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<Stream, CancellationToken, Task> talk, X509Certificate2? certificate)
    {
        try
        {
            using var connection = client;
            await using var stream = certificate is null ? client.GetStream() : await SecureAsync(client.GetStream(), certificate, _stopping.Token);
            await talk(stream, _stopping.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or AuthenticationException)
        {
            // The other side hung up, as it may, or the test is over.
        }
    }

    private async Task AnswerAsync(Stream stream, Func<Stream, string, CancellationToken, Task> answer, CancellationToken stop)
    {
        var buffer = new byte[8192];
        var read = await stream.ReadAsync(buffer, stop);
        var request = Encoding.UTF8.GetString(buffer, 0, read);
        _requests.Enqueue(request);
        await answer(stream, request, stop);
    }
}
