using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Mini Program codes and links.</summary>
internal sealed class CodeCalls(WeChatCaller caller)
{
    /// <summary>An expiry counted in days.</summary>
    public const int InDays = 1;

    public async Task<Result<WeChatCodeImage>> UnlimitedAsync(WeChatCodeRequest request, CancellationToken cancellationToken) =>
        ImageOf(await caller.PostAsync(WeChatCall.UnlimitedCode, new CodeBody(request.Scene, request.Page, request.CheckPath, NameOf(request.Edition), request.Width), cancellationToken));

    public async Task<Result<WeChatLink>> UrlLinkAsync(WeChatLinkRequest request, CancellationToken cancellationToken) =>
        LinkOf(await caller.PostAsync(WeChatCall.UrlLink, new LinkBody(request.Path, request.Query, InDays, request.Life, NameOf(request.Edition)), cancellationToken));

    public Result<WeChatCodeImage> ImageOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return reply.Picture is { } picture ? picture : caller.Incomplete(WeChatCall.UnlimitedCode);
    }

    public Result<WeChatLink> LinkOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return Uri.TryCreate(reply.Text("url_link"), UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
            ? new WeChatLink(link)
            : caller.Incomplete(WeChatCall.UrlLink);
    }

    /// <summary>An edition in the words of codes and links.</summary>
    public static string NameOf(WeChatEdition edition) => edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Develop => "develop",
        _ => "release",
    };

    private sealed record CodeBody(string Scene, string? Page, bool CheckPath, string EnvVersion, int Width);

    private sealed record LinkBody(string? Path, string? Query, int ExpireType, int ExpireInterval, string EnvVersion);
}
