using System.Net;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>The checks every credential call passes before it does anything, in WeChat's order.</summary>
internal sealed class SandboxCredentials(IOptions<SandboxWeChatOptions> options)
{
    /// <summary>The refusal of a wrong method, or null.</summary>
    public static SandboxWeChatReply? WrongMethod(HttpRequest request, string wanted)
    {
        if (HttpMethods.IsPost(request.Method) && request.ContentLength is null)
        {
            return SandboxWeChatReply.Gateway(StatusCodes.Status412PreconditionFailed);
        }

        if (HttpMethods.Equals(request.Method, wanted))
        {
            return null;
        }

        return HttpMethods.IsGet(wanted)
            ? SandboxWeChatReply.Refusal(43001, "require GET method")
            : SandboxWeChatReply.Refusal(43002, "require POST method");
    }

    /// <summary>The first thing wrong with who asks, or null.</summary>
    /// <param name="sent">What came along.</param>
    /// <param name="grantType">The grant type the call wants.</param>
    public SandboxWeChatReply? Refuse(SandboxCaller sent, string grantType)
    {
        var known = options.Value;
        return sent switch
        {
            { AppId: null or "" } => SandboxWeChatReply.Refusal(41002, "appid missing"),
            { Secret: null or "" } => SandboxWeChatReply.Refusal(41004, "appsecret missing"),
            _ when sent.AppId != known.AppId => SandboxWeChatReply.Refusal(40013, "invalid appid"),
            _ when sent.Secret != known.AppSecret => SandboxWeChatReply.Refusal(40125, "invalid appsecret"),
            _ when sent.GrantType != grantType => SandboxWeChatReply.Refusal(40002, "invalid grant_type"),
            _ => null,
        };
    }

    /// <summary>The refusal of an address that is not on the whitelist, which guards the token calls only, or null.</summary>
    public SandboxWeChatReply? RefuseAddress(IPAddress? peer)
    {
        var allowed = options.Value.AllowedAddresses;
        var v4 = (peer ?? IPAddress.None).MapToIPv4().ToString();
        return allowed.Count == 0 || allowed.Contains(v4)
            ? null
            : SandboxWeChatReply.Refusal(40164, $"invalid ip {v4} ipv6 ::ffff:{v4}, not in whitelist");
    }
}

/// <summary>Who asks, as sent: any of it may be absent.</summary>
internal sealed record SandboxCaller(string? AppId, string? Secret, string? GrantType)
{
    public static SandboxCaller FromQuery(HttpRequest request) => new(request.Query["appid"], request.Query["secret"], request.Query["grant_type"]);
}
