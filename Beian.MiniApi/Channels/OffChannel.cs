namespace Beian.MiniApi.Channels;

/// <summary>A way that is not set up.</summary>
internal sealed class OffChannel(ChannelKind kind) : IChannel
{
    public ChannelKind Kind => kind;

    public bool IsOn => false;

    public Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken) => Task.FromResult(new ParcelOutcome(ParcelEnd.Refused, "off"));
}
