using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>
/// A server of raw bytes on a loopback port: records every request exactly as it came over the wire and answers what the test wrote down.
/// </summary>
internal sealed class WireRecorder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<byte[]> _requests = new();
    private readonly Func<int, string, Task<byte[]?>> _answer;
    private readonly Task _accepting;

    /// <param name="answer">From the number of the request, counting from 0, to the raw answer; null hangs up without one.</param>
    public WireRecorder(Func<int, Task<string?>> answer)
        : this(async (n, _) => await answer(n) is { } text ? Encoding.UTF8.GetBytes(text) : null)
    {
    }

    /// <param name="answer">From the number and the text of the request to the raw answer; null hangs up without one.</param>
    public WireRecorder(Func<int, string, Task<byte[]?>> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public WireRecorder(params string?[] answers)
        : this(n => Task.FromResult(answers[Math.Min(n, answers.Length - 1)]))
    {
    }

    public string Address => "http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The requests so far, head and body, as UTF-8 text.</summary>
    public IReadOnlyList<string> Requests => [.. _requests.Select(Encoding.UTF8.GetString)];

    /// <summary>The requests so far, byte for byte.</summary>
    public IReadOnlyList<byte[]> Bytes => [.. _requests];

    /// <summary>Gives out a token that works for two hours, and answers everything else with the same.</summary>
    public static WireRecorder Scripted(string answer, string contentType = "application/json; encoding=utf-8", string status = "200 OK") => Scripted(Encoding.UTF8.GetBytes(Http(answer, contentType, status)));

    /// <summary>Gives out a token that works for two hours, and answers everything else with the same raw bytes.</summary>
    public static WireRecorder Scripted(byte[]? answer) =>
        new((n, request) => Task.FromResult(IsTokenCall(request) ? Encoding.UTF8.GetBytes(Http($$"""{"access_token":"TOKEN-{{n}}","expires_in":7200}""")) : answer));

    /// <summary>Whether a request asks for a token.</summary>
    public static bool IsTokenCall(string request) => request.StartsWith("POST /cgi-bin/stable_token ", StringComparison.Ordinal);

    /// <summary>A raw answer with a body of the given type.</summary>
    public static string Http(string body, string contentType = "application/json; encoding=utf-8", string status = "200 OK") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream) is not { } request)
                {
                    return;
                }

                int number;
                lock (_requests)
                {
                    number = _requests.Count;
                    _requests.Enqueue(request);
                }

                if (await _answer(number, Encoding.UTF8.GetString(request)).WaitAsync(_stop.Token) is { } answer)
                {
                    await stream.WriteAsync(answer, _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client gave up or the test is over: what was recorded stays.
            }
        }
    }

    /// <summary>Head and as much body as Content-Length says; null when nothing came.</summary>
    private async Task<byte[]?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var chunk = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(chunk, _stop.Token);
            if (read == 0)
            {
                return bytes.Count == 0 ? null : [.. bytes];
            }

            bytes.AddRange(chunk.AsSpan(0, read));
            var head = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && bytes.Count >= head + 4 + BodyLength(Encoding.UTF8.GetString([.. bytes[..head]])))
            {
                return [.. bytes];
            }
        }
    }

    private static int BodyLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture);
    }
}
