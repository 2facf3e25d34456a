using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Users as the played WeChat knows them since the server started: when they were last seen, and their session keys.</summary>
internal sealed class SandboxUsers(IOptions<SandboxWeChatOptions> options, TimeProvider time)
{
    private static readonly TimeSpan SeenFor = TimeSpan.FromHours(2);

    private readonly ConcurrentDictionary<string, User> _byOpenId = new(StringComparer.Ordinal);

    /// <summary>Notes a login and gives the session key: the same one until it is old enough to be replaced.</summary>
    public string LogIn(string openId)
    {
        var now = time.GetUtcNow();
        var rotation = TimeSpan.FromMinutes(options.Value.SessionKeyMinutes);
        return _byOpenId.AddOrUpdate(
            openId,
            _ => new User(0, now, now),
            (_, known) => now - known.KeyMadeAt >= rotation ? new User(known.Generation + 1, now, now) : known with { SeenAt = now }).KeyOf(openId);
    }

    /// <summary>Whether the user opened the Mini Program within the last two hours.</summary>
    public bool WasSeen(string openId) => _byOpenId.TryGetValue(openId, out var user) && time.GetUtcNow() - user.SeenAt <= SeenFor;

    /// <summary>The refusal of a signature over nothing that was not made with the present key, or null.</summary>
    public SandboxWeChatReply? JudgeSignature(SandboxRequest request)
    {
        if (!IsOpenId(request.Query("openid")))
        {
            return SandboxWeChatReply.Refusal(40003);
        }

        if (request.Query("sig_method") != "hmac_sha256")
        {
            return SandboxWeChatReply.Refusal(87008);
        }

        if (!_byOpenId.TryGetValue(request.Query("openid")!, out var user))
        {
            return SandboxWeChatReply.Refusal(87007);
        }

        return WeChatSignatures.OfSession(user.KeyOf(request.Query("openid")!), string.Empty) == request.Query("signature") ? null : SandboxWeChatReply.Refusal(87009);
    }

    /// <summary>Replaces the key at once.</summary>
    public SandboxWeChatReply Reset(string openId)
    {
        var user = _byOpenId.AddOrUpdate(openId, _ => new User(1, time.GetUtcNow(), time.GetUtcNow()), (_, known) => known with { Generation = known.Generation + 1 });
        return SandboxWeChatReply.Done(("openid", openId), ("session_key", user.KeyOf(openId)));
    }

    /// <summary>Whether a text looks like an openid: <c>o</c> and 27 of <c>A-Za-z0-9_-</c>.</summary>
    public static bool IsOpenId(string? text) => text is { Length: 28 } && text[0] == 'o' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private sealed record User(int Generation, DateTimeOffset KeyMadeAt, DateTimeOffset SeenAt)
    {
        public string KeyOf(string openId) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"beian sandbox session_key\n{openId}\n{Generation}"))[..16]);
    }
}
