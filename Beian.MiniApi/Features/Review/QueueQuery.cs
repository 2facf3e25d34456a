using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Beian.MiniApi.Features.Review;

/// <summary>What the queue is asked for; absent means any.</summary>
public sealed record QueueQuery
{
    /// <summary>The longest overdue first.</summary>
    public const string Due = "due";

    /// <summary>The default order.</summary>
    public const string Newest = "newest";

    /// <summary>States of the queue by name; drafts are their applicants' own.</summary>
    public static readonly IReadOnlyList<string> States =
        [.. Enum.GetValues<FilingState>().Where(s => s is not (FilingState.Draft or FilingState.DraftExpired)).Select(FilingTransitions.NameOf)];

    /// <summary>Kinds of filings by name.</summary>
    public static readonly IReadOnlyList<string> Kinds = [.. Enum.GetValues<FilingKind>().Select(FilingTransitions.NameOf)];

    /// <summary>Name of a state.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    /// <summary>Division code.</summary>
    [FromQuery(Name = "province")]
    public string? Province { get; init; }

    /// <summary>Reviewer id, <c>me</c> or <c>none</c>.</summary>
    [FromQuery(Name = "assignee")]
    public string? Assignee { get; init; }

    /// <summary>True for filings past their due time.</summary>
    [FromQuery(Name = "overdue")]
    public bool? Overdue { get; init; }

    /// <summary><c>firstFiling</c> or <c>addSite</c>.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>A filing's own number, whole.</summary>
    [FromQuery(Name = "number")]
    public string? Number { get; init; }

    /// <summary>A domain as people type it; finds the filing that holds it.</summary>
    [FromQuery(Name = "domain")]
    public string? Domain { get; init; }

    /// <summary><c>newest</c> or <c>due</c>.</summary>
    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    /// <summary>What the queue does not know.</summary>
    public IEnumerable<Finding> Refusals()
    {
        if (State is not null && !States.Contains(State))
        {
            yield return new Finding("/state", "review.stateUnknown");
        }

        if (Kind is not null && !Kinds.Contains(Kind))
        {
            yield return new Finding("/kind", "review.kindUnknown");
        }

        if (Sort is not (null or Newest or Due))
        {
            yield return new Finding("/sort", "review.sortUnknown");
        }
    }

    /// <param name="user">Who is <c>me</c>.</param>
    /// <param name="book">Where the approved suffixes are.</param>
    /// <param name="now">What was due before it is overdue.</param>
    public QueueFilter Filter(CurrentUser user, ReferenceBook book, DateTimeOffset now) => new(State, Province, Assignee == "me" ? user.UserId : Assignee, Overdue == true ? now : null)
    {
        Kind = Kind,
        Number = Number,

        // What is no domain is left as it is, and found nowhere.
        Domain = Domain is null ? null : DomainNames.Read(Domain, book).Domain?.Ascii ?? Domain,
    };
}
