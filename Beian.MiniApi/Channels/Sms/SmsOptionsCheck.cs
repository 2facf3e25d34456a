using System.Globalization;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>Names each setting of text messages that cannot be used; those of a provider only when it was chosen.</summary>
internal sealed class SmsOptionsCheck(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<SmsOptions>
{
    private const string Templates = SmsOptions.Section + ":" + nameof(SmsOptions.Templates);

    public ValidateOptionsResult Validate(string? name, SmsOptions options)
    {
        var wrong = options.Templates.SelectMany((t, n) => Wrong(string.Create(CultureInfo.InvariantCulture, $"{Templates}:{n}"), t)).Concat(Twice(options))
            .Concat(options.Provider switch { "tencent" => WrongTencent(), "http" => WrongHttp(), _ => [] }).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private IEnumerable<string> WrongTencent()
    {
        // Not the validated options: what is wrong with those is said once, by themselves.
        var account = configuration.GetSection(TencentSmsOptions.Section).Get<TencentSmsOptions>() ?? new TencentSmsOptions();
        (string Name, string? Value)[] needed = [("SecretId", account.SecretId), ("SecretKey", account.SecretKey), ("SdkAppId", account.SdkAppId), ("SignName", account.SignName)];
        foreach (var missing in needed.Where(n => string.IsNullOrWhiteSpace(n.Value)))
        {
            yield return $"{TencentSmsOptions.Section}:{missing.Name} is needed for Sms:Provider 'tencent'.";
        }

        if (account.Endpoint == SelfAddress.Self && !environment.IsDevelopment())
        {
            yield return $"{TencentSmsOptions.Section}:Endpoint 'self' is the sandbox, which only Development has.";
        }
    }

    private IEnumerable<string> WrongHttp()
    {
        var gateway = configuration.GetSection(HttpSmsOptions.Section).Get<HttpSmsOptions>() ?? new HttpSmsOptions();
        if (string.IsNullOrWhiteSpace(gateway.Url))
        {
            yield return $"{HttpSmsOptions.Section}:Url is needed for Sms:Provider 'http'.";
        }

        if (gateway.Url == SelfAddress.Self && !environment.IsDevelopment())
        {
            yield return $"{HttpSmsOptions.Section}:Url 'self' is the sandbox, which only Development has.";
        }

        if (gateway.Authorization is { } authorization && !HeaderText.IsOneLine(authorization))
        {
            yield return $"{HttpSmsOptions.Section}:Authorization must be one line of ASCII.";
        }
    }

    private static IEnumerable<string> Wrong(string row, SmsTemplateOptions template)
    {
        if (template.Id is not { Length: > 0 and <= 20 } || !template.Id.All(char.IsAsciiDigit))
        {
            yield return $"{row}:Id must be the digits of a template's id.";
        }

        if (template.Events.Count == 0)
        {
            yield return $"{row}:Events must name at least one event.";
        }

        foreach (var unknown in template.Events.Where(e => !MessageEvent.All.ContainsKey(e)))
        {
            yield return $"{row}:Events '{unknown}' is no event; there are {Listed(MessageEvent.All.Keys)}.";
        }

        foreach (var unknown in template.Parameters.Where(p => !MessageFacts.Names.Contains(p, StringComparer.Ordinal)))
        {
            yield return $"{row}:Parameters '{unknown}' is nothing that can be told; there are {Listed(MessageFacts.Names)}.";
        }
    }

    private static IEnumerable<string> Twice(SmsOptions options) => options.Templates.SelectMany(t => t.Events).GroupBy(e => e, StringComparer.Ordinal).Where(g => g.Count() > 1)
        .Select(g => $"{Templates}: the event '{g.Key}' belongs to several templates.");

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));
}
