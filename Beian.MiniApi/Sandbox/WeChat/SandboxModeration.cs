using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Content safety by a table of words; files by words in their address, with a verdict that is pushed later.</summary>
internal sealed class SandboxModeration(SandboxUsers users, SandboxPushes pushes, IOptions<SandboxWeChatOptions> options, TimeProvider time)
{
    private const int MaxText = 2_500;

    /// <summary>Words, what they are taken for, and the label.</summary>
    private static readonly (string Word, string Suggest, int Label)[] Words =
    [
        ("赌博", "risky", 20006), ("诈骗", "risky", 20008), ("色情", "risky", 20002), ("违规示例", "risky", 21000), ("sandbox-risky", "risky", 21000),
        ("低俗", "review", 20012), ("待审示例", "review", 21000), ("sandbox-review", "review", 21000),
    ];

    private readonly ConcurrentDictionary<(string OpenId, string Address), DateTimeOffset> _jobs = new();

    public SandboxWeChatReply Text(SandboxRequest request)
    {
        if (request.Text("content") is not { } content || request.Number("version") != 2)
        {
            return SandboxWeChatReply.Refusal(47001);
        }

        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        if (content.Length > MaxText)
        {
            return SandboxWeChatReply.Refusal(45002);
        }

        var all = $"{content} {request.Text("title")} {request.Text("nickname")} {request.Text("signature")}";
        var (word, suggest, label) = Words.FirstOrDefault(w => all.Contains(w.Word, StringComparison.Ordinal), (Word: string.Empty, Suggest: "pass", Label: 100));
        return SandboxWeChatReply.Done(
            ("result", new Dictionary<string, object> { ["suggest"] = suggest, ["label"] = label }),
            ("detail", new[]
            {
                new Dictionary<string, object> { ["strategy"] = "content_model", ["errcode"] = 0, ["suggest"] = suggest, ["label"] = label, ["prob"] = 90 },
                new Dictionary<string, object> { ["strategy"] = "keyword", ["errcode"] = 0, ["suggest"] = suggest, ["label"] = label, ["level"] = 20, ["keyword"] = word },
            }),
            ("trace_id", SandboxWeChatReply.Rid(time)));
    }

    public SandboxWeChatReply Media(SandboxRequest request)
    {
        if (request.Text("media_url") is not { } address || request.Number("version") != 2)
        {
            return SandboxWeChatReply.Refusal(47001);
        }

        if (request.Number("media_type") is not (1 or 2))
        {
            return SandboxWeChatReply.Refusal(40004);
        }

        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var openId = request.Text("openid")!;
        var delay = TimeSpan.FromMilliseconds(options.Value.MediaVerdictMilliseconds);
        var now = time.GetUtcNow();
        var running = false;
        _jobs.AddOrUpdate((openId, address), now + delay, (_, until) => (running = until > now) ? until : now + delay);
        if (running)
        {
            return SandboxWeChatReply.Refusal(87020);
        }

        var trace = SandboxWeChatReply.Rid(time);
        Push(openId, address, trace, delay);
        if (address.Contains("twice", StringComparison.Ordinal))
        {
            Push(openId, address, trace, delay * 2);
        }

        return SandboxWeChatReply.Done(("trace_id", trace));
    }

    /// <summary>What is wrong with scene and user, or null.</summary>
    private SandboxWeChatReply? Refuse(SandboxRequest request)
    {
        if (request.Number("scene") is not (>= 1 and <= 4))
        {
            return SandboxWeChatReply.Refusal(40129);
        }

        if (!SandboxUsers.IsOpenId(request.Text("openid")))
        {
            return SandboxWeChatReply.Refusal(40003);
        }

        return users.WasSeen(request.Text("openid")!) ? null : SandboxWeChatReply.Refusal(61010);
    }

    private void Push(string openId, string address, string trace, TimeSpan delay)
    {
        var gone = address.Contains("gone", StringComparison.Ordinal);
        var (suggest, label) = address switch
        {
            _ when address.Contains("risky", StringComparison.Ordinal) => ("risky", 20002),
            _ when address.Contains("review", StringComparison.Ordinal) => ("review", 21000),
            _ => ("pass", 100),
        };
        (string Name, JsonNode Value)[] verdict = gone ? [] :
        [
            ("detail", new JsonArray(new JsonObject { ["strategy"] = "content_model", ["errcode"] = 0, ["suggest"] = suggest, ["label"] = label, ["prob"] = 90 })),
            ("result", new JsonObject { ["suggest"] = suggest, ["label"] = label }),
        ];
        pushes.Later(
            openId,
            "wxa_media_check",
            delay,
            [("appid", options.Value.AppId), ("trace_id", trace), ("version", 2), ("errcode", gone ? -1008 : 0), ("errmsg", gone ? "download error" : "ok"), .. verdict]);
    }
}
