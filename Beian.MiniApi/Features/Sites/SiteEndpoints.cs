using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

/// <summary>网站信息, as typed.</summary>
public sealed record SiteRequest
{
    /// <summary><c>website</c>; may be left out.</summary>
    public string? Kind { get; init; }

    public string? Name { get; init; }

    /// <summary>Of the verified site: may be left out, and changes by verifying again.</summary>
    public string? Domain { get; init; }

    /// <summary>As <c>domain</c>.</summary>
    public ResourceRequest? Resource { get; init; }

    public string? HomeUrl { get; init; }

    /// <summary>Codes of the service contents.</summary>
    public IReadOnlyList<int>? ServiceContents { get; init; }

    /// <summary>Codes of the languages.</summary>
    public IReadOnlyList<int>? Languages { get; init; }

    public IReadOnlyList<PreApprovalRequest>? PreApprovals { get; init; }

    public string? Remark { get; init; }

    internal DomainError? Measure()
    {
        var lengths = new Lengths()
            .Text(Kind, FieldLengths.Kind, "/kind")
            .Text(Name, FieldLengths.Name, "/name")
            .Text(Domain, FieldLengths.Domain, "/domain")
            .Text(HomeUrl, FieldLengths.Url, "/homeUrl")
            .Text(Remark, FieldLengths.Remark, "/remark")
            .Items(ServiceContents, FieldLengths.Codes, "/serviceContents")
            .Items(Languages, FieldLengths.Codes, "/languages")
            .Items(PreApprovals, FieldLengths.Codes, "/preApprovals");
        ResourceRequest.Measure(Resource, lengths);
        for (var i = 0; i < Math.Min(PreApprovals?.Count ?? 0, FieldLengths.Codes); i++)
        {
            lengths.Text(PreApprovals![i].Type, FieldLengths.Kind, $"/preApprovals/{i}/type").Text(PreApprovals[i].Number, FieldLengths.CertificateNumber, $"/preApprovals/{i}/number");
        }

        return lengths.Refusal;
    }

    internal Site ToSite(string id) => new()
    {
        Id = id,
        Kind = Kind ?? "website",
        Name = Name,
        Domain = Domain,
        Resource = Resource?.ToChoice(),
        HomeUrl = HomeUrl,
        ServiceContents = ServiceContents ?? [],
        Languages = Languages ?? [],
        PreApprovals = [.. (PreApprovals ?? []).Select(a => new PreApproval(a.Type, a.Number))],
        Remark = Remark,
    };
}

/// <summary>前置或专项审批: an id of the pre-approval types (<c>none</c> says explicitly that none applies) and its number.</summary>
public sealed record PreApprovalRequest
{
    public string? Type { get; init; }

    public string? Number { get; init; }
}

/// <summary>The routes of sites and their principals.</summary>
public static class SiteEndpoints
{
    public static void MapSites(this RouteGroupBuilder api)
    {
        var sites = api.MapGroup("/filings/{filingId}/sites").WithTags("Sites").RequireAuthorization(Policies.Applicant);
        sites.MapPost("", AddSite.HandleAsync).Idempotent()
            .WithName(nameof(AddSite)).WithSummary("Add a further site (网站信息)")
            .Produces<FilingView>(StatusCodes.Status201Created).Refuses(404, 409, 412);
        sites.MapPut("/{siteId}", PutSite.HandleAsync)
            .WithName(nameof(PutSite)).WithSummary("Save a site (网站信息)")
            .Produces<FilingView>().Refuses(404, 409, 412);
        sites.MapDelete("/{siteId}", DeleteSite.HandleAsync)
            .WithName(nameof(DeleteSite)).WithSummary("Take a further site away; its domain and code are free again")
            .Produces<FilingView>().Refuses(404, 409, 412);
        sites.MapPut("/{siteId}/principal", PutSitePrincipal.HandleAsync)
            .WithName(nameof(PutSitePrincipal)).WithSummary("Save a site's principal (网站负责人), or say that it is the subject's")
            .Produces<FilingView>().Refuses(404, 409, 412);
    }
}

