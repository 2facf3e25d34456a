using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>Makes the calls that carry an access token.</summary>
internal sealed class WeChatCaller(WeChatGateway gateway, WeChatTokens tokens)
{
    public static readonly KeyValuePair<string, string>[] NoQuery = [];

    /// <summary>An answer that is a success or an ordinary outcome (<see cref="Says"/>), or the refusal our caller is told.</summary>
    public Task<Result<WeChatReply>> AskAsync(WeChatCall call, IReadOnlyList<KeyValuePair<string, string>> query, WeChatBody? body, CancellationToken cancellationToken) =>
        AskAsync(call, (token, ct) => gateway.SendAsync(call, [new("access_token", token.Value), .. query], body, ct), cancellationToken);

    /// <summary>The same for a call that is made another way.</summary>
    /// <param name="call">Which endpoint.</param>
    /// <param name="send">Sends it with a token, by way of the gateway.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Result<WeChatReply>> AskAsync(WeChatCall call, Func<WeChatToken, CancellationToken, Task<WeChatReply>> send, CancellationToken cancellationToken)
    {
        var used = await tokens.UseAsync(send, cancellationToken);
        if (!used.TryGet(out var reply, out var noToken))
        {
            return noToken;
        }

        return gateway.Judge(call, reply) is { } refusal && !(call.KeepsUnknown && reply.IsEffectUnknown) ? refusal : reply;
    }

    /// <summary>A POST of JSON.</summary>
    public Task<Result<WeChatReply>> PostAsync<T>(WeChatCall call, T body, CancellationToken cancellationToken) => AskAsync(call, NoQuery, WeChatBody.Json(body), cancellationToken);

    /// <inheritdoc cref="WeChatGateway.Says"/>
    public bool Says(WeChatCall call, WeChatReply reply, string code) => gateway.Says(call, reply, code);

    /// <inheritdoc cref="WeChatGateway.Incomplete"/>
    public DomainError Incomplete(WeChatCall call) => gateway.Incomplete(call);
}
