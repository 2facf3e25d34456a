using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Authority;

/// <summary>Where a filing stands with the authority.</summary>
/// <param name="SmsTargets">Who must verify, and who has.</param>
/// <param name="SynchronisedAt">When a result came last, or null.</param>
public sealed record AuthorityStateView(
    string Id, string Number, Domain.Filings.FilingState State, int Version, IReadOnlyList<SmsTargetView> SmsTargets, string? SubjectNumber, IReadOnlyList<SiteNumberView> Sites, DateTimeOffset? DueAt, DateTimeOffset? SynchronisedAt)
{
    internal static AuthorityStateView Of(Domain.Filings.Filing filing)
    {
        var s = filing.Snapshot;
        return new AuthorityStateView(
            s.Id,
            s.Number,
            s.State,
            s.Version,
            [.. s.SmsTargets.Select(t => new SmsTargetView(t.Role, t.SiteId, t.VerifiedAt is not null))],
            s.SubjectNumber,
            [.. s.Sites.Select(x => new SiteNumberView(x.Id, x.Checks.DisplayDomain, x.Number))],
            s.DueAt,
            s.SynchronisedAt);
    }
}

/// <param name="Number">网站备案号, once approved.</param>
public sealed record SiteNumberView(string SiteId, string? Domain, string? Number);
