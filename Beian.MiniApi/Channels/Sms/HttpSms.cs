using System.Net.Http.Headers;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>
/// Sends by a gateway of the operator's own: one POST of JSON for each message, with its key as <c>Idempotency-Key</c>. 2xx is taken; 408, 425, 429 and 5xx are
/// not now; everything else is never.
/// </summary>
internal sealed partial class HttpSms(IHttpClientFactory clients, SelfAddress self, SmsPipeline pipeline, IOptions<HttpSmsOptions> options, TimeProvider time, ILogger<HttpSms> log) : IChannel
{
    /// <summary>Name of the HTTP client. It has no loggers: headers carry the operator's secret.</summary>
    public const string ClientName = "httpSms";

    private const int MaxReceiptLength = 100;

    private static readonly MediaTypeHeaderValue JsonType = new("application/json", "utf-8");

    public ChannelKind Kind => ChannelKind.Sms;

    public bool IsOn => true;

    public async Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (SmsNumbers.Of(parcel.Address) is not { } number)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badNumber");
        }

        if (!HeaderText.IsOneLine(parcel.Key))
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badKey");
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new Message(parcel.Key, number, parcel.Event, parcel.Text, parcel.Values), JsonSerializerOptions.Web);
        return await pipeline.RunAsync(ct => CallAsync(parcel.Key, body, ct), cancellationToken);
    }

    private async Task<ParcelOutcome> CallAsync(string key, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, self.Resolve(options.Value.Url!, HttpSmsOptions.SandboxPath)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = JsonType;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (options.Value.Authorization is { Length: > 0 } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        var end = HttpEnds.Of(status);
        if (status is 401 or 403)
        {
            Refused(log, status);
            return new ParcelOutcome(ParcelEnd.NotNow, HttpEnds.ReasonOf(status), Alert: true);
        }

        return end == ParcelEnd.Taken
            ? new ParcelOutcome(end, null, Receipt: ReceiptOf(await response.Content.ReadAsByteArrayAsync(cancellationToken)))
            : new ParcelOutcome(end, HttpEnds.ReasonOf(status), HttpEnds.RetryAfterOf(response.Headers.RetryAfter, time.GetUtcNow()));
    }

    /// <summary>The member <c>id</c> of the answer, where it has one that can be one; an answer without is as good.</summary>
    private static string? ReceiptOf(byte[] answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                && id.GetString() is { Length: > 0 and <= MaxReceiptLength } text ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "The gateway of text messages refuses us with {Status}: look at Sms:Http:Authorization", EventName = OperatorAlert.Name)]
    private static partial void Refused(ILogger log, int status);

    private sealed record Message(string Key, string To, string Event, string Text, IReadOnlyDictionary<string, string> Values);
}
