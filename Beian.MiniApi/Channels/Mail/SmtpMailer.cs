using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Mail;

/// <summary>
/// Hands mails to an SMTP server, a connection for each. Whether a mail that met no answer may have arrived is known from its text: it is only read once the
/// server has asked for it.
/// </summary>
internal sealed partial class SmtpMailer(IOptions<MailOptions> options, SelfMail self, ILogger<SmtpMailer> log) : IMailer
{
    private const int AuthenticationNeeded = 530;
    private const int AuthenticationWeak = 534;
    private const int AuthenticationFailed = 535;
    private const int EncryptionNeeded = 538;

    public async Task<ParcelOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var text = new AskedText(Encoding.UTF8.GetBytes(mail.Text.ReplaceLineEndings("\r\n")));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            using var message = Write(mail, text);
            using var client = Connect();

            // Waited for with a deadline of our own: the client looks at a cancellation between two lines only.
            await client.SendMailAsync(message, deadline.Token).WaitAsync(deadline.Token);
            return new ParcelOutcome(ParcelEnd.Taken, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Unanswered(text, "timeout");
        }
        catch (SmtpException e)
        {
            return OfFailure(e, text);
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException or ObjectDisposedException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            return Unanswered(text, e.GetType().Name);
        }
    }

    private MailMessage Write(OutgoingMail mail, AskedText text)
    {
        var o = options.Value;
        var message = new MailMessage { From = new MailAddress(o.From!, o.FromName, Encoding.UTF8), Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        message.To.Add(new MailAddress(mail.To));
        if (o.ReplyTo is { Length: > 0 } reply)
        {
            message.ReplyToList.Add(new MailAddress(reply));
        }

        message.Headers.Add("Message-ID", $"<{mail.Id}@{message.From.Host}>");
        message.Headers.Add("X-Message-Key", mail.Key);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.AlternateViews.Add(new AlternateView(text, new ContentType("text/plain; charset=utf-8")) { TransferEncoding = TransferEncoding.Base64 });
        return message;
    }

    private SmtpClient Connect()
    {
        var o = options.Value;
        var isSelf = o.Host == SelfAddress.Self;
        var client = new SmtpClient(isSelf ? IPAddress.Loopback.ToString() : o.Host!, isSelf ? self.Port : o.Port)
        {
            DeliveryMethod = SmtpDeliveryMethod.Network,
            EnableSsl = !isSelf && o.Tls == "startTls",
            UseDefaultCredentials = false,
            Timeout = (int)o.Timeout.TotalMilliseconds,
        };
        if (o.UserName is { Length: > 0 } user)
        {
            client.Credentials = new NetworkCredential(user, o.Password);
        }

        return client;
    }

    private ParcelOutcome OfFailure(SmtpException e, AskedText text)
    {
        var status = (int)e.StatusCode;
        if (status is AuthenticationNeeded or AuthenticationWeak or AuthenticationFailed or EncryptionNeeded)
        {
            return Unusable(HttpEnds.ReasonOf(status));
        }

        return status switch
        {
            >= 400 and < 500 => new ParcelOutcome(ParcelEnd.NotNow, HttpEnds.ReasonOf(status)),
            >= 500 and < 600 => new ParcelOutcome(ParcelEnd.Refused, HttpEnds.ReasonOf(status)),
            _ when e.InnerException is System.Security.Authentication.AuthenticationException => Unusable("badCertificate"),
            _ when e.InnerException is null && options.Value.Tls == "startTls" && !text.WasAsked => Unusable("noTls"),
            _ => Unanswered(text, (e.InnerException ?? e).GetType().Name),
        };
    }

    private ParcelOutcome Unanswered(AskedText text, string what)
    {
        NotAnswered(log, what);
        return text.WasAsked ? new ParcelOutcome(ParcelEnd.InDoubt, "answerLost") : new ParcelOutcome(ParcelEnd.NotNow, "noConnection");
    }

    private ParcelOutcome Unusable(string reason)
    {
        Refused(log, reason);
        return new ParcelOutcome(ParcelEnd.NotNow, reason, Alert: true);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The SMTP server did not answer: {Reason}")]
    private static partial void NotAnswered(ILogger log, string reason);

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "No mail can be sent ({Reason}): look at the settings Mail and at the SMTP server's STARTTLS, certificate and login", EventName = OperatorAlert.Name)]
    private static partial void Refused(ILogger log, string reason);

    /// <summary>The text of a mail, which knows whether it was asked for.</summary>
    private sealed class AskedText(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        private volatile bool _asked;

        /// <summary>Whether the server has begun to take the mail.</summary>
        public bool WasAsked => _asked;

        public override int Read(byte[] buffer, int offset, int count)
        {
            _asked = true;
            return base.Read(buffer, offset, count);
        }

        public override int Read(Span<byte> buffer)
        {
            _asked = true;
            return base.Read(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            _asked = true;
            return base.ReadAsync(buffer, offset, count, cancellationToken);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _asked = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
