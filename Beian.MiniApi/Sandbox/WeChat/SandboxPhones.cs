using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>
/// Codes of the phone-number button, chosen by input: <c>sandbox-phone-13800000001</c> gives that number, once; append <c>-anything</c> for another code.
/// <c>sandbox-phone-13800000001-of-lin</c> is one that lin tapped; <c>busy</c>, <c>down</c>, <c>foreign</c> in place of the number are failures.
/// </summary>
internal sealed class SandboxPhones(IOptions<SandboxWeChatOptions> options, TimeProvider time)
{
    private const string Prefix = "sandbox-phone-";
    private const string Owner = "-of-";

    private static readonly string[] CountryCodes = ["852", "853", "886", "1", "44", "65"];

    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    public SandboxWeChatReply Redeem(SandboxRequest request)
    {
        if (request.Text("code") is not { Length: > 0 } code)
        {
            return SandboxWeChatReply.Refusal(47001);
        }

        if (!code.StartsWith(Prefix, StringComparison.Ordinal) || code.Length > 128)
        {
            return SandboxWeChatReply.Refusal(40029);
        }

        var digits = code[Prefix.Length..].Split('-', 2)[0];
        return digits switch
        {
            "busy" => SandboxWeChatReply.Refusal(45011),
            "down" => SandboxWeChatReply.Gateway(StatusCodes.Status500InternalServerError),
            "foreign" => SandboxWeChatReply.Refusal(40013),
            _ when Number(digits) is not { } number => SandboxWeChatReply.Refusal(40029),
            _ when IsAnothers(code, request.Text("openid")) => SandboxWeChatReply.Refusal(40003),
            _ when !_used.TryAdd(code, true) => SandboxWeChatReply.Refusal(40029),
            _ => SandboxWeChatReply.Done(("phone_info", Info(Number(digits)!.Value))),
        };
    }

    private bool IsAnothers(string code, string? openId)
    {
        var at = code.IndexOf(Owner, StringComparison.Ordinal);
        return at >= 0 && openId is not null && openId != SandboxLogins.OpenId(options.Value.AppId, code[(at + Owner.Length)..].Split('-')[0]);
    }

    /// <summary>A mobile of the mainland, or <c>00</c>, a country code and a number.</summary>
    private static (string Country, string Pure)? Number(string digits)
    {
        if (digits.Length is < 8 or > 20 || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }

        if (digits.Length == 11 && digits[0] == '1')
        {
            return ("86", digits);
        }

        return digits.StartsWith("00", StringComparison.Ordinal) && CountryCodes.FirstOrDefault(c => digits[2..].StartsWith(c, StringComparison.Ordinal)) is { } country
            ? (country, digits[(2 + country.Length)..])
            : null;
    }

    private Dictionary<string, object> Info((string Country, string Pure) number) => new()
    {
        ["phoneNumber"] = number.Country == "86" ? number.Pure : $"+{number.Country}{number.Pure}",
        ["purePhoneNumber"] = number.Pure,
        ["countryCode"] = number.Country,
        ["watermark"] = new Dictionary<string, object> { ["timestamp"] = time.GetUtcNow().ToUnixTimeSeconds(), ["appid"] = options.Value.AppId },
    };
}
