using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>
/// An SMTP server on a loopback port that says what a test wrote down for a verb (<c>GREETING</c> for its first words, <c>.</c> for a whole mail): a line, null for
/// hanging up, or <see cref="Hang"/>. Everything else is answered as a good server does.
/// </summary>
internal sealed class SmtpScript : IAsyncDisposable
{
    /// <summary>The answer that never comes.</summary>
    public const string Hang = "\u0000hang";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Dictionary<string, string?> _answers;
    private readonly bool _offersTls;
    private readonly Task _accepting;

    public SmtpScript(bool offersTls = false, params (string Verb, string? Answer)[] answers)
    {
        _answers = answers.ToDictionary(a => a.Verb, a => a.Answer, StringComparer.Ordinal);
        _offersTls = offersTls;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every line that came, those of mails included.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The lines of the mails alone.</summary>
    public IReadOnlyList<string> Mail => [.. _lines.SkipWhile(l => l != "DATA").Skip(1).TakeWhile(l => l != ".")];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
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
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
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
                await TalkAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // The other side gave up, or the test is over.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        if (!await SayAsync(stream, "GREETING", "220 test ESMTP"))
        {
            return;
        }

        while (await LineAsync(stream) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            var good = verb switch { "EHLO" => _offersTls ? "250-test\r\n250-STARTTLS\r\n250 AUTH LOGIN" : "250-test\r\n250 AUTH LOGIN", "DATA" => "354 go on", "STARTTLS" => "220 ready", "QUIT" => "221 bye", _ => "250 ok" };
            if (!await SayAsync(stream, verb, good))
            {
                return;
            }

            if (verb == "STARTTLS")
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Untrusted() }, _stop.Token);
                stream = tls;
            }

            if (verb == "DATA" && !_answers.ContainsKey("DATA"))
            {
                while (await LineAsync(stream) is { } text && text != ".")
                {
                }

                if (!await SayAsync(stream, ".", "250 taken"))
                {
                    return;
                }
            }
        }
    }

    private async Task<bool> SayAsync(Stream stream, string verb, string good)
    {
        var answer = _answers.GetValueOrDefault(verb, good);
        if (answer == Hang)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        if (answer is null)
        {
            return false;
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), _stop.Token);
        return true;
    }

    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] == '\n')
            {
                var text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                _lines.Enqueue(text);
                return text;
            }

            line.Add(one[0]);
        }

        return null;
    }

    private static X509Certificate2 Untrusted()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
