using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Export;

/// <summary>The user, whole: nothing is masked for its owner.</summary>
/// <param name="HasWeChatIdentity">Always true: WeChat's name for the user (openid) is kept, encrypted. It is WeChat's key to this user, of no use but to this service, and leaves it in no answer.</param>
internal sealed record ExportedUserView(string Id, string? Phone, DateTimeOffset CreatedAt, NotificationChoices Notifications, string? Language, bool HasWeChatIdentity);

/// <param name="Users">How many work for it; who the others are is theirs.</param>
internal sealed record ExportedAccountView(string Id, DateTimeOffset CreatedAt, RealName RealName, int Users);

internal sealed record ExportedMessageView(string Id, string FilingId, string? FilingNumber, string Code, string Title, string Message, DateTimeOffset At, DateTimeOffset? ReadAt);

internal sealed record ExportedPermissionView(string TemplateId, DateTimeOffset GrantedAt, DateTimeOffset? SpentAt);

internal sealed record ExportedDeliveryView(string TemplateId, string? MessageId, string ErrorCode, string? ErrorStatus, DateTimeOffset At);

/// <summary>A text message or mail about a filing, to one of its people.</summary>
/// <param name="Channel"><c>sms</c> or <c>mail</c>.</param>
/// <param name="Address">The number or mail address, whole; null when the filing names it no more: a message that is out keeps no address.</param>
/// <param name="Event">What it told of, such as <c>approve</c>.</param>
/// <param name="Reason">Why it is not sent, as a code; null otherwise.</param>
internal sealed record ExportedMessageOutView(
    string FilingId, string Channel, string? Address, string Event, DeliveryState State, string? Reason, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt);

/// <param name="Last4">The last characters of the code; the whole one is a secret and stands in the list of codes.</param>
internal sealed record ExportedAuthCodeView(string Id, string Last4, string ResourceId, string TargetAccountId, string? Note, DateTimeOffset CreatedAt);

/// <param name="Content">Where the bytes are.</param>
internal sealed record ExportedPaperView(MaterialView Paper, string Content);

/// <summary>The form, as it is or as it was handed in.</summary>
internal sealed record ExportedFormView(VerificationView Verification, SubjectView Subject, IReadOnlyList<SiteView> Sites, IReadOnlyList<ExportedPaperView> Materials);

/// <summary>A call of the review; who called is the provider's.</summary>
internal sealed record ExportedCallView(DateTimeOffset At, string Phone, CallOutcome Outcome, string? Note, bool Counted);

internal sealed record ExportedRoundView
{
    public required int Number { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required ExportedFormView Form { get; init; }

    public required IReadOnlyList<AgreementAcceptance> Agreements { get; init; }

    public required string RulesVersion { get; init; }

    public required IReadOnlyList<ExportedCallView> Calls { get; init; }

    public required IReadOnlyList<UnknownExplanation> Explanations { get; init; }

    public required IReadOnlyList<ReviewFindingView> Findings { get; init; }

    public required string? EndedBy { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Something that happened; in which capacity, never by whom.</summary>
internal sealed record ExportedEventView(
    DateTimeOffset At, FilingAction Action, Role Role, FilingState From, FilingState To, string? Code, string? Note, IReadOnlyList<ReviewFindingView> Findings);

/// <summary>The filed subject with its sites.</summary>
/// <param name="Source"><c>filing</c>, or <c>import</c> when it was filed before this service.</param>
internal sealed record ExportedSubjectView(
    string Id, string Number, VerificationView Identity, SubjectView Subject, IReadOnlyList<FiledSite> Sites, string Source, DateTimeOffset FiledAt);

internal sealed record ExportedFilingView
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required FilingKind? Kind { get; init; }

    public required FilingState State { get; init; }

    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset StateSince { get; init; }

    public required DateTimeOffset LastActivityAt { get; init; }

    public required string? SubjectId { get; init; }

    public required string? SubjectNumber { get; init; }

    public required ExportedFormView Form { get; init; }

    /// <summary>When the applicant wants to be called; null for any time.</summary>
    public required CallWindowView? CallWindow { get; init; }

    public required IReadOnlyList<SmsTargetView> SmsTargets { get; init; }

    public required IReadOnlyList<ExportedRoundView> Rounds { get; init; }

    public required IReadOnlyList<ExportedEventView> History { get; init; }

    /// <summary>Where the letters of the filing are, filled in anew at each look.</summary>
    public required string Letters { get; init; }
}
