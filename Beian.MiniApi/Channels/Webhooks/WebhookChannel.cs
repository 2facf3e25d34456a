using System.Globalization;
using Beian.MiniApi.Probe;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Webhooks;

/// <summary>
/// Calls a partner's address with a signed body. The address is judged again at every call, whatever it was when it was registered. Taken is 2xx alone; a
/// redirect and 410 are never, everything else is not now, since a partner's server may be mended.
/// </summary>
internal sealed class WebhookChannel(IWebhookStore webhooks, PublicHttp http, WebhookAddresses addresses, IOptions<WebhookOptions> options, TimeProvider time) : IChannel
{
    private const int Gone = 410;

    public ChannelKind Kind => ChannelKind.Webhook;

    public bool IsOn => options.Value.Enabled;

    public async Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (parcel.Key.Length == 0 || !HeaderText.IsOneLine(parcel.Key))
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badKey");
        }

        if (await webhooks.FindAsync(parcel.Address, cancellationToken) is not { Active: true, Secrets.Count: > 0 } target)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "noWebhook");
        }

        if (addresses.JudgeForm(target.Url) is not null)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badUrl");
        }

        var now = time.GetUtcNow();
        var reply = await http.PostAsync(
            new PublicPost(target.Url, HeadersOf(target, parcel, now), parcel.Payload, "application/json; charset=utf-8", options.Value.Timeout, options.Value.Networks()), cancellationToken);
        return reply.Status is { } status ? OfStatus(status, HttpEnds.RetryAfterOf(reply.RetryAfter, now)) : OfFailure(reply.Failure!.Value);
    }

    private static KeyValuePair<string, string>[] HeadersOf(WebhookTarget target, Parcel parcel, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        return
        [
            new(WebhookSignature.IdHeader, parcel.Key),
            new(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture)),
            new(WebhookSignature.SignatureHeader, WebhookSignature.Of(target.Secrets, parcel.Key, timestamp, parcel.Payload.Span)),
            new("Idempotency-Key", parcel.Key),
        ];
    }

    private static ParcelOutcome OfStatus(int status, TimeSpan? pause) => status switch
    {
        >= 200 and < 300 => new(ParcelEnd.Taken, null),
        (>= 300 and < 400) or Gone => new(ParcelEnd.Refused, HttpEnds.ReasonOf(status)),
        _ => new(ParcelEnd.NotNow, HttpEnds.ReasonOf(status), pause),
    };

    private static ParcelOutcome OfFailure(PublicFailure failure) => failure switch
    {
        PublicFailure.NotPublic => new(ParcelEnd.Refused, "notPublic"),
        PublicFailure.NoAnswer => new(ParcelEnd.InDoubt, "answerLost"),
        PublicFailure.BadCertificate => new(ParcelEnd.NotNow, "badCertificate"),
        PublicFailure.NoConnection => new(ParcelEnd.NotNow, "noConnection"),
        _ => new(ParcelEnd.NotNow, "unknownHost"),
    };
}
