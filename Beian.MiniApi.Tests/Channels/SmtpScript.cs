using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>
/// An SMTP server on a loopback port that says what a test wrote down for a verb (<c>GREETING</c> for its first words, <c>.</c> for a whole mail): a line, null for
/// hanging up, or <see cref="Hang"/>. Everything else is answered as a good server does.
/// </summary>
internal sealed class SmtpScript : IAsyncDisposable
{
    /// <summary>The answer that never comes.</summary>
    public const string Hang = "\u0000hang";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Dictionary<string, string?> _answers;
    private readonly X509Certificate2? _certificate;
    private readonly RawServer _server;

    /// <param name="certificate">With it STARTTLS is offered.</param>
    /// <param name="answers">What is said otherwise than by a good server.</param>
    public SmtpScript(X509Certificate2? certificate = null, params (string Verb, string? Answer)[] answers)
    {
        _answers = answers.ToDictionary(a => a.Verb, a => a.Answer, StringComparer.Ordinal);
        _certificate = certificate;
        _server = RawServer.Talk(TalkAsync);
    }

    public int Port => _server.Port;

    /// <summary>Every line that came, those of mails included.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The lines of the mails alone.</summary>
    public IReadOnlyList<string> Mail => [.. _lines.SkipWhile(l => l != "DATA").Skip(1).TakeWhile(l => l != ".")];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TalkAsync(Stream stream, CancellationToken stop)
    {
        if (!await SayAsync(stream, "GREETING", "220 test ESMTP", stop))
        {
            return;
        }

        while (await LineAsync(stream, stop) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (!await SayAsync(stream, verb, GoodAnswer(verb), stop))
            {
                return;
            }

            if (verb == "STARTTLS")
            {
                stream = await RawServer.SecureAsync(stream, _certificate!, stop);
            }

            if (verb == "AUTH")
            {
                await LineAsync(stream, stop);
                await SayAsync(stream, "PASSWORD", "235 welcome", stop);
            }

            if (verb == "DATA" && !_answers.ContainsKey("DATA"))
            {
                while (await LineAsync(stream, stop) is { } text && text != ".")
                {
                }

                if (!await SayAsync(stream, ".", "250 taken", stop))
                {
                    return;
                }
            }
        }
    }

    private string GoodAnswer(string verb) => verb switch
    {
        "EHLO" => _certificate is null ? "250-test\r\n250 AUTH LOGIN" : "250-test\r\n250-STARTTLS\r\n250 AUTH LOGIN",
        "AUTH" => "334 UGFzc3dvcmQ6",
        "DATA" => "354 go on",
        "STARTTLS" => "220 ready",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task<bool> SayAsync(Stream stream, string verb, string good, CancellationToken stop)
    {
        var answer = _answers.GetValueOrDefault(verb, good);
        if (answer == Hang)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }

        if (answer is null)
        {
            return false;
        }

        await RawServer.WriteAsync(stream, answer + "\r\n", stop);
        return true;
    }

    private async Task<string?> LineAsync(Stream stream, CancellationToken stop)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop) > 0)
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
}
