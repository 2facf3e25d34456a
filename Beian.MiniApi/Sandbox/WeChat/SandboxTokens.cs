using System.Globalization;
using System.Security.Cryptography;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>
/// The access tokens of one issuing endpoint. WeChat keeps those of <c>token</c> and <c>stable_token</c> apart: neither voids the other's.
/// </summary>
internal sealed class SandboxTokens(TimeProvider time)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private const int ForcedPerDay = 20;

    private static readonly TimeSpan Life = TimeSpan.FromSeconds(7200);

    /// <summary>From here on a new token is given, and for so long the old one goes on working.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan ForcedGap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _expiries = new(StringComparer.Ordinal);
    private string? _current;
    private DateTimeOffset _lastForced = DateTimeOffset.MinValue;
    private (DateOnly Day, int Count) _forced;

    /// <summary><c>stable_token</c> in normal mode: the present token with what is left of its life, until its last five minutes.</summary>
    public SandboxWeChatReply GiveStable()
    {
        lock (_gate)
        {
            return _current is { } token && Left(token) > Overlap ? Present(token) : Replace();
        }
    }

    /// <summary><c>stable_token</c> in forced mode: the old token dies at once; within 30 s of the last time nothing changes.</summary>
    public SandboxWeChatReply Force()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_current is { } token && now - _lastForced < ForcedGap && Left(token) > TimeSpan.Zero)
            {
                return Present(token);
            }

            var today = DateOnly.FromDateTime(now.ToOffset(ChinaOffset).DateTime);
            var count = _forced.Day == today ? _forced.Count : 0;
            if (count >= ForcedPerDay)
            {
                return SandboxWeChatReply.Refusal(45009, "reach max api daily quota limit");
            }

            (_lastForced, _forced) = (now, (today, count + 1));
            _expiries.Clear();
            _current = null;
            return Replace();
        }
    }

    /// <summary><c>token</c>: every call gives a new one; the former works for five minutes more.</summary>
    public SandboxWeChatReply GiveNew()
    {
        lock (_gate)
        {
            return Replace();
        }
    }

    /// <summary>What a call with this token is refused with, or null when the token is good.</summary>
    public SandboxWeChatReply? Judge(string? token)
    {
        lock (_gate)
        {
            if (string.IsNullOrEmpty(token))
            {
                return SandboxWeChatReply.Refusal(41001, "access_token missing");
            }

            if (!_expiries.ContainsKey(token))
            {
                return SandboxWeChatReply.Refusal(40001, "invalid credential, access_token is invalid or not latest");
            }

            return Left(token) > TimeSpan.Zero ? null : SandboxWeChatReply.Refusal(42001, "access_token expired");
        }
    }

    private SandboxWeChatReply Replace()
    {
        var now = time.GetUtcNow();
        if (_current is { } old && _expiries[old] > now + Overlap)
        {
            _expiries[old] = now + Overlap;
        }

        var prefix = RandomNumberGenerator.GetInt32(10, 100).ToString(CultureInfo.InvariantCulture);
        _current = prefix + "_" + RandomNumberGenerator.GetString(Alphabet, 130);
        _expiries[_current] = now + Life;
        return Present(_current);
    }

    private SandboxWeChatReply Present(string token) =>
        SandboxWeChatReply.Success(("access_token", token), ("expires_in", (int)Math.Ceiling(Left(token).TotalSeconds)));

    private TimeSpan Left(string token) => _expiries[token] - time.GetUtcNow();
}
