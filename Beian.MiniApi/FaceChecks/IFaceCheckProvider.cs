using Beian.MiniApi.Domain;

namespace Beian.MiniApi.FaceChecks;

/// <summary>Whom to check. Goes to the provider in a request body and nowhere else.</summary>
/// <param name="CheckId">Our id; comes back with the result.</param>
/// <param name="Name">As on the certificate.</param>
/// <param name="CertificateType">Code of the certificate types.</param>
/// <param name="CertificateNumber">As on the certificate.</param>
/// <param name="OpenId">The WeChat user on whose phone it is done, which WeChat's own verification is bound to; the others do without.</param>
public sealed record FaceCheckRequest(string CheckId, string Name, int CertificateType, string CertificateNumber, string? OpenId = null)
{
    /// <summary>Never the person: this may end up in a log.</summary>
    public override string ToString() => $"FaceCheckRequest {CheckId}";
}

/// <summary>Which result to read.</summary>
/// <param name="ProviderRef">From the start.</param>
/// <param name="Asked">What it was started with.</param>
public sealed record FaceCheckQuery(string ProviderRef, FaceCheckRequest Asked)
{
    /// <summary>Neither the person nor the reference, which is the key to a result.</summary>
    public override string ToString() => $"FaceCheckQuery {Asked.CheckId}";
}

/// <summary>A check the provider has accepted. Never prints: url and token are keys to it.</summary>
/// <param name="ProviderRef">Opaque; what the result is read by.</param>
/// <param name="Url">Where the person does it, or null when the provider only has a component of its own.</param>
/// <param name="Token">For the provider's component, or null when there is none.</param>
/// <param name="ExpiresAt">When the url or token ends, in the provider's real time.</param>
/// <param name="ValidFor">The same as a span from now, for business time.</param>
public sealed record FaceCheckStart(string ProviderRef, string? Url, string? Token, DateTimeOffset ExpiresAt, TimeSpan ValidFor)
{
    public override string ToString() => nameof(FaceCheckStart);
}

/// <summary>What the provider says about a check.</summary>
public enum FaceCheckOutcome
{
    Pending = 1,
    Passed = 2,
    Failed = 3,

    /// <summary>Ran out, or the provider knows it no longer.</summary>
    Expired = 4,
}

/// <summary>A result, to be compared with what was asked.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Reason">One of <see cref="Domain.FaceChecks.FaceCheckReasons"/> when it failed; null otherwise.</param>
/// <param name="CheckId">Our id as the provider repeats it; empty when it does not.</param>
/// <param name="PersonDigest">Over the three values that the provider says it checked; empty when it says nothing.</param>
/// <param name="Score">Likeness from 0 to 100, or null.</param>
/// <param name="At">When it was judged, in the provider's real time; null where that is not told.</param>
public sealed record FaceCheckResult(FaceCheckOutcome Status, string? Reason, string CheckId, string PersonDigest, double? Score, DateTimeOffset? At)
{
    public static readonly FaceCheckResult Pending = new(FaceCheckOutcome.Pending, null, string.Empty, string.Empty, null, null);

    public static readonly FaceCheckResult Expired = new(FaceCheckOutcome.Expired, Domain.FaceChecks.FaceCheckReasons.Expired, string.Empty, string.Empty, null, null);

    public static FaceCheckResult Failed(string? reason, double? score = null) =>
        new(FaceCheckOutcome.Failed, reason ?? Domain.FaceChecks.FaceCheckReasons.Other, string.Empty, string.Empty, score, null);

    public override string ToString() => $"FaceCheckResult {Status}";
}

/// <summary>The best frame of a check. Never prints.</summary>
/// <param name="Bytes">As the provider has it, not looked at; null when it has none.</param>
public sealed record FaceCheckFrame(byte[]? Bytes)
{
    public static readonly FaceCheckFrame None = new((byte[]?)null);

    public override string ToString() => nameof(FaceCheckFrame);
}

/// <summary>The one door to whoever compares a living face with a certificate.</summary>
public interface IFaceCheckProvider
{
    /// <summary>Kept with every check: its reference means nothing to another provider. Never renamed.</summary>
    string Name { get; }

    /// <summary>Code of the text that tells people who compares their face.</summary>
    string NameCode { get; }

    /// <summary>False for certificates the provider cannot look up; a picture of the person holding it takes the place of the check.</summary>
    bool Supports(int certificateType);

    /// <summary>
    /// Starts a check, or says why not: <c>faceCheck.notSupported</c>, <c>faceCheck.refused</c> with the reason, <c>faceCheck.unavailable</c>,
    /// <c>faceCheck.rateLimited</c>, <c>faceCheck.misconfigured</c>.
    /// </summary>
    Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken);

    /// <summary>Reads how a check went; refused as a start is, but for the person.</summary>
    Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken);

    /// <summary>The picture of a check that passed, asked for only where a province demands it; refused as a reading is.</summary>
    Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken);
}
