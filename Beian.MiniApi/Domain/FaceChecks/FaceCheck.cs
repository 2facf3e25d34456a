namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>How far a face check is.</summary>
public enum FaceCheckStatus
{
    NotStarted = 1,

    /// <summary>Started; the person has not finished, or the provider has not judged.</summary>
    Pending = 2,
    Passed = 3,
    Failed = 4,
}

/// <summary>
/// One face check of one person. It holds for exactly the name, certificate type and number behind <see cref="PersonDigest"/>: changing any of the
/// three voids it, and it serves every site whose principal has the same three.
/// </summary>
/// <param name="CheckId">Our id of this check.</param>
/// <param name="ProviderRef">The provider's reference; what the result is read by.</param>
/// <param name="PersonDigest">Digest of the three values it was started for; see <see cref="FaceChecks.PersonDigest"/>.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Reason">Why it failed, one of <see cref="FaceCheckReasons"/>; null otherwise.</param>
/// <param name="Url">Where the person does the check; null once finished.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="ExpiresAt">Until when the person may finish it, exclusive.</param>
/// <param name="FinishedAt">When it passed or failed; null before.</param>
/// <param name="DigestOfResult">Digest of the three values the provider says it checked; null before a result was read.</param>
public sealed record FaceCheck(
    string CheckId,
    string ProviderRef,
    string PersonDigest,
    FaceCheckStatus Status,
    string? Reason,
    string? Url,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? FinishedAt,
    string? DigestOfResult)
{
    /// <summary>Name of the provider that was asked; null for checks from before there were several. Only that provider knows the reference.</summary>
    public string? Provider { get; init; }

    /// <summary>For the provider's own component while it is pending; null once finished, and where there is only a url.</summary>
    public string? Token { get; init; }

    /// <summary>The user on whose phone it is done: one of the account, or the one it was handed over to. Null for checks from before it was kept.</summary>
    public string? PerformerId { get; init; }

    /// <summary>Likeness from 0 to 100 as the provider tells it, or null.</summary>
    public double? Score { get; init; }

    /// <summary>The picture that was kept because the province demands one, or null; see <see cref="FaceCheckPicture"/>.</summary>
    public FaceCheckPicture? Picture { get; init; }

    /// <summary>How long a started check may be finished: 24 hours, as WeChat gives its administrators for theirs.</summary>
    public static readonly TimeSpan TimeToFinish = TimeSpan.FromHours(24);

    /// <summary>How long a passed check is good: 30 days. Inferred; no published number was found.</summary>
    public static readonly TimeSpan PassedIsGoodFor = TimeSpan.FromDays(30);

    /// <summary>
    /// A check the provider has just accepted. Its link ends after <paramref name="validFor"/> or <see cref="TimeToFinish"/>, whichever is shorter: a
    /// span, because the provider counts in real time and <paramref name="now"/> is business time.
    /// </summary>
    /// <param name="checkId">Our id.</param>
    /// <param name="providerRef">The provider's reference.</param>
    /// <param name="personDigest">For whom.</param>
    /// <param name="url">Where the person does it, or null.</param>
    /// <param name="now">Business time.</param>
    /// <param name="validFor">How long the provider's link lives.</param>
    public static FaceCheck Started(string checkId, string providerRef, string personDigest, string? url, DateTimeOffset now, TimeSpan validFor) =>
        new(checkId, providerRef, personDigest, FaceCheckStatus.Pending, null, url, now, now + (validFor < TimeToFinish ? validFor : TimeToFinish), null, null);

    /// <summary>True while a passed check stands for the person with that digest.</summary>
    public bool Covers(string personDigest, DateTimeOffset now) =>
        Status == FaceCheckStatus.Passed && PersonDigest == personDigest && FinishedAt is { } at && now < at + PassedIsGoodFor;

    /// <summary>True while the person may still finish it.</summary>
    public bool IsOpen(DateTimeOffset now) => Status == FaceCheckStatus.Pending && now < ExpiresAt;

    /// <summary>The check passed. A result about another check or another person fails it instead.</summary>
    public FaceCheck Pass(string checkId, string digestOfResult, DateTimeOffset now) =>
        checkId == CheckId && digestOfResult == PersonDigest
            ? this with { Status = FaceCheckStatus.Passed, Reason = null, Url = null, Token = null, FinishedAt = now, DigestOfResult = digestOfResult }
            : Fail(FaceCheckReasons.RealnameMismatch, now) with { DigestOfResult = digestOfResult };

    /// <summary>The check failed, or ran out; another one may be started.</summary>
    public FaceCheck Fail(string reason, DateTimeOffset now) =>
        this with { Status = FaceCheckStatus.Failed, Reason = reason, Url = null, Token = null, FinishedAt = now };
}

/// <summary>The one picture of a face check that may be kept, for as long as it must be.</summary>
/// <param name="MaterialId">Its bytes, and its entry among the materials while it is there.</param>
/// <param name="DeleteAt">Business time at which it is deleted.</param>
/// <param name="DeletedAt">When it was; null while it is there. This note stays.</param>
public sealed record FaceCheckPicture(string MaterialId, DateTimeOffset DeleteAt, DateTimeOffset? DeletedAt);
