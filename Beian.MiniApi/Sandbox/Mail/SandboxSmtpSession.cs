using System.Text;
using Beian.MiniApi.Sandbox.Faults;

namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>
/// One SMTP connection. The address decides: <c>nobody…@</c> gets 550, <c>full…@</c> 452, every other its mail. A fault of the endpoint <c>mail</c> is met once a
/// mail is complete.
/// </summary>
internal sealed class SandboxSmtpSession(Stream stream, SandboxMailbox mailbox, SandboxFaults faults)
{
    private const string Endpoint = "mail";
    private const int MaxMailBytes = 1024 * 1024;
    private const int MaxLineBytes = 4 * 1024;
    private const int MaxRecipients = 100;

    private readonly byte[] _buffer = new byte[8 * 1024];
    private readonly List<string> _to = [];
    private string? _from;
    private int _start;
    private int _end;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SayAsync("220 sandbox ESMTP", cancellationToken);
        while (await LineAsync(MaxLineBytes, cancellationToken) is { } bytes)
        {
            var line = Encoding.UTF8.GetString(bytes);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "DATA" && _to.Count > 0)
            {
                if (!await TakeAsync(cancellationToken))
                {
                    return;
                }

                continue;
            }

            await SayAsync(Answer(verb, line), cancellationToken);
            if (verb == "QUIT")
            {
                return;
            }
        }
    }

    private string Answer(string verb, string line) => verb switch
    {
        "EHLO" => "250-sandbox\r\n250-8BITMIME\r\n250 SIZE 1048576",
        "HELO" or "NOOP" => "250 ok",
        "RSET" => Reset("250 ok"),
        "MAIL" => From(line),
        "RCPT" => To(line),
        "DATA" => "503 5.5.1 nobody to send to",
        "QUIT" => "221 bye",
        _ => "502 5.5.2 not played",
    };

    private string From(string line)
    {
        Reset(string.Empty);
        _from = AddressOf(line);
        return _from is null ? "501 5.1.7 bad sender" : "250 ok";
    }

    private string To(string line)
    {
        var address = AddressOf(line);
        switch (address)
        {
            case null or "":
                return "501 5.1.3 bad recipient";
            case var _ when _from is null:
                return "503 5.5.1 no sender";
            case var _ when _to.Count >= MaxRecipients:
                return "452 4.5.3 too many recipients";
            case var a when a.StartsWith("nobody", StringComparison.OrdinalIgnoreCase):
                return "550 5.1.1 no such mailbox";
            case var a when a.StartsWith("full", StringComparison.OrdinalIgnoreCase):
                return "452 4.2.2 mailbox full";
            default:
                _to.Add(address);
                return "250 ok";
        }
    }

    private string Reset(string answer)
    {
        _to.Clear();
        _from = null;
        return answer;
    }

    /// <summary>Reads a mail and answers it; false when the connection is over.</summary>
    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        await SayAsync("354 go on", cancellationToken);
        using var data = new MemoryStream();
        byte[]? line;
        while ((line = await LineAsync(MaxMailBytes, cancellationToken)) is not null && line is not [(byte)'.'])
        {
            // A dot at the beginning of a line was doubled by the sender.
            var skip = line is [(byte)'.', ..] ? 1 : 0;
            if (data.Length + line.Length > MaxMailBytes)
            {
                return false;
            }

            data.Write(line.AsSpan(skip));
            data.Write("\r\n"u8);
        }

        if (line is null)
        {
            return false;
        }

        var mishap = faults.Next(Endpoint);
        if (mishap?.Kind == SandboxFaultKind.Http5xx)
        {
            await SayAsync("451 4.3.0 try again later", cancellationToken);
            return true;
        }

        mailbox.Take(_from!, [.. _to], data.ToArray());
        Reset(string.Empty);
        return await AnswerAsync(mishap, cancellationToken);
    }

    private async Task<bool> AnswerAsync(SandboxMishap? mishap, CancellationToken cancellationToken)
    {
        switch (mishap?.Kind)
        {
            case SandboxFaultKind.Dropped:
                return false;
            case SandboxFaultKind.MalformedJson or SandboxFaultKind.WrongContentType:
                await SayAsync("<html><body>this is no mail server</body></html>", cancellationToken);
                return true;
            case SandboxFaultKind.Slow:
                await Task.Delay(mishap.Delay, cancellationToken);
                break;
        }

        await SayAsync("250 2.0.0 taken", cancellationToken);
        return true;
    }

    private async Task SayAsync(string line, CancellationToken cancellationToken) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);

    /// <summary>A line without its end; null when the connection is over or the line too long.</summary>
    private async Task<byte[]?> LineAsync(int most, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        while (line.Length <= most)
        {
            var unread = _buffer.AsSpan(_start, _end - _start);
            var at = unread.IndexOf((byte)'\n');
            line.Write(at < 0 ? unread : unread[..at]);
            _start += at < 0 ? unread.Length : at + 1;
            if (at >= 0)
            {
                var bytes = line.ToArray();
                return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
            }

            (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken));
            if (_end == 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>What stands between the angle brackets; null when there are none.</summary>
    private static string? AddressOf(string line)
    {
        var (begin, end) = (line.IndexOf('<', StringComparison.Ordinal), line.LastIndexOf('>'));
        return begin < 0 || end < begin ? null : line[(begin + 1)..end];
    }
}