/// <summary>Runs the checks of a further site's own domain and resource before it is saved.</summary>
internal static class OwnDomain
{
    /// <summary>
    /// The site with the checks of what was typed. A value that did not change keeps its checks; a missing one has none. What fails is stored all the
    /// same and shows in the requirements; only guessing codes is refused.
    /// </summary>
    public static async Task<Result<Site>> CheckAsync(Filing filing, Site? stored, Site typed, FilingChecks checks, CancellationToken cancellationToken)
    {
        if (stored is { FromVerification: true } || string.IsNullOrWhiteSpace(typed.Domain) || typed.Resource?.IsComplete() != true)
        {
            return typed;
        }

        if (stored is not null && stored.Domain == typed.Domain && stored.Resource == typed.Resource && stored.Checks.Passed)
        {
            return typed with { Checks = stored.Checks };
        }

        var run = await checks.CheckSiteAsync(filing, typed, cancellationToken);
        return run.TryGet(out var result, out var refusal) ? typed with { Checks = result } : refusal;
    }
}

internal static class AddSite
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<SiteRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (body.Value.Measure() is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var typed = body.Value.ToSite(Guid.CreateVersion7().ToString("N"));
        if (!seen.Filing.AddSite(typed, seen.Open, user.Actor, seen.Now).TryGet(out _, out var refusal))
        {
            return refusal.ToAnswer();
        }

        return (await OwnDomain.CheckAsync(seen.Filing, null, typed, checks, cancellationToken)).TryGet(out var site, out var throttled)
            ? await desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.AddSite(site, view.Open, user.Actor, view.Now),
                cancellationToken,
                answer: (filing, requirements, now) =>
                    Answer.Created($"/api/v1/filings/{filingId}/sites/{site.Id}", views.Of(filing, requirements, now), filing.Version))
            : throttled.ToAnswer();
    }
}

internal static class PutSite
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, Body<SiteRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (body.Value.Measure() is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var typed = body.Value.ToSite(siteId);
        if (!seen.Filing.PutSite(typed, seen.Open, user.Actor, seen.Now).TryGet(out _, out var refusal))
        {
            return refusal.ToAnswer();
        }

        return (await OwnDomain.CheckAsync(seen.Filing, seen.Filing.FindSite(siteId), typed, checks, cancellationToken)).TryGet(out var site, out var throttled)
            ? await desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.PutSite(site, view.Open, user.Actor, view.Now),
                cancellationToken,
                filing => filing.FindSite(siteId) is { } stored ? views.Of(filing, stored, seen.Now) : null)
            : throttled.ToAnswer();
    }
}

internal static class DeleteSite
{
    public static Task<Answer> HandleAsync(string filingId, string siteId, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.RemoveSite(siteId, view.Open, user.Actor, view.Now), cancellationToken);
}

/// <summary>网站负责人: either a person, or the word that it is the subject's principal.</summary>
public sealed record SitePrincipalRequest
{
    /// <summary>True: the subject's principal by reference, and every other field is left out.</summary>
    public bool? SameAsSubjectPrincipal { get; init; }

    public string? Name { get; init; }

    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    public string? Mobile { get; init; }

    public string? Phone2 { get; init; }

    public string? Landline { get; init; }

    public string? EmergencyPhone { get; init; }

    public string? Email { get; init; }

    internal PersonRequest Person => new()
    {
        Name = Name,
        CertificateType = CertificateType,
        CertificateNumber = CertificateNumber,
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Mobile = Mobile,
        Phone2 = Phone2,
        Landline = Landline,
        EmergencyPhone = EmergencyPhone,
        Email = Email,
    };
}

internal static class PutSitePrincipal
{
    public static Task<Answer> HandleAsync(
        string filingId, string siteId, Body<SitePrincipalRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var lengths = new Lengths();
        body.Value.Person.Measure(lengths);
        if (lengths.Refusal is { } refusal)
        {
            return Task.FromResult(refusal.ToAnswer());
        }

        var same = body.Value.SameAsSubjectPrincipal == true;
        return desk.ChangeAsync(
            filingId,
            user,
            ifMatch,
            view => view.Filing.PutSitePrincipal(siteId, same, body.Value.Person.ToPerson(), view.Open, user.Actor, view.Now),
            cancellationToken,
            filing => filing.FindSite(siteId) is { } site ? FilingViews.Of(filing.PrincipalOf(site), filing.SharesPrincipal(site)) : null);
    }
}
