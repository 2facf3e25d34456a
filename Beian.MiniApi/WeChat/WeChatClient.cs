using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <inheritdoc />
internal sealed class WeChatClient(WeChatGateway gateway, LoginExchanges exchanges, WeChatTokens tokens, IOptions<WeChatOptions> options) : IWeChatClient
{
    /// <summary>WeChat's codes have about 32 characters; what is far longer is not one and is not sent on.</summary>
    private const int MaxCodeLength = 256;

    public async Task<Result<WeChatSession>> Code2SessionAsync(string code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > MaxCodeLength)
        {
            return WeChatErrors.CodeInvalid();
        }

        return await exchanges.ShareAsync(code, ExchangeAsync).WaitAsync(cancellationToken);
    }

    public Task<Result<WeChatToken>> GetAccessTokenAsync(CancellationToken cancellationToken) => tokens.GetAsync(cancellationToken);

    private async Task<Result<WeChatSession>> ExchangeAsync(string code)
    {
        KeyValuePair<string, string>[] query =
        [
            new("appid", options.Value.AppId),
            new("secret", options.Value.AppSecret),
            new("js_code", code),
            new("grant_type", "authorization_code"),
        ];
        var reply = await gateway.SendAsync(WeChatCall.Code2Session, query, null, CancellationToken.None);
        if (gateway.Judge(WeChatCall.Code2Session, reply) is { } refusal)
        {
            return refusal;
        }

        return reply.Text("openid") is { } openId && reply.Text("session_key") is { } sessionKey
            ? new WeChatSession(openId, sessionKey, reply.Text("unionid"))
            : gateway.Incomplete(WeChatCall.Code2Session);
    }
}
