using System.Text.Json.Serialization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.Journey;

/// <summary>A filing with all its steps, as its applicant sees it.</summary>
public sealed record FilingView
{
    public required string Id { get; init; }

    /// <summary>For the telephone: digits, the last one a check digit.</summary>
    public required string Number { get; init; }

    /// <summary><c>firstFiling</c> or <c>addSite</c>; null until verified.</summary>
    public required FilingKind? Kind { get; init; }

    public required FilingState State { get; init; }

    /// <summary>Grows with every edit and change of state; send it back in <c>If-Match</c>.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StateSince { get; init; }

    /// <summary>The filed subject a site is added to, or null.</summary>
    public required string? SubjectId { get; init; }

    public required bool SubjectConfirmed { get; init; }

    /// <summary>主体备案号, once there is one.</summary>
    public required string? SubjectNumber { get; init; }

    public required VerificationView Verification { get; init; }

    public required SubjectView Subject { get; init; }

    public required IReadOnlyList<SiteView> Sites { get; init; }

    public required IReadOnlyList<MaterialView> Materials { get; init; }

    public required IReadOnlyList<StepView> Steps { get; init; }

    public required RequirementsView Requirements { get; init; }

    public required DeadlinesView Deadlines { get; init; }

    /// <summary>When the applicant wants to be called; null for any time in office hours.</summary>
    public required CallWindowView? CallWindow { get; init; }

    /// <summary>What the last review or the authority wants changed; null when nothing was sent back.</summary>
    public required RejectionView? Rejection { get; init; }

    /// <summary>Whether fields may be changed now: everything, some (see <c>rejection.openFields</c>) or nothing.</summary>
    public required string Editable { get; init; }

    /// <summary>What the applicant may do now.</summary>
    public required IReadOnlyList<string> AllowedActions { get; init; }

    /// <summary>Who must verify by SMS, while that step runs.</summary>
    public required IReadOnlyList<SmsTargetView> SmsTargets { get; init; }
}

public sealed record RegionView(string? Province, string? City, string? District);

/// <summary>The step 验证备案类型.</summary>
public sealed record VerificationView
{
    public required VerificationStatus Status { get; init; }

    public required DateTimeOffset? VerifiedAt { get; init; }

    public required RegionView? Region { get; init; }

    public required int? SubjectNature { get; init; }

    public required int? CertificateType { get; init; }

    public required string? CertificateNumber { get; init; }

    /// <summary>As typed.</summary>
    public required string? Domain { get; init; }

    /// <summary>What is filed for: the registrable domain, Chinese labels readable; null when the typed one cannot be filed.</summary>
    public required string? RegistrableDomain { get; init; }

    public required ResourceChoice? Resource { get; init; }

    public required IReadOnlyList<CheckView> Checks { get; init; }
}

/// <summary>One check of a fact outside the form.</summary>
/// <param name="Check">Its name.</param>
/// <param name="Outcome"><c>passed</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="Code">What was found, or null.</param>
/// <param name="Message">The same for people, or null.</param>
/// <param name="Evidence">What it rests on, or null.</param>
/// <param name="CheckedAt">When.</param>
public sealed record CheckView(string Check, string Outcome, string? Code, string? Message, string? Evidence, DateTimeOffset CheckedAt);

public sealed record LegalRepresentativeView(string? Name, int? CertificateType, string? CertificateNumber);

/// <summary>主体信息.</summary>
public sealed record SubjectView
{
    public required string? Name { get; init; }

    public required string? CertificateAddress { get; init; }

    public required string? MailingAddress { get; init; }

    public required string? Investor { get; init; }

    /// <summary>Last day of the certificate, or <c>longTerm</c>; null when not told.</summary>
    public required string? CertificateValidTo { get; init; }

    /// <summary>经营范围; null when not told.</summary>
    public required string? BusinessScope { get; init; }

    public required LegalRepresentativeView? LegalRepresentative { get; init; }

    public required string? Remark { get; init; }

    public required PersonView Principal { get; init; }
}

/// <summary>负责人.</summary>
public sealed record PersonView
{
    public required string? Name { get; init; }

    public required int? CertificateType { get; init; }

    public required string? CertificateNumber { get; init; }

    public required string? ValidFrom { get; init; }

    public required string? ValidTo { get; init; }

    public required string? Mobile { get; init; }

    public required string? Phone2 { get; init; }

    public required string? Landline { get; init; }

    public required string? EmergencyPhone { get; init; }

    public required string? Email { get; init; }

    /// <summary>Only on a site's principal: true when it is the subject's, by reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? SameAsSubjectPrincipal { get; init; }
}

