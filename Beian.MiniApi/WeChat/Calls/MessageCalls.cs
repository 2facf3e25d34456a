using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Subscription messages and their templates.</summary>
internal sealed class MessageCalls(WeChatCaller caller) : IDisposable
{
    /// <summary>WeChat refuses two messages to one user at once (43108). A lock for every user would never be given back, so that users share these.</summary>
    private readonly SemaphoreSlim[] _oneAtATime = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public void Dispose() => Array.ForEach(_oneAtATime, s => s.Dispose());

    public Task<Result<WeChatDelivery>> SendAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken) => SendAsync(message, PostAsync, cancellationToken);

    /// <summary>Messages to one user one after the other, and once more without the page where WeChat does not know it.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="post">Asks WeChat once.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Result<WeChatDelivery>> SendAsync(
        WeChatSubscribeMessage message, Func<WeChatSubscribeMessage, CancellationToken, Task<Result<WeChatReply>>> post, CancellationToken cancellationToken)
    {
        var turn = _oneAtATime[(uint)StringComparer.Ordinal.GetHashCode(message.OpenId) % (uint)_oneAtATime.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var sent = DeliveryOf(await post(message, cancellationToken), pageDropped: false);
            return sent.Error?.Code == "wechat.page" && message.Page is not null ? DeliveryOf(await post(message with { Page = null }, cancellationToken), pageDropped: true) : sent;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<Result<WeChatTemplates>> ListAsync(CancellationToken cancellationToken) =>
        TemplatesOf(await caller.AskAsync(WeChatCall.Templates, WeChatCaller.NoQuery, null, cancellationToken));

    public Result<WeChatTemplates> TemplatesOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        if (reply.Body.Member("data") is not { ValueKind: JsonValueKind.Array })
        {
            return caller.Incomplete(WeChatCall.Templates);
        }

        var read = reply.Body.ObjectsOf("data").Select(Template).ToList();
        return read.Any(t => t is null) ? caller.Incomplete(WeChatCall.Templates) : new WeChatTemplates([.. read.OfType<WeChatTemplate>()]);
    }

    private Task<Result<WeChatReply>> PostAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken)
    {
        var data = message.Data.ToDictionary(d => d.Key, d => new Value(d.Value), StringComparer.Ordinal);
        return caller.PostAsync(WeChatCall.SubscribeSend, new SendBody(message.OpenId, message.TemplateId, message.Page, data, StateOf(message.Edition), message.Language), cancellationToken);
    }

    private Result<WeChatDelivery> DeliveryOf(Result<WeChatReply> asked, bool pageDropped)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        var state = reply switch
        {
            { IsEffectUnknown: true } => WeChatDeliveryState.Unknown,
            _ when caller.Says(WeChatCall.SubscribeSend, reply, "notify.noPermission") => WeChatDeliveryState.NoPermission,
            _ => WeChatDeliveryState.Sent,
        };
        return new WeChatDelivery(state, pageDropped);
    }

    private static WeChatTemplate? Template(JsonElement item) =>
        item.TextOf("priTmplId") is { } id && item.TextOf("content") is { } content && item.NumberOf("type") is 2 or 3
            ? new WeChatTemplate(item.TextOf("priTmplId")!, item.TextOf("title") ?? string.Empty, item.TextOf("content")!, (WeChatTemplateKind)item.NumberOf("type")!.Value, Choices(item))
            : null;

    private static Dictionary<string, IReadOnlyList<string>> Choices(JsonElement item)
    {
        var choices = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var listed in item.ObjectsOf("keywordEnumValueList"))
        {
            if (listed.TextOf("keywordCode") is { } key && listed.Member("enumValueList") is { ValueKind: JsonValueKind.Array } values)
            {
                choices[key.Replace(".DATA", string.Empty, StringComparison.Ordinal)] = [.. values.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)];
            }
        }

        return choices;
    }

    /// <summary>An edition in the words of messages.</summary>
    public static string StateOf(WeChatEdition edition) => edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Develop => "developer",
        _ => "formal",
    };

    private sealed record Value([property: System.Text.Json.Serialization.JsonPropertyName("value")] string Text);

    private sealed record SendBody(string Touser, string TemplateId, string? Page, IReadOnlyDictionary<string, Value> Data, string MiniprogramState, string Lang);
}
