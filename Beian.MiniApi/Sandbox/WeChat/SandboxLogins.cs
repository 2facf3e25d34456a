using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>
/// Login codes chosen by input: <c>sandbox-name</c> or <c>sandbox-name-anything</c> logs <c>name</c> in, once per code; the names <c>used</c>,
/// <c>busy</c>, <c>blocked</c> and <c>down</c> are the failures, and <c>phone</c> is for telephone numbers. A name has the same openid for ever. Which codes were used is forgotten when the process ends.
/// </summary>
internal sealed class SandboxLogins(SandboxUsers users)
{
    private const string Prefix = "sandbox-";
    private const int MaxCodeLength = 256;

    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);

    public SandboxWeChatReply Exchange(string appId, string code)
    {
        if (NameOf(code) is not { } name)
        {
            return SandboxWeChatReply.Refusal(40029, "invalid code");
        }

        return name switch
        {
            "phone" => SandboxWeChatReply.Refusal(40029, "invalid code"),
            "used" => SandboxWeChatReply.Refusal(40163, "code been used"),
            "blocked" => SandboxWeChatReply.Refusal(40226, "code blocked"),
            "busy" => SandboxWeChatReply.Refusal(45011, "api minute-quota reach limit  mustslower  retry next minute"),
            "down" => SandboxWeChatReply.Gateway(StatusCodes.Status500InternalServerError),
            _ when !_used.TryAdd(code, true) => SandboxWeChatReply.Refusal(40163, "code been used"),
            _ => SandboxWeChatReply.Success(
                ("session_key", users.LogIn(OpenId(appId, name))),
                ("openid", OpenId(appId, name))),
        };
    }

    /// <summary>Which user a code stands for; null for what is no sandbox code.</summary>
    public static string? NameOf(string code)
    {
        if (!code.StartsWith(Prefix, StringComparison.Ordinal) || code.Length > MaxCodeLength)
        {
            return null;
        }

        var name = code[Prefix.Length..].Split('-', 2)[0];
        return name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.') ? name : null;
    }

    /// <summary>28 characters: <c>o</c> and 27 of <c>A-Za-z0-9_-</c>.</summary>
    public static string OpenId(string appId, string name) =>
        "o" + Convert.ToBase64String(Digest("openid", appId, name))[..27].Replace('+', '-').Replace('/', '_');

    private static byte[] Digest(string purpose, string appId, string name) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"beian sandbox {purpose}\n{appId}\n{name}"));
}