/// <summary>网站信息.</summary>
public sealed record SiteView
{
    public required string Id { get; init; }

    public required string? Kind { get; init; }

    public required string? Name { get; init; }

    public required string? Domain { get; init; }

    /// <summary>The registrable domain that is filed, or null while it cannot be.</summary>
    public required string? RegistrableDomain { get; init; }

    public required ResourceChoice? Resource { get; init; }

    /// <summary>The addresses that are filed with it.</summary>
    public required IReadOnlyList<string> PublicIps { get; init; }

    /// <summary>Set to the registrable domain when nothing was typed.</summary>
    public required string? HomeUrl { get; init; }

    public required IReadOnlyList<int> ServiceContents { get; init; }

    public required IReadOnlyList<int> Languages { get; init; }

    public required IReadOnlyList<PreApprovalView> PreApprovals { get; init; }

    public required string? Remark { get; init; }

    /// <summary>True for the site that verification made: its domain and resource change there.</summary>
    public required bool FromVerification { get; init; }

    public required PersonView Principal { get; init; }

    public required FaceCheckView FaceCheck { get; init; }

    public required IReadOnlyList<CheckView> Checks { get; init; }

    /// <summary>网站备案号, once approved.</summary>
    public required string? Number { get; init; }
}

public sealed record PreApprovalView(string? Type, string? Number);

/// <summary>视频核身 of a site's principal.</summary>
/// <param name="Status"><c>notStarted</c>, <c>pending</c>, <c>passed</c> or <c>failed</c>.</param>
/// <param name="CheckId">Null when none was started for the present person.</param>
/// <param name="Reason">Why it failed, or null.</param>
/// <param name="Url">Where to do it while it is pending.</param>
/// <param name="ExpiresAt">Until when, while it is pending.</param>
public sealed record FaceCheckView(string Status, string? CheckId, string? Reason, string? Url, DateTimeOffset? ExpiresAt)
{
    /// <summary>For the provider's own component while it is pending; null where there is only a url.</summary>
    public string? Token { get; init; }

    /// <summary>Why it failed, for people; null with the reason.</summary>
    public string? Message { get; init; }

    /// <summary>What to do about that, or null.</summary>
    public string? Remedy { get; init; }

    /// <summary>Kind of the picture that does instead, where the check cannot be done or is declined; null once it has passed.</summary>
    public string? Alternative { get; init; }

    /// <summary>When the picture that the province demanded was deleted; left out where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PictureDeletedAt { get; init; }
}

/// <summary>An uploaded paper.</summary>
public sealed record MaterialView
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Part { get; init; }

    public required string? SiteId { get; init; }

    public required string FileName { get; init; }

    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    public required int? Width { get; init; }

    public required int? Height { get; init; }

    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>The day a letter was signed, as told with the upload; null otherwise.</summary>
    public required DateOnly? SignedOn { get; init; }

    /// <summary>When it is deleted by itself; left out for papers, which are not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeleteAt { get; init; }

    /// <summary>What may cost legibility; never a refusal.</summary>
    public required IReadOnlyList<HintView> Hints { get; init; }

    /// <summary>How far the recognition of the picture came; null when nobody asked for it.</summary>
    public required RecognitionView? Recognition { get; init; }

    /// <summary><c>pendingScan</c>, <c>clean</c> or <c>infected</c>; left out where no scanner is configured. What is pending cannot be submitted; what was infected is deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scan { get; init; }

    /// <summary>The copies made of a picture; left out for films.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MaterialCopiesView? Copies { get; init; }
}

/// <summary>The copies of a picture.</summary>
/// <param name="State"><c>pending</c>, <c>ready</c> or <c>failed</c>.</param>
/// <param name="Working">Upright and without camera data, as large as the picture; null before it is made.</param>
/// <param name="Authority">What the authority gets; null before it is made.</param>
public sealed record MaterialCopiesView(string State, MaterialCopyView? Working, MaterialCopyView? Authority);

/// <summary>A copy of a picture.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Watermarked">Whether it bears the words that it is for filing only.</param>
public sealed record MaterialCopyView(string ContentType, long Size, string Sha256, int Width, int Height, bool Watermarked);

/// <summary>How far the recognition of a picture came. It is an aid for typing: whatever it says, the fields can be typed by hand.</summary>
/// <param name="Status"><c>recognised</c>, <c>unreadable</c> (take the picture again, or type) or <c>unavailable</c> (nobody looked: type).</param>
/// <param name="Code">Why nothing was read, such as <c>ocr.notFound</c>; null when something was.</param>
/// <param name="Message">The same for people, with what to do.</param>
public sealed record RecognitionView(string Status, string? Code, string? Message);

