using System.Text.Json;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Tencent;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>
/// Sends by Tencent Cloud SMS (https://cloud.tencent.com/document/api/382/55981). It knows no idempotency key: the key of the message travels as its session
/// context, which comes back in receipts, and a lost answer is doubt. An answer without an error is no success: every number has a code of its own.
/// </summary>
internal sealed partial class TencentSms(
    IHttpClientFactory clients, SelfAddress self, SmsPipeline pipeline, IOptions<SmsOptions> options, IOptions<TencentSmsOptions> account, TimeProvider time, ILogger<TencentSms> log) : IChannel
{
    /// <summary>Name of the HTTP client. It has no loggers: headers carry the signature.</summary>
    public const string ClientName = "tencentSms";

    private const string Done = "Ok";
    private const int MaxContextLength = 500;

    private static readonly TencentAction SendSms = new("sms", "2021-01-11", nameof(SendSms));

    private readonly Dictionary<string, SmsTemplateOptions> _templates = options.Value.Templates.SelectMany(t => t.Events.Select(e => (Event: e, Template: t)))
        .ToDictionary(t => t.Event, t => t.Template, StringComparer.Ordinal);

    public ChannelKind Kind => ChannelKind.Sms;

    public bool IsOn => true;

    public bool Tells(string happened) => TemplateOf(happened) is not null;

    public async Task<ParcelOutcome> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        if (SmsNumbers.Of(parcel.Address) is not { } number)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "badNumber");
        }

        if (TemplateOf(parcel.Event) is not { } template)
        {
            Refused(log, $"no template for {parcel.Event}");
            return new ParcelOutcome(ParcelEnd.Refused, "noTemplate", Alert: true);
        }

        var values = template.Parameters.Select(p => ValueOf(parcel, p)).ToArray();
        var o = account.Value;
        var body = new Body([number], o.SdkAppId!, o.SignName!, template.Id, values, parcel.Key.Length > MaxContextLength ? null : parcel.Key);
        return await pipeline.RunAsync(ct => CallAsync(JsonSerializer.SerializeToUtf8Bytes(body, TencentWire.Json), ct), cancellationToken);
    }

    private async Task<ParcelOutcome> CallAsync(byte[] body, CancellationToken cancellationToken)
    {
        var o = account.Value;
        using var request = TencentWire.Sign(self.Resolve(o.Endpoint, TencentSmsOptions.SandboxPath), SendSms, new TencentAccount(o.SecretId!, o.SecretKey!, o.Region), body, time.GetUtcNow());
        using var response = await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
        var answer = await TencentWire.ReadAsync(response, cancellationToken);
        if (answer.Code is { } refused)
        {
            return Judge(refused);
        }

        var numbers = answer.Response.Deserialize<Sent>(TencentWire.Json)?.SendStatusSet;
        return numbers is not [{ } status] ? throw new JsonException("Not one status.")
            : status.Code == Done ? new ParcelOutcome(ParcelEnd.Taken, null, Receipt: status.SerialNo)
            : Judge(status.Code);
    }

    private ParcelOutcome Judge(string code)
    {
        var outcome = TencentSmsCodes.Of(code);
        if (outcome.Alert)
        {
            Refused(log, code);
        }
        else
        {
            Declined(log, code);
        }

        return outcome;
    }

    /// <summary>Settings may name an event with its prefix or without.</summary>
    private SmsTemplateOptions? TemplateOf(string happened) =>
        _templates.GetValueOrDefault(happened.StartsWith(MessageEvent.Prefix, StringComparison.Ordinal) ? happened : MessageEvent.Prefix + happened);

    /// <summary>One line, no longer than the console permits; never empty, which carriers refuse.</summary>
    private string ValueOf(Parcel parcel, string name)
    {
        var text = MessageText.Cut(MessageText.Clean(parcel.Values.GetValueOrDefault(name)), options.Value.MaxParameterLength);
        return text.Length == 0 ? MessageValues.NoCharacters : text;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tencent Cloud declined a text message with {Code}")]
    private static partial void Declined(ILogger log, string code);

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "Text messages cannot be sent ({Code}): look at the settings Sms and at the console of Tencent Cloud", EventName = OperatorAlert.Name)]
    private static partial void Refused(ILogger log, string code);

    private sealed record Body(string[] PhoneNumberSet, string SmsSdkAppId, string SignName, string TemplateId, string[] TemplateParamSet, string? SessionContext);

    private sealed record Sent(IReadOnlyList<NumberStatus> SendStatusSet);

    private sealed record NumberStatus(string Code, string? SerialNo = null);
}
