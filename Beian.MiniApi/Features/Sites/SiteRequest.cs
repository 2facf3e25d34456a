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