public sealed record HintView(string Code, string Message);

public sealed record StepView(string Step, string? SiteId, string Status, bool Visitable);

/// <summary>What stands between the filing and its submission.</summary>
public sealed record RequirementsView(
    bool Complete,
    IReadOnlyList<RequirementView> Due,
    IReadOnlyList<RequirementView> Warnings,
    IReadOnlyList<RequirementView> Pending,
    IReadOnlyList<UpcomingView> Upcoming);

/// <summary>A rule that will begin to judge, and what it will say of the filing as it is.</summary>
/// <param name="EffectiveFrom">First day it judges.</param>
public sealed record UpcomingView(
    string Code, DateOnly EffectiveFrom, string Pointer, string? SiteId, string Severity, string Message, string? Remedy, string? RuleId, string PackVersion, string? Kind, string? Part);

/// <summary>One open point, with its field and its remedy.</summary>
public sealed record RequirementView
{
    public required string? Step { get; init; }

    public required string? SiteId { get; init; }

    /// <summary>JSON pointer into the filing.</summary>
    public required string Pointer { get; init; }

    public required string Code { get; init; }

    public required string Severity { get; init; }

    public required string Message { get; init; }

    public required string? Remedy { get; init; }

    /// <summary>The rule that judged: pack or data file, and row.</summary>
    public required string? RuleId { get; init; }

    /// <summary>That pack or data file with its version.</summary>
    public required string PackVersion { get; init; }

    /// <summary>The check of an outside fact that found it, asked again at submission; left out for what the form itself says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Check { get; init; }

    /// <summary>What another source says of the same point; left out where the sources agree.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conflict { get; init; }

    /// <summary>Id of the material that is due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Its missing part.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Part { get; init; }

    /// <summary>Other materials that would do as well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Alternatives { get; init; }
}

/// <summary>When something happens by itself, or is promised.</summary>
/// <param name="DraftExpiresAt">The draft expires unless it is saved before.</param>
/// <param name="ReturnsToDraftAt">The filing goes back to the draft unless something is done before.</param>
/// <param name="ReviewDueAt">The provider promises its review by then.</param>
/// <param name="SmsVerifyBy">Both principals must have verified by then.</param>
/// <param name="AuthorityDueAt">The authority must have answered by then, by law.</param>
public sealed record DeadlinesView(
    DateTimeOffset? DraftExpiresAt,
    DateTimeOffset? ReturnsToDraftAt,
    DateTimeOffset? ReviewDueAt,
    DateTimeOffset? SmsVerifyBy,
    DateTimeOffset? AuthorityDueAt)
{
    /// <summary>Every date of the present state with its reason, the nearest first; one that has passed is still named while it stands.</summary>
    public required IReadOnlyList<DeadlineView> Items { get; init; }
}

/// <summary>A date and why it is that one.</summary>
/// <param name="Code">Which, such as <c>deadline.reviewDue</c>.</param>
/// <param name="At">When.</param>
/// <param name="Title">Its short name for people.</param>
/// <param name="Reason">What it is counted from and by which calendar, for people.</param>
public sealed record DeadlineView(string Code, DateTimeOffset At, string Title, string Reason);

/// <summary>When the applicant wants to be called, on working days in Shanghai.</summary>
/// <param name="From">Such as <c>09:00</c>.</param>
/// <param name="To">Such as <c>18:00</c>; exclusive.</param>
/// <param name="Note">What the reviewer should know, or null.</param>
public sealed record CallWindowView(string From, string To, string? Note);

/// <summary>Why the filing came back.</summary>
/// <param name="Stage"><c>provider</c> or <c>authority</c>.</param>
/// <param name="Reason"><c>callUnreachable</c>; for a failed SMS step <c>timeout</c>, <c>tooManyErrors</c> or <c>notVerified</c>; else null.</param>
/// <param name="Message">The authority's or the reviewer's words for the whole, or null.</param>
/// <param name="Findings">The marked fields; empty opens everything.</param>
/// <param name="OpenFields">Pointers of what may be changed now, each with everything below it; empty with everything or nothing open.</param>
public sealed record RejectionView(string Stage, string? Reason, string? Message, IReadOnlyList<ReviewFindingView> Findings, IReadOnlyList<string> OpenFields);

public sealed record ReviewFindingView(string Pointer, string Reason, string? Suggestion, string? MaterialId);

/// <param name="Role"><c>subjectPrincipal</c> or <c>sitePrincipal</c>.</param>
/// <param name="SiteId">For a site's principal.</param>
/// <param name="Verified">True once the authority's system said so.</param>
public sealed record SmsTargetView(string Role, string? SiteId, bool Verified);
