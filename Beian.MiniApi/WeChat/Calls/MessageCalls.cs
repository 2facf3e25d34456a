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

    public async Task<Result<WeChatDelivery>> SendAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken)
    {
        var turn = _oneAtATime[(uint)StringComparer.Ordinal.GetHashCode(message.OpenId) % (uint)_oneAtATime.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var sent = await SendOnceAsync(message, pageDropped: false, cancellationToken);
            return sent.Error?.Code == "wechat.page" && message.Page is not null ? await SendOnceAsync(message with { Page = null }, pageDropped: true, cancellationToken) : sent;
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task<Result<WeChatTemplates>> ListAsync(CancellationToken cancellationToken)
    {
        var asked = await caller.AskAsync(WeChatCall.Templates, WeChatCaller.NoQuery, null, cancellationToken);
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

    private async Task<Result<WeChatDelivery>> SendOnceAsync(WeChatSubscribeMessage message, bool pageDropped, CancellationToken cancellationToken)
    {
        var data = message.Data.ToDictionary(d => d.Key, d => new Value(d.Value), StringComparer.Ordinal);
        var body = new SendBody(message.OpenId, message.TemplateId, message.Page, data, StateOf(message.Edition), message.Language);
        var asked = await caller.PostAsync(WeChatCall.SubscribeSend, body, cancellationToken);
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

    private static string StateOf(WeChatEdition edition) => edition switch
    {
        WeChatEdition.Trial => "trial",
        WeChatEdition.Develop => "developer",
        _ => "formal",
    };

    private sealed record Value([property: System.Text.Json.Serialization.JsonPropertyName("value")] string Text);

    private sealed record SendBody(string Touser, string TemplateId, string? Page, IReadOnlyDictionary<string, Value> Data, string MiniprogramState, string Lang);
}
