using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Beian.MiniApi.Sandbox.Face;

/// <summary>
/// Plays the provider of face checks. What happens is decided by the name: one that ends in 拒 fails, one that ends in 待 stays pending, every other passes
/// as soon as its result is read, so that a journey needs no browser. Kept in memory: after a restart a started check is gone, as an expired one would be.
/// </summary>
public sealed class FaceSandbox(TimeProvider time)
{
    private const int MaxChecks = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, Check> _byRef = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _refByToken = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Check> _oldestFirst = new();

    internal Check Start(FaceCheckAsked asked)
    {
        var check = new Check(Secret(), Secret(), asked, time.GetUtcNow() + Lifetime);
        _byRef[check.Ref] = check;
        _refByToken[check.Token] = check.Ref;
        _oldestFirst.Enqueue(check);
        while (_oldestFirst.Count > MaxChecks && _oldestFirst.TryDequeue(out var oldest))
        {
            _byRef.TryRemove(oldest.Ref, out _);
            _refByToken.TryRemove(oldest.Token, out _);
        }

        return check;
    }

    /// <summary>Null for a reference that was never given or has run out.</summary>
    internal Check? Find(string reference) => _byRef.TryGetValue(reference, out var check) && time.GetUtcNow() < check.ExpiresAt ? check : null;

    internal Check? FindByToken(string token) => _refByToken.TryGetValue(token, out var reference) ? Find(reference) : null;

    /// <summary>Notes that the person pressed the button, or that the result was read; the first time counts.</summary>
    internal Check Finish(Check check)
    {
        if (check.Outcome == "pending")
        {
            return check;
        }

        return _byRef.AddOrUpdate(check.Ref, check with { At = time.GetUtcNow() }, (_, now) => now.At is null ? now with { At = time.GetUtcNow() } : now);
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A check as the provider knows it.</summary>
    internal sealed record Check(string Ref, string Token, FaceCheckAsked Asked, DateTimeOffset ExpiresAt)
    {
        /// <summary>When it was judged, or null.</summary>
        public DateTimeOffset? At { get; init; }

        public string Outcome => Asked.Name.Trim() switch
        {
            var n when n.EndsWith('拒') => "failed",
            var n when n.EndsWith('待') => "pending",
            _ => "passed",
        };
    }
}

/// <summary>What the sandbox is asked to check.</summary>
public sealed record FaceCheckAsked(string CheckId, string Name, int CertificateType, string CertificateNumber);

/// <summary>A check that was taken.</summary>
public sealed record FaceCheckTaken(string Ref, string Url, DateTimeOffset ExpiresAt);

/// <summary>How a check went, with the values that were checked.</summary>
public sealed record FaceCheckJudged(
    string Status,
    string? Reason,
    string CheckId,
    string Name,
    int CertificateType,
    string CertificateNumber,
    double? Score,
    DateTimeOffset? At);
