using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>Tests that measure the whole process and therefore run while no other does.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
#pragma warning disable CA1711 // xunit's own word for it.
public sealed class AloneCollection;
#pragma warning restore CA1711

/// <summary>What only shows on the wire: lengths that lie, connections that break, and memory.</summary>
[Collection(nameof(AloneCollection))]
public sealed class RawUploadTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;
    private const string Start = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\npromiseVideoJiangsu\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"v.mp4\"\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private UploadHost _host = null!;

    public async Task InitializeAsync() => _host = await UploadHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Upload_SenderEndsHalfWay_LeavesNothing()
    {
        using (var socket = await ConnectAsync())
        {
            await socket.SendAsync(Head(50_000_000, "/upload"));
            await socket.SendAsync((byte[])[.. UploadHost.Text(Start), .. Samples.TinyMp4(sizeBytes: MiB)]);
            await Wait.UntilAsync(() => Task.FromResult(_host.FilesLeft.Count == 1), Patience);

            // The server takes the end of the sender for the end of the connection: there is nobody to answer.
            socket.Shutdown(SocketShutdown.Send);
            await Wait.UntilAsync(() => Task.FromResult(_host.FilesLeft.Count == 0), Patience);
        }

        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Upload_LengthShorterThanTheForm_IsRefused()
    {
        byte[] sent = [.. UploadHost.Text(Start), .. Samples.TinyMp4(), .. UploadHost.Text("\r\n--b--\r\n")];

        var answer = await SendAsync(sent.Length - 30, sent);

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("request.multipartBroken", answer, StringComparison.Ordinal);
        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Upload_DeclaredOverTheLimit_IsRefusedBeforeAnythingIsRead()
    {
        var answer = await SendAsync(300L * MiB, []);

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("material.tooLarge", answer, StringComparison.Ordinal);
        Assert.Contains("100 MiB", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ConnectionDropped_LeavesNothing()
    {
        using (var socket = await ConnectAsync())
        {
            await socket.SendAsync(Head(50_000_000, "/upload"));
            await socket.SendAsync((byte[])[.. UploadHost.Text(Start), .. Samples.TinyMp4(sizeBytes: MiB)]);
            await Wait.UntilAsync(() => Task.FromResult(_host.FilesLeft.Count == 1), Patience);
            socket.LingerState = new LingerOption(true, 0);
        }

        await Wait.UntilAsync(() => Task.FromResult(_host.FilesLeft.Count == 0), Patience);
        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Upload_OfFiftyMiB_NeedsLittleMemory()
    {
        using var warm = await PostVideoAsync(MiB);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var answer = await PostVideoAsync(50 * MiB);

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(allocated < 8 * MiB, $"{allocated / 1024} KiB were allocated, client and server together.");
        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Upload_WithoutLengthOver100MiB_IsRefused()
    {
        using var answer = await PostVideoAsync(103 * MiB, chunked: true);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("material.tooLarge", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Post_LargeBodyElsewhere_IsNotRead()
    {
        var answer = await SendAsync(2 * MiB, [], "/raw");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("request.tooLarge", answer, StringComparison.Ordinal);
        Assert.Contains("1048576", answer, StringComparison.Ordinal);
    }

    private static byte[] Head(long length, string path) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n\r\n"));

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_host.Address.Host, _host.Address.Port);
        return socket;
    }

    private async Task<string> SendAsync(long declared, byte[] sent, string path = "/upload")
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync((byte[])[.. Head(declared, path), .. sent]);
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        int read;
        while (!answer.ToString().EndsWith('}') && (read = await socket.ReceiveAsync(buffer)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private async Task<HttpResponseMessage> PostVideoAsync(int bytes, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = new Video(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        return await _host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A form with a film of zeros, made while it is sent.</summary>
    private sealed class Video(int bytes) : HttpContent
    {
        private static readonly byte[] Zeros = new byte[64 * 1024];

        private readonly byte[] _start = [.. UploadHost.Text(Start), .. Samples.TinyMp4(movieLast: false)];
        private readonly byte[] _end = UploadHost.Text("\r\n--b--\r\n");

        private byte[] BoxHead => [(byte)((bytes + 8) >> 24), (byte)((bytes + 8) >> 16), (byte)((bytes + 8) >> 8), (byte)(bytes + 8), .. "mdat"u8];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_start);
            await stream.WriteAsync(BoxHead);
            for (var left = bytes; left > 0; left -= Zeros.Length)
            {
                await stream.WriteAsync(Zeros.AsMemory(0, Math.Min(left, Zeros.Length)));
            }

            await stream.WriteAsync(_end);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _start.Length + 8 + bytes + _end.Length;
            return true;
        }
    }
}
