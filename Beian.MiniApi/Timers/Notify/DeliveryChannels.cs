using Beian.MiniApi.Channels;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>The ways out that this program has, by the names that the queue uses.</summary>
public sealed class DeliveryChannels(IEnumerable<IChannel> channels)
{
    public const string Sms = "sms";
    public const string Mail = "mail";
    public const string Webhook = "webhook";

    private readonly IChannel[] _channels = [.. channels];

    /// <summary>Whether a way is set up and can tell an event.</summary>
    /// <param name="kind">Which way.</param>
    /// <param name="happened">The code of what happened, such as <c>approve</c>.</param>
    public bool Tells(ChannelKind kind, string happened) => Array.FindLast(_channels, c => c.Kind == kind && c.IsOn) is { } channel && channel.Tells(happened);

    /// <summary>The way of a name, or null when it is not set up.</summary>
    public IChannel? Find(string name) => Array.FindLast(_channels, c => c.IsOn && NameOf(c.Kind) == name);

    /// <summary>A way as the queue stores it.</summary>
    public static string NameOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Sms => Sms,
        ChannelKind.Mail => Mail,
        ChannelKind.Webhook => Webhook,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
