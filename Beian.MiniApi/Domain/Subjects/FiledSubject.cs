using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Subjects;

/// <summary>A filed site (已备案网站).</summary>
/// <param name="Number">网站备案号.</param>
/// <param name="Name">Name as filed.</param>
/// <param name="Domain">Registrable domain as an A-label.</param>
/// <param name="ResourceId">The cloud resource it is filed on, or null when imported without.</param>
/// <param name="PublicIps">The addresses filed.</param>
/// <param name="Principal">网站负责人 as filed.</param>
/// <param name="FilingId">The filing that brought it, or null when imported.</param>
/// <param name="ApprovedAt">When it was approved here, or imported.</param>
/// <param name="AccessState"><c>accessed</c> while it is served from here.</param>
public sealed record FiledSite(
    string Number,
    string? Name,
    string Domain,
    string? ResourceId,
    IReadOnlyList<string> PublicIps,
    Person Principal,
    string? FilingId,
    DateTimeOffset ApprovedAt,
    string AccessState);

/// <summary>
/// A filed subject (已备案主体) with its sites: what approved filings came to, or what was imported. Projecting a filing twice changes nothing.
/// </summary>
public sealed record FiledSubject
{
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>主体备案号.</summary>
    public required string Number { get; init; }

    /// <summary>Keyed digest of certificate type and number.</summary>
    public required string SubjectKey { get; init; }

    /// <summary>Region, nature and certificate as filed.</summary>
    public required Filings.Verification Identity { get; init; }

    public required Subject Subject { get; init; }

    public IReadOnlyList<FiledSite> Sites { get; init; } = [];

    /// <summary>Contacts of the principals of an imported subject; those of a filed one are kept with its filings.</summary>
    public IReadOnlyList<ContactKey> Contacts { get; init; } = [];

    /// <summary><c>filing</c> or <c>import</c>.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>The store's count of writes.</summary>
    public int Revision { get; init; }

    /// <summary>The record with an approved filing added; null stands for a subject not filed before.</summary>
    public static FiledSubject Project(FiledSubject? known, FilingSnapshot approved, Filing filing)
    {
        var sites = approved.Sites.Select(site => new FiledSite(
            site.Number!,
            site.Name,
            site.Checks.Domain!,
            site.Checks.Binding?.ResourceId,
            site.Checks.Binding?.PublicIps ?? [],
            filing.PrincipalOf(site),
            approved.Id,
            approved.StateSince,
            "accessed")).ToArray();
        if (known is not null)
        {
            return known with { Subject = approved.Subject, Sites = [.. known.Sites.Where(s => !Array.Exists(sites, x => x.Number == s.Number)), .. sites] };
        }

        return new FiledSubject
        {
            Id = approved.Id,
            AccountId = approved.AccountId,
            Number = approved.SubjectNumber!,
            SubjectKey = approved.SubjectKey!,
            Identity = approved.Verification with { Domain = null, Resource = null, DomainChecks = DomainChecks.None, SubjectResults = [] },
            Subject = approved.Subject,
            Sites = sites,
            Source = "filing",
            FiledAt = approved.StateSince,
        };
    }
}
