using Beian.MiniApi.Domain;

namespace Beian.MiniApi.FaceChecks;

/// <summary>Whom to check. Goes to the provider in a request body and nowhere else.</summary>
/// <param name="CheckId">Our id; comes back with the result.</param>
/// <param name="Name">As on the certificate.</param>
/// <param name="CertificateType">Code of the certificate types.</param>
/// <param name="CertificateNumber">As on the certificate.</param>
public sealed record FaceCheckRequest(string CheckId, string Name, int CertificateType, string CertificateNumber)
{
    /// <summary>Never the person: this may end up in a log.</summary>
    public override string ToString() => $"FaceCheckRequest {CheckId}";
}

/// <summary>A check the provider has accepted.</summary>
/// <param name="ProviderRef">Opaque; what the result is read by.</param>
/// <param name="Url">Where the person does it, or null when the provider gives a token for its own component.</param>
/// <param name="Token">For the provider's component, or null when there is a url.</param>
/// <param name="ExpiresAt">When the url or token ends, in the provider's real time.</param>
/// <param name="ValidFor">The same as a span from now, for business time.</param>
public sealed record FaceCheckStart(string ProviderRef, string? Url, string? Token, DateTimeOffset ExpiresAt, TimeSpan ValidFor);

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
/// <param name="CheckId">Our id as the provider repeats it; empty when expired.</param>
/// <param name="PersonDigest">Over the three values that the provider says it checked; empty when expired.</param>
/// <param name="Score">Likeness from 0 to 100, or null.</param>
/// <param name="At">When it was judged, in the provider's real time; null while pending.</param>
public sealed record FaceCheckResult(FaceCheckOutcome Status, string? Reason, string CheckId, string PersonDigest, double? Score, DateTimeOffset? At);

/// <summary>The one door to whoever compares a living face with a certificate.</summary>
public interface IFaceCheckProvider
{
    /// <summary>False for certificates the provider cannot look up; a picture of the person holding it takes the place of the check.</summary>
    bool Supports(int certificateType);

    /// <summary>Starts a check, or says why not: <c>faceCheck.notSupported</c>, <c>faceCheck.unavailable</c>.</summary>
    Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken);

    /// <summary>Reads how a check went, or <c>faceCheck.unavailable</c>.</summary>
    Task<Result<FaceCheckResult>> ReadAsync(string providerRef, CancellationToken cancellationToken);
}
