using System.Net;
using System.Net.Sockets;

namespace Beian.MiniApi.Probe;

/// <summary>One HTTP exchange with addresses that were looked up and judged before: whatever a name resolves to meanwhile, only these are connected to.</summary>
internal static class PinnedHttp
{
    /// <summary>Who we say we are, always the same.</summary>
    public const string UserAgent = "BeianMiniApi-SiteProbe/1.0";

    /// <summary>Addresses tried at most, and how long each may take to accept a connection.</summary>
    private const int MaxAddresses = 4;
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    /// <summary>The headers of the answer; disposing it ends the connection.</summary>
    /// <exception cref="HttpRequestException">Nobody answered HTTP.</exception>
    public static async Task<PinnedAnswer> GetAsync(Uri address, IReadOnlyList<IPAddress> pinned, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,*/*;q=0.5");
        return await SendAsync(request, pinned, anyCertificate: true, cancellationToken);
    }

    /// <summary>The headers of the answer; disposing it ends the connection.</summary>
    /// <param name="request">What is sent, once.</param>
    /// <param name="pinned">Where it may go.</param>
    /// <param name="anyCertificate">Whether a bad certificate is no obstacle: only where nothing secret is sent and nothing is believed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">Nobody answered HTTP, or the certificate is not to be trusted.</exception>
    public static async Task<PinnedAnswer> SendAsync(HttpRequestMessage request, IReadOnlyList<IPAddress> pinned, bool anyCertificate, CancellationToken cancellationToken)
    {
        var client = new HttpClient(NewHandler(pinned, anyCertificate)) { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            return new PinnedAnswer(client, await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>A handler for one exchange, so that no connection is ever reused for another name. No cookies, credentials, proxy or trace headers.</summary>
    private static SocketsHttpHandler NewHandler(IReadOnlyList<IPAddress> pinned, bool anyCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(pinned, context.DnsEndPoint.Port, cancellationToken),
        };
        if (anyCertificate)
        {
#pragma warning disable CA5359 // On purpose: a probe sends nothing secret and believes nothing, it only asks whether somebody answers.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(IReadOnlyList<IPAddress> pinned, int port, CancellationToken cancellationToken)
    {
        foreach (var address in pinned.Take(MaxAddresses))
        {
            if (await TryConnectAsync(address, port, cancellationToken) is { } stream)
            {
                return stream;
            }
        }

        throw new IOException("no connection");
    }

    /// <summary>The connection, or null when this address takes none.</summary>
    private static async Task<NetworkStream?> TryConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(ConnectPatience);
            await socket.ConnectAsync(address, port, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            socket?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }
}

/// <summary>What came back.</summary>
internal sealed class PinnedAnswer(HttpClient client, HttpResponseMessage response) : IDisposable
{
    public int Status => (int)response.StatusCode;

    public bool IsRedirect => Status is 301 or 302 or 303 or 307 or 308;

    /// <summary>How long it asks to be left alone; null when it does not.</summary>
    public System.Net.Http.Headers.RetryConditionHeaderValue? RetryAfter => response.Headers.RetryAfter;

    /// <summary>Where it leads, as written; null when that cannot be read.</summary>
    public Uri? Location => response.Headers.Location;

    /// <summary>The declared character set, or null.</summary>
    public string? Charset => response.Content.Headers.ContentType?.CharSet;

    /// <summary>The body up to <paramref name="maxBytes"/>; what came before the connection broke or the time was over counts.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[maxBytes];
        var length = 0;
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            int read;
            while (length < maxBytes && (read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The beginning is what is judged.
        }

        return buffer.AsMemory(0, length);
    }

    public void Dispose()
    {
        response.Dispose();
        client.Dispose();
    }
}
