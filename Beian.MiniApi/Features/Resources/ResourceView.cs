using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Resources;

/// <summary>Why a resource cannot be filed on.</summary>
/// <param name="Code">Stable code, such as <c>resource.notPrepaid</c>.</param>
/// <param name="Message">The reason for people, in the caller's language.</param>
/// <param name="Remedy">What to do about it, or null.</param>
public sealed record ReasonView(string Code, string Message, string? Remedy);

/// <summary>How many services the owner can file on a resource.</summary>
public sealed record SlotsView(int Total, int Used, int Left);

/// <summary>How many auth codes a resource can carry.</summary>
public sealed record CodesView(int Total, int Issued, int Left);

/// <summary>A cloud resource as its owner sees it.</summary>
public sealed record ResourceView
{
    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>The product's name in the caller's language.</summary>
    public required string TypeName { get; init; }

    public required string Region { get; init; }

    public required bool Mainland { get; init; }

    public required IReadOnlyList<string> PublicIps { get; init; }

    public required ResourceBilling Billing { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required DateTimeOffset? SyncedAt { get; init; }

    /// <summary>True when one more service can be filed on it now.</summary>
    public required bool Eligible { get; init; }

    /// <summary>Empty exactly when eligible.</summary>
    public required IReadOnlyList<ReasonView> Reasons { get; init; }

    public required SlotsView Slots { get; init; }

    public required CodesView Codes { get; init; }

    public static ResourceView From(CloudResource r, ResourceProfile? profile, ResourceUse use, DateTimeOffset now, TextCatalogue texts, bool english)
    {
        var reasons = Eligibility.Of(r, profile, now, use);
        return new ResourceView
        {
            Id = r.Id,
            Type = r.Type,
            TypeName = profile is null ? r.Type : english ? profile.Name.En : profile.Name.Zh,
            Region = r.Region,
            Mainland = r.Mainland,
            PublicIps = r.PublicIps,
            Billing = r.Billing,
            ExpiresAt = r.ExpiresAt,
            SyncedAt = r.SyncedAt,
            Eligible = reasons.Count == 0,
            Reasons = [.. reasons.Select(reason => Reason(reason, texts, english))],
            Slots = new SlotsView(profile?.Slots ?? 0, use.UsedSlots, profile is null ? 0 : Eligibility.SlotsLeft(profile, use)),
            Codes = new CodesView(profile?.Codes ?? 0, use.IssuedCodes, profile is null ? 0 : Eligibility.CodesLeft(profile, use)),
        };
    }

    private static ReasonView Reason(Finding reason, TextCatalogue texts, bool english)
    {
        var text = texts.Find(reason.Code, english, reason.Args);
        return new ReasonView(reason.Code, text.Detail, text.Remedy);
    }
}
