using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Scanning;

/// <summary>clamd over its socket, by the INSTREAM command (clamd(8)): pieces with their length in front, one of length nothing at the end, one line back.</summary>
public sealed partial class ClamAvScanner(IOptions<ScanOptions> options, ILogger<ClamAvScanner> log) : IMalwareScanner
{
    private const int PieceBytes = 64 * 1024;
    private const int MaxAnswerBytes = 1024;

    private readonly ScanOptions _options = options.Value;

    public bool IsConfigured => _options.ClamAv.Length > 0;

    public async Task<ScanVerdict> ScanAsync(Stream content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        try
        {
            using var socket = await ConnectAsync(limit.Token);
            await SendAsync(socket, content, limit.Token);
            return Read(await AnswerAsync(socket, limit.Token));
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            NotScanned(log, e is SocketException socket ? socket.SocketErrorCode.ToString() : "it took too long");
            return ScanVerdict.Unknown;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var isPath = _options.ClamAv.StartsWith('/');
        var socket = isPath ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (isPath)
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(_options.ClamAv), cancellationToken);
            }
            else
            {
                var colon = _options.ClamAv.LastIndexOf(':');
                await socket.ConnectAsync(_options.ClamAv[..colon], int.Parse(_options.ClamAv.AsSpan(colon + 1), CultureInfo.InvariantCulture), cancellationToken);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(Socket socket, Stream content, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            await SendAllAsync(socket, "zINSTREAM\0"u8.ToArray(), cancellationToken);
            int read;
            do
            {
                read = await content.ReadAtLeastAsync(piece.AsMemory(4, PieceBytes - 4), PieceBytes - 4, throwOnEndOfStream: false, cancellationToken);
                BinaryPrimitives.WriteInt32BigEndian(piece, read);
                await SendAllAsync(socket, piece.AsMemory(0, read + 4), cancellationToken);
            }
            while (read > 0);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // It has said what it had to say before the end, such as that the file is too long.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
        }
    }

    private static async Task<string> AnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxAnswerBytes];
        var length = 0;
        int read;
        while (length < answer.Length && (read = await socket.ReceiveAsync(answer.AsMemory(length), SocketFlags.None, cancellationToken)) > 0)
        {
            length += read;
            if (answer.AsSpan(0, length).IndexOf((byte)0) is >= 0 and var end)
            {
                return Encoding.UTF8.GetString(answer, 0, end);
            }
        }

        return Encoding.UTF8.GetString(answer, 0, length);
    }

    private ScanVerdict Read(string answer)
    {
        if (answer == "stream: OK")
        {
            return ScanVerdict.Clean;
        }

        if (answer.StartsWith("stream: ", StringComparison.Ordinal) && answer.EndsWith(" FOUND", StringComparison.Ordinal))
        {
            return ScanVerdict.Infected;
        }

        NotScanned(log, "it did not say");
        return ScanVerdict.Unknown;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file was not scanned for malware: {Reason}")]
    private static partial void NotScanned(ILogger log, string reason);
}

/// <summary>Registers the scanner.</summary>
public static class ScanSetup
{
    public static WebApplicationBuilder AddScanning(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ScanOptions>().BindConfiguration(ScanOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IMalwareScanner, ClamAvScanner>();
        return builder;
    }
}
