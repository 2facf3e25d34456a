using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Subscription messages: permissions by user and template, one spent by each message; the last messages are kept to be looked at.</summary>
internal sealed class SandboxMessages(SandboxPushes pushes, IOptions<SandboxWeChatOptions> options, TimeProvider time)
{
    private const int MaxKept = 2_000;

    /// <summary>How long a message takes, so that two to one user can meet.</summary>
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(10);

    private static readonly string[] States = ["developer", "trial", "formal"];

    private readonly Lock _gate = new();
    private readonly Dictionary<(string OpenId, string TemplateId), int> _credits = [];
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SandboxSent> _sent = new();

    /// <summary>The last messages, oldest first.</summary>
    public IReadOnlyList<SandboxSent> Sent => [.. _sent];

    public static SandboxWeChatReply Templates() => SandboxWeChatReply.Done(("data", SandboxTemplates.All.Select(t => new Dictionary<string, object>
    {
        ["priTmplId"] = t.Id,
        ["title"] = t.Title,
        ["content"] = string.Concat(t.Lines.Select(l => $"{l.Label}:{{{{{l.Key}.DATA}}}}\n")),
        ["example"] = string.Concat(t.Lines.Select(l => $"{l.Label}:示例\n")),
        ["type"] = 2,
    }).ToArray()));

    public async ValueTask<SandboxWeChatReply> SendAsync(SandboxRequest request)
    {
        if (request.Text("touser") is not { } openId || !SandboxUsers.IsOpenId(openId))
        {
            return SandboxWeChatReply.Refusal(40003);
        }

        if (!_busy.TryAdd(openId, true))
        {
            return SandboxWeChatReply.Refusal(43108);
        }

        try
        {
            await Task.Delay(Takes, request.Http.RequestAborted);
            return Send(request, openId);
        }
        finally
        {
            _busy.TryRemove(openId, out _);
        }
    }

    /// <summary>The user answered the dialog: one permission more, or none any longer. Pushed as WeChat pushes it.</summary>
    /// <returns>Permissions afterwards; null for a template there is not.</returns>
    public int? Answer(string user, string templateId, bool accepted)
    {
        if (SandboxTemplates.All.All(t => t.Id != templateId))
        {
            return null;
        }

        var openId = SandboxLogins.OpenId(options.Value.AppId, user);
        int left;
        lock (_gate)
        {
            left = accepted ? _credits.GetValueOrDefault((openId, templateId)) + 1 : 0;
            _credits[(openId, templateId)] = left;
        }

        pushes.Later(openId, "subscribe_msg_popup_event", TimeSpan.Zero, ("List", new JsonObject
        {
            ["TemplateId"] = templateId,
            ["SubscribeStatusString"] = accepted ? "accept" : "reject",
            ["PopupScene"] = "0",
        }));
        return left;
    }

    private SandboxWeChatReply Send(SandboxRequest request, string openId)
    {
        if (SandboxTemplates.All.FirstOrDefault(t => t.Id == request.Text("template_id")) is not { } template)
        {
            return SandboxWeChatReply.Refusal(40037);
        }

        if (request.Text("miniprogram_state") is { } state && !States.Contains(state, StringComparer.Ordinal))
        {
            return SandboxWeChatReply.Refusal(47003, "argument invalid! miniprogram_state invalid");
        }

        if (!SandboxPages.Has(request.Text("page")))
        {
            return SandboxWeChatReply.Refusal(41030);
        }

        if (SandboxTemplates.Wrong(template, Values(request)) is { } wrong)
        {
            return SandboxWeChatReply.Refusal(47003, wrong);
        }

        lock (_gate)
        {
            if (_credits.GetValueOrDefault((openId, template.Id)) is 0)
            {
                return SandboxWeChatReply.Refusal(43101);
            }

            _credits[(openId, template.Id)]--;
        }

        Keep(new SandboxSent(openId, template.Id, request.Text("page"), Values(request), time.GetUtcNow()));
        pushes.Later(openId, "subscribe_msg_sent_event", TimeSpan.Zero, ("List", new JsonObject
        {
            ["TemplateId"] = template.Id,
            ["MsgID"] = RandomNumberGenerator.GetInt32(1_000_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture),
            ["ErrorCode"] = "0",
            ["ErrorStatus"] = "success",
        }));
        return SandboxWeChatReply.Done();
    }

    private void Keep(SandboxSent message)
    {
        _sent.Enqueue(message);
        while (_sent.Count > MaxKept)
        {
            _sent.TryDequeue(out _);
        }
    }

    /// <summary>None at all when the data is a text that holds JSON instead of an object.</summary>
    private static Dictionary<string, string> Values(SandboxRequest request)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request.Member("data") is { ValueKind: JsonValueKind.Object } data)
        {
            foreach (var item in data.EnumerateObject())
            {
                if (item.Value.ValueKind == JsonValueKind.Object && item.Value.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    values[item.Name] = value.ToString();
                }
            }
        }

        return values;
    }
}

/// <summary>A message that the played WeChat delivered.</summary>
public sealed record SandboxSent(string OpenId, string TemplateId, string? Page, IReadOnlyDictionary<string, string> Data, DateTimeOffset At);

/// <summary>Which pages the played Mini Program has: all but those below <c>pages/missing</c>.</summary>
internal static class SandboxPages
{
    public static bool Has(string? page) => page is null || (!page.StartsWith('/') && !page.StartsWith("pages/missing", StringComparison.Ordinal));
}
