using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Mini Program codes and links.</summary>
internal sealed class CodeCalls(WeChatCaller caller)
{
    /// <summary>An expiry counted in days.</summary>
    private const int InDays = 1;

    public async Task<Result<WeChatCodeImage>> UnlimitedAsync(WeChatCodeRequest request, CancellationToken cancellationToken)
    {
        var body = new CodeBody(request.Scene, request.Page, request.CheckPath, NameOf(request.Edition), request.Width);
        var asked = await caller.PostAsync(WeChatCall.UnlimitedCode, body, cancellationToken);
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return reply.Picture is { } picture ? picture : caller.Incomplete(WeChatCall.UnlimitedCode);
    }

    public async Task<Result<WeChatLink>> UrlLinkAsync(WeChatLinkRequest request, CancellationToken cancellationToken)
    {
        var body = new LinkBody(request.Path, request.Query, InDays, request.Life, NameOf(request.Edition));
        var asked = await caller.PostAsync(WeChatCall.UrlLink, body, cancellationToken);
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return Uri.TryCreate(reply.Text("url_link"), UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? new WeChatLink(link)
            : caller.Incomplete(WeChatCall.UrlLink);
    }

    private static string NameOf(WeChatEdition edition) => edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Develop => "develop",
        _ => "release",
    };

    private sealed record CodeBody(string Scene, string? Page, bool CheckPath, string EnvVersion, int Width);

    private sealed record LinkBody(string? Path, string? Query, int ExpireType, int ExpireInterval, string EnvVersion);
}
