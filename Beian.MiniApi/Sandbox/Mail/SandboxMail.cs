namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>A mail that the played SMTP server took.</summary>
/// <param name="Key">The sender's key, of <c>X-Message-Key</c>.</param>
/// <param name="MessageId">Of the header.</param>
/// <param name="From">Of the envelope.</param>
/// <param name="To">Of the envelope.</param>
/// <param name="Subject">Decoded.</param>
/// <param name="Text">Decoded.</param>
/// <param name="Headers">The lines above the text, unfolded, as they came.</param>
/// <param name="Times">How often this key has come, this time included.</param>
/// <param name="At">When.</param>
public sealed record SandboxMail(
    string Key, string MessageId, string From, IReadOnlyList<string> To, string Subject, string Text, IReadOnlyList<string> Headers, int Times, DateTimeOffset At);

/// <summary>The mails that were taken.</summary>
internal sealed class SandboxMailbox(TimeProvider time)
{
    public SandboxInbox<SandboxMail> Inbox { get; } = new();

    public void Take(string from, IReadOnlyList<string> to, byte[] data)
    {
        var mail = SandboxMailReader.Read(data);
        var key = mail.Header("X-Message-Key") ?? string.Empty;
        Inbox.Add(key, times => new SandboxMail(key, mail.Header("Message-ID") ?? string.Empty, from, to, SandboxMailReader.Words(mail.Header("Subject") ?? string.Empty), mail.Text, mail.Headers, times, time.GetUtcNow()));
    }
}
