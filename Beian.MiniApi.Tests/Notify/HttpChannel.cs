using System.Net;
using System.Text;
using Beian.MiniApi.Channels;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>A channel as plain as can be, over real HTTP to a <see cref="Receiver"/>: what the queue does is tested without what each provider wants.</summary>
internal sealed class HttpChannel(ChannelKind kind, Uri receiver) : IChannel
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(1) });

    public ChannelKind Kind => kind;

    public bool IsOn => true;

    public async Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver);
        request.Headers.Add("Idempotency-Key", parcel.Key);
        foreach (var (name, value) in new[]
        {
            ("Channel", kind.ToString()), ("Address", parcel.Address), ("Subject", parcel.Subject ?? string.Empty), ("Filing", parcel.Values.GetValueOrDefault("filing", string.Empty)),
            ("Seq", parcel.Values.GetValueOrDefault("seq", string.Empty)),
        })
        {
            request.Headers.Add("X-" + name, Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
        }

        request.Content = parcel.Payload.Length > 0 ? new ReadOnlyMemoryContent(parcel.Payload) : new StringContent(parcel.Text);
        try
        {
            using var answer = await Client.SendAsync(request, cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.NoContent => new ParcelOutcome(ParcelEnd.Taken, null),
                HttpStatusCode.ServiceUnavailable => new ParcelOutcome(ParcelEnd.NotNow, "http503"),
                _ => new ParcelOutcome(ParcelEnd.Refused, "http" + (int)answer.StatusCode),
            };
        }
        catch (HttpRequestException)
        {
            return new ParcelOutcome(ParcelEnd.InDoubt, "answerLost");
        }
    }
}
