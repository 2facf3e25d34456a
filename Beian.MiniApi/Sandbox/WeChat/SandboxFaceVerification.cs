using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>
/// WeChat's face verification. The name decides: one that ends in 拒 is somebody else, one that ends in 待 is not finished until its result is set, every
/// other passes as soon as it is asked for.
/// </summary>
internal sealed partial class SandboxFaceVerification(TimeProvider time)
{
    private const int MaxKept = 10_000;
    private const int Mismatch = 10004;
    private const int NotFinished = 10300;
    private const int Recognised = 10000;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(3_600);

    private readonly ConcurrentDictionary<string, string> _serials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Check> _checks = new(StringComparer.Ordinal);

    public SandboxWeChatReply Start(SandboxRequest request)
    {
        var certificate = request.Member("cert_info");
        string? Of(string name) => certificate is { ValueKind: JsonValueKind.Object } c && c.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;
        var serial = request.Text("out_seq_no");
        var openId = request.Text("openid");
        var errcode = serial switch
        {
            null or "" => 84010,
            _ when !Serial().IsMatch(serial) => 84011,
            _ when certificate is not { ValueKind: JsonValueKind.Object } => 84012,
            _ when Of("cert_type") != WeChatFacePerson.CertificateType => 84013,
            _ when Of("cert_name") is not { Length: >= 2 and <= 50 } => 84014,
            _ when Of("cert_no") is not { } number || !IdentityNumber().IsMatch(number) => 84015,
            _ when string.IsNullOrEmpty(openId) => 84016,
            _ when !SandboxUsers.IsOpenId(openId) => 40003,
            _ when _checks.Count >= MaxKept => 45009,
            _ when !_serials.TryAdd(serial, openId) => 84019,
            _ => 0,
        };
        if (errcode != 0)
        {
            return SandboxWeChatReply.Refusal(errcode);
        }

        var id = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var hash = WeChatSignatures.OfCertificate(Of("cert_type")!, Of("cert_name")!, Of("cert_no")!);
        _checks[id] = new Check(serial!, openId!, hash, ByName(Of("cert_name")!), time.GetUtcNow() + Life);
        return SandboxWeChatReply.Done(("verify_id", id), ("expires_in", (int)Life.TotalSeconds));
    }

    public SandboxWeChatReply Query(SandboxRequest request)
    {
        if (request.Text("verify_id") is not { Length: > 0 } id)
        {
            return SandboxWeChatReply.Refusal(84021);
        }

        var known = _checks.GetValueOrDefault(id);
        var errcode = known switch
        {
            _ when request.Text("out_seq_no") is not { Length: > 0 } => 84010,
            _ when request.Text("openid") is not { Length: > 0 } => 84016,
            null => 84022,
            _ when request.Text("out_seq_no") != known.Serial => 84020,
            _ when request.Text("openid") != known.OpenId => 84017,
            _ when request.Text("cert_hash") != known.Hash => 84018,
            _ when time.GetUtcNow() > known.ExpiresAt => 84022,
            _ => 0,
        };
        return errcode == 0 ? SandboxWeChatReply.Done(("verify_ret", known!.Result)) : SandboxWeChatReply.Refusal(errcode);
    }

    /// <summary>The phone finished: sets what a verification answers from now on. False for one that there is not.</summary>
    public bool Finish(string verifyId, int result)
    {
        if (!_checks.TryGetValue(verifyId, out var check))
        {
            return false;
        }

        _checks[verifyId] = check with { Result = result };
        return true;
    }

    private static int ByName(string name) => name.Trim() switch
    {
        var n when n.EndsWith('拒') => Mismatch,
        var n when n.EndsWith('待') => NotFinished,
        _ => Recognised,
    };

    [GeneratedRegex("^[0-9A-Za-z_-]{5,32}$")]
    private static partial Regex Serial();

    [GeneratedRegex("^[0-9]{17}[0-9X]$")]
    private static partial Regex IdentityNumber();

    private sealed record Check(string Serial, string OpenId, string Hash, int Result, DateTimeOffset ExpiresAt);
}
