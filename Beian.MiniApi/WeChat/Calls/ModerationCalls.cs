using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Content safety.</summary>
internal sealed class ModerationCalls(WeChatCaller caller)
{
    /// <summary>Of the checks; the first one is gone.</summary>
    public const int Version = 2;

    /// <summary>What our caller is told when WeChat gives no verdict.</summary>
    private const string Deferred = "moderation.deferred";

    public async Task<Result<WeChatVerdict>> TextAsync(WeChatText text, CancellationToken cancellationToken) =>
        Refuse(text) is { } refusal
            ? refusal
            : VerdictOf(await caller.PostAsync(WeChatCall.TextCheck, new TextBody(text.Content, Version, (int)text.Scene, text.OpenId, text.Title, text.Nickname), cancellationToken));

    public async Task<Result<WeChatMediaJob>> MediaAsync(WeChatMedia media, CancellationToken cancellationToken) =>
        JobOf(await caller.PostAsync(WeChatCall.MediaCheck, new MediaBody(media.Address.AbsoluteUri, (int)media.Kind, Version, (int)media.Scene, media.OpenId), cancellationToken));

    /// <summary>What WeChat would not take and is not sent.</summary>
    public static DomainError? Refuse(WeChatText text) => text.Content.Length > WeChatText.MaxCharacters ? WeChatErrors.ContentTooLong() : null;

    public Result<WeChatVerdict> VerdictOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        if (caller.Says(WeChatCall.TextCheck, reply, Deferred))
        {
            return new WeChatVerdict(WeChatSuggestion.Deferred, 0, null);
        }

        return reply.Body.Member("result") is { } result && SuggestionOf(result) is { } suggestion
            ? new WeChatVerdict(suggestion, result.NumberOf("label") ?? 0, reply.Text("trace_id"))
            : caller.Incomplete(WeChatCall.TextCheck);
    }

    public Result<WeChatMediaJob> JobOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        if (caller.Says(WeChatCall.MediaCheck, reply, Deferred))
        {
            return new WeChatMediaJob(null);
        }

        return reply.Text("trace_id") is { } trace ? new WeChatMediaJob(trace) : caller.Incomplete(WeChatCall.MediaCheck);
    }

    /// <summary>Null for a word nobody has described: content with an unknown verdict has none.</summary>
    private static WeChatSuggestion? SuggestionOf(JsonElement result) => result.TextOf("suggest") switch
    {
        "pass" => WeChatSuggestion.Pass,
        "review" => WeChatSuggestion.Review,
        "risky" => WeChatSuggestion.Risky,
        _ => null,
    };

    private sealed record TextBody(string Content, int Version, int Scene, string Openid, string? Title, string? Nickname);

    private sealed record MediaBody(string MediaUrl, int MediaType, int Version, int Scene, string Openid);
}
