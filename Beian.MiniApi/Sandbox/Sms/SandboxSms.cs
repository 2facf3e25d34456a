using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Channels.Sms;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Sms;

/// <summary>A text message that a played provider delivered.</summary>
/// <param name="Key">The sender's key: <c>SessionContext</c> or <c>Idempotency-Key</c>.</param>
/// <param name="Provider"><c>tencent</c> or <c>http</c>.</param>
/// <param name="To">In E.164.</param>
/// <param name="Event">What happened; null from Tencent Cloud, which is told a template instead.</param>
/// <param name="TemplateId">The template; null from a gateway.</param>
/// <param name="Text">The words; null from Tencent Cloud.</param>
/// <param name="Values">The template's values in their order; those of the facts from a gateway.</param>
/// <param name="Times">How often this key has come, this time included.</param>
/// <param name="At">When.</param>
public sealed record SandboxText(
    string Key, string Provider, string To, string? Event, string? TemplateId, string? Text, IReadOnlyList<string> Values, int Times, DateTimeOffset At);

/// <summary>
/// Plays SendSms of Tencent Cloud, which answers for every number on its own. The number decides: its last four digits, 9001 to 9008, choose what goes wrong;
/// every other number gets its message.
/// </summary>
internal sealed class SandboxSms(IOptions<TencentSmsOptions> account, IOptions<SmsOptions> options, TimeProvider time)
{
    private const int MaxNumbers = 200;

    private static readonly FrozenDictionary<string, string> CodeByTail = new Dictionary<string, string>
    {
        ["9001"] = "LimitExceeded.PhoneNumberThirtySecondLimit",
        ["9002"] = "LimitExceeded.PhoneNumberDailyLimit",
        ["9003"] = "FailedOperation.PhoneNumberInBlacklist",
        ["9004"] = "FailedOperation.InsufficientBalanceInSmsPackage",
        ["9005"] = "FailedOperation.TemplateIncorrectOrUnapproved",
        ["9006"] = "InternalError.Timeout",
        ["9007"] = "InvalidParameterValue.IncorrectPhoneNumber",
        ["9008"] = "LimitExceeded.AppDailyLimit",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public SandboxInbox<SandboxText> Inbox { get; } = new();

    /// <summary>The content of <c>Response</c>; an error code instead of it when <c>Code</c> is set.</summary>
    public (JsonObject? Answer, string? Code) Send(JsonObject asked)
    {
        if (Texts(asked["PhoneNumberSet"]) is not { Length: > 0 and <= MaxNumbers } numbers || Text(asked, "SmsSdkAppId") is not { } app || Text(asked, "TemplateId") is not { } template)
        {
            return (null, "MissingParameter");
        }

        if (app != account.Value.SdkAppId)
        {
            return (null, "InvalidParameterValue.SdkAppIdNotExist");
        }

        var values = Texts(asked["TemplateParamSet"]) ?? [];
        var whole = Text(asked, "SignName") != account.Value.SignName ? "FailedOperation.SignatureIncorrectOrUnapproved"
            : options.Value.Templates.FirstOrDefault(t => t.Id == template) is not { } known ? "FailedOperation.TemplateIncorrectOrUnapproved"
            : known.Parameters.Count != values.Length || values.Any(string.IsNullOrEmpty) ? "InvalidParameterValue.TemplateParameterFormatError"
            : values.Any(v => v.Contains("://", StringComparison.Ordinal)) ? "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
            : null;
        var context = Text(asked, "SessionContext") ?? string.Empty;
        return (new JsonObject { ["SendStatusSet"] = new JsonArray([.. numbers.Select(n => Send(n, template, values, context, whole))]) }, null);
    }

    /// <summary>A message of a gateway; true when it was taken.</summary>
    public SandboxText Send(string key, string to, string happened, string text, IReadOnlyDictionary<string, string> values) =>
        Inbox.Add(key, times => new SandboxText(key, "http", to, happened, null, text, [.. values.Select(v => $"{v.Key}={v.Value}")], times, time.GetUtcNow()));

    /// <summary>What a number meets, or null for success.</summary>
    public static string? CodeOf(string number) => number.Length != 14 || !number.StartsWith("+861", StringComparison.Ordinal) || !number.Skip(1).All(char.IsAsciiDigit)
        ? "InvalidParameterValue.IncorrectPhoneNumber" : CodeByTail.GetValueOrDefault(number[^4..]);

    private JsonObject Send(string number, string template, string[] values, string context, string? whole)
    {
        var code = whole ?? CodeOf(number);
        if (code is null)
        {
            Inbox.Add(context, times => new SandboxText(context, "tencent", number, null, template, null, values, times, time.GetUtcNow()));
        }

        return new JsonObject
        {
            ["SerialNo"] = code is null ? "2026:" + RandomNumberGenerator.GetHexString(16, lowercase: true) : string.Empty,
            ["PhoneNumber"] = number,
            ["Fee"] = code is null ? 1 : 0,
            ["SessionContext"] = context,
            ["Code"] = code ?? "Ok",
            ["Message"] = code is null ? "send success" : string.Create(CultureInfo.InvariantCulture, $"played by the sandbox: {code}"),
            ["IsoCode"] = "CN",
        };
    }

    private static string? Text(JsonObject fields, string name) => fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    /// <summary>All texts of a list; null for anything else.</summary>
    private static string[]? Texts(JsonNode? node) =>
        node is JsonArray list && list.All(i => i is JsonValue v && v.GetValueKind() == JsonValueKind.String) ? [.. list.Select(i => i!.GetValue<string>())] : null;
}
