using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Something that can be marked for mending.</summary>
/// <param name="Key">Its pointer, or <c>paper:</c> and the id of a paper.</param>
/// <param name="MaterialId">The paper, or null.</param>
/// <param name="Reasons">What the catalogue has to say of it.</param>
public record Markable(string Key, string? MaterialId, IReadOnlyList<RejectionReason> Reasons);

/// <summary>A field with what was typed there.</summary>
/// <param name="Key">JSON pointer into the filing.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">What stands there, for people, masked where it is to be; null when nothing does.</param>
/// <param name="Reasons">What the catalogue has to say of it.</param>
public sealed record FieldLine(string Key, LocalText Label, string? Value, IReadOnlyList<RejectionReason> Reasons) : Markable(Key, null, Reasons)
{
    /// <summary>What stood there in the last round; null unless it changed since.</summary>
    public ChangeView? Change { get; init; }

    /// <summary>What the program found there.</summary>
    public IReadOnlyList<RequirementView> Findings { get; init; } = [];

    /// <summary>What the papers say otherwise.</summary>
    public IReadOnlyList<DifferenceView> Differences { get; init; } = [];
}

/// <summary>A part of the form.</summary>
/// <param name="WordKey">Key of its heading.</param>
/// <param name="Site">The site's name or domain, or null outside sites.</param>
/// <param name="Whole">Marks the part as a whole.</param>
/// <param name="Lines">Its fields.</param>
public sealed record FieldGroup(string WordKey, string? Site, Markable Whole, IReadOnlyList<FieldLine> Lines);

/// <summary>A paper.</summary>
/// <param name="View">What is known of it.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Site">Name of the site it belongs to, or null.</param>
/// <param name="Round">Number of the earlier round it is from; null for the present form's.</param>
/// <param name="Reasons">What the catalogue has to say of it.</param>
public sealed record PaperLine(MaterialView View, string Name, string? Site, int? Round, IReadOnlyList<RejectionReason> Reasons) : Markable(DeskInput.KeyOf(View), View.Id, Reasons)
{
    public bool IsFilm => View.ContentType.StartsWith("video/", StringComparison.Ordinal);
}

/// <summary>What the program found in the form.</summary>
/// <param name="View">It, with the rule and its version.</param>
/// <param name="CanTake">Whether it can be marked as it is.</param>
public sealed record FindingLine(RequirementView View, bool CanTake);

/// <summary>A check that needs a word before the approval.</summary>
/// <param name="Key">Name of its field on the page.</param>
/// <param name="View">What is known of it.</param>
/// <param name="Site">Name of the site, or null.</param>
public sealed record UnexplainedLine(string Key, UnexplainedView View, string? Site);

/// <summary>Somebody who has to verify by SMS.</summary>
/// <param name="Role"><c>subjectPrincipal</c> or <c>sitePrincipal</c>.</param>
/// <param name="SiteId">The site, or null.</param>
/// <param name="Site">Its name, or null.</param>
/// <param name="Phone">The number, masked where it is to be; those with one number verify together.</param>
/// <param name="VerifiedAt">When, or null while it is awaited.</param>
public sealed record SmsLine(string Role, string? SiteId, string? Site, string? Phone, DateTimeOffset? VerifiedAt);

/// <summary>Which paper the page shows.</summary>
/// <param name="Paper">The paper.</param>
/// <param name="Copy"><c>working</c>, <c>authority</c>, or empty for the picture as it was sent.</param>
/// <param name="Address">Where its bytes are.</param>
public sealed record OpenPaper(PaperLine Paper, string Copy, string Address);

/// <summary>The page of one filing.</summary>
public sealed record DeskModel
{
    public required ReviewView Review { get; init; }

    /// <summary>Who looks, and what they may do in this state.</summary>
    public required Actor By { get; init; }

    public required IReadOnlyList<FieldGroup> Groups { get; init; }

    /// <summary>The present papers, then those of earlier rounds that are gone from the form.</summary>
    public required IReadOnlyList<PaperLine> Papers { get; init; }

    /// <summary>Marks the filing as a whole.</summary>
    public required Markable Whole { get; init; }

    public required IReadOnlyList<FindingLine> Findings { get; init; }

    public required IReadOnlyList<UnexplainedLine> Unexplained { get; init; }

    public required IReadOnlyList<SmsLine> Sms { get; init; }

    /// <summary>Names of the members of staff by id.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Labels of fields by pointer.</summary>
    public required IReadOnlyDictionary<string, LocalText> Labels { get; init; }

    /// <summary>The paper that is open, or null.</summary>
    public OpenPaper? Open { get; init; }

    /// <summary>What was typed; shown again.</summary>
    public DeskInput Input { get; init; } = DeskInput.None;

    /// <summary>Why it was refused, or null.</summary>
    public DomainError? Error { get; init; }

    /// <summary>The single refusals, by the name of the field of the page where they belong.</summary>
    public ILookup<string, Finding> Placed { get; init; } = Array.Empty<Finding>().ToLookup(_ => string.Empty);

    /// <summary>Key of the phrase that says what was done; null to say nothing.</summary>
    public string? Done { get; init; }

    public FilingView Filing => Review.Filing;

    public FilingState State => Filing.State;

    public string Path => ConsolePaths.Filing(Filing.Id);

    /// <summary>Whether fields can be marked now, for the applicant or with the authority's rejection.</summary>
    public bool CanMark => Allows(FilingAction.RequestModification) || Allows(FilingAction.RecordAuthorityRejection);

    /// <summary>Whether the filing has come as far as the authority.</summary>
    public bool HasAuthority => State is FilingState.PendingAuthority or FilingState.SmsVerification or FilingState.SmsFailed or FilingState.AuthorityReview or FilingState.AuthorityRejected or FilingState.Approved;

    /// <summary>Everything that can be marked, in the order of the page.</summary>
    public IEnumerable<Markable> Markable => Groups.SelectMany(g => g.Lines.Prepend(g.Whole)).Concat(Papers.Where(p => p.Round is null)).Prepend(Whole);

    public bool Allows(FilingAction action) => FilingTransitions.Allows(State, action, By.Role);

    /// <summary>Whether the one who looks holds the claim at that time.</summary>
    public bool IsMine(DateTimeOffset now) => Review.Claim is { } claim && claim.ReviewerId == By.Id && now < claim.LapsesAt;

    /// <summary>What a member of staff is called.</summary>
    public string NameOf(string staffId) => Names.GetValueOrDefault(staffId, staffId);

    /// <summary>The label of what a pointer names; the pointer itself when it has none.</summary>
    public string LabelOf(string pointer, bool english) =>
        Labels.TryGetValue(ReasonFields.Pattern(pointer), out var label) ? (english ? label.En : label.Zh) : pointer;
}
