namespace Beian.MiniApi.Channels.Mail;

/// <summary>A mail whose parts were judged: none of them can begin a header of its own. Never prints: it holds personal data.</summary>
/// <param name="Id">Left part of its <c>Message-ID</c>, the same at every attempt: letters, digits, dots, dashes and underscores.</param>
/// <param name="Key">The message's key, one line of ASCII; travels as <c>X-Message-Key</c>.</param>
/// <param name="To">One address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
public sealed record OutgoingMail(string Id, string Key, string To, string Subject, string Text)
{
    public override string ToString() => nameof(OutgoingMail);
}

/// <summary>Hands one mail over to whoever delivers it.</summary>
public interface IMailer
{
    /// <summary>One attempt, bounded in time. Throws nothing but the cancellation asked for.</summary>
    Task<ParcelOutcome> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}
