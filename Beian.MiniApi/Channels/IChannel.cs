namespace Beian.MiniApi.Channels;

/// <summary>The way a message goes to somebody outside.</summary>
public enum ChannelKind
{
    /// <summary>A text message to a mobile number.</summary>
    Sms = 1,

    /// <summary>An e-mail.</summary>
    Mail = 2,

    /// <summary>A signed call of a partner's address.</summary>
    Webhook = 3,
}

/// <summary>One message to one target, with everything a channel needs to send it.</summary>
/// <param name="Key">The same at every attempt, so that a receiver can tell a repetition.</param>
/// <param name="Event">The code of what happened, as in the notification texts, for example <c>approve</c>.</param>
/// <param name="Address">A mobile number, a mail address, or the id of a webhook. Personal data: never logged.</param>
/// <param name="Subject">The heading of a mail; null where the channel has none.</param>
/// <param name="Text">The words; empty for a webhook.</param>
/// <param name="Values">The facts of the event by name, for providers that fill templates of their own.</param>
/// <param name="Payload">The bytes of a webhook's body; empty otherwise.</param>
/// <param name="Attempt">The number of this attempt, from 1.</param>
public sealed record Parcel(
    string Key,
    string Event,
    string Address,
    string? Subject,
    string Text,
    IReadOnlyDictionary<string, string> Values,
    ReadOnlyMemory<byte> Payload,
    int Attempt);

/// <summary>What became of an attempt.</summary>
public enum ParcelEnd
{
    /// <summary>The other side has it.</summary>
    Taken = 1,

    /// <summary>Not now: worth another attempt.</summary>
    NotNow = 2,

    /// <summary>Never: another attempt would end the same way.</summary>
    Refused = 3,

    /// <summary>Whether the other side has it is not known, because its answer got lost.</summary>
    InDoubt = 4,
}

/// <summary>The end of an attempt.</summary>
/// <param name="End">What became of it.</param>
/// <param name="Reason">A short code for operators, without personal data; null when taken.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone; null when it does not say.</param>
/// <param name="Receipt">The other side's own number of the message; null when it gives none.</param>
/// <param name="Alert">Whether an operator has to act: wrong keys, no money, a template that is not approved.</param>
public sealed record ParcelOutcome(ParcelEnd End, string? Reason, TimeSpan? RetryAfter = null, string? Receipt = null, bool Alert = false);

/// <summary>Sends messages over one way.</summary>
public interface IChannel
{
    /// <summary>Which way.</summary>
    ChannelKind Kind { get; }

    /// <summary>Whether it is set up; nothing is queued for one that is not.</summary>
    bool IsOn { get; }

    /// <summary>Whether it can tell an event at all: a provider of text messages needs a template for it. Nothing is queued of one that it cannot.</summary>
    /// <param name="happened">The code of what happened, such as <c>approve</c>.</param>
    bool Tells(string happened) => true;

    /// <summary>Makes one attempt, bounded in time. Throws nothing but the cancellation asked for.</summary>
    Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken);
}
