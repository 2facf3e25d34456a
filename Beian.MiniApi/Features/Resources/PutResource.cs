using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Resources;

/// <summary>What is stored of a resource, as the provider's feed sees it.</summary>
public sealed record ResourceFactsView(
    string Id, string OwnerAccountId, string Type, string Region, bool Mainland, IReadOnlyList<string> PublicIps, ResourceBilling Billing,
    int PurchasedDaysTotal, DateTimeOffset? ExpiresAt, int? BandwidthMbps, bool? FixedIp, bool? PackageSupported, bool LoadBalancerIp,
    int SlotsUsedElsewhere, DateTimeOffset? SyncedAt)
{
    public static ResourceFactsView From(CloudResource r) => new(
        r.Id, r.OwnerAccountId, r.Type, r.Region, r.Mainland, r.PublicIps, r.Billing, r.PurchasedDaysTotal, r.ExpiresAt, r.BandwidthMbps, r.FixedIp,
        r.PackageSupported, r.LoadBalancerIp, r.SlotsUsedElsewhere, r.SyncedAt);
}

internal static class PutResource
{
    public static async Task<Answer> HandleAsync(
        string resourceId, Body<ResourceFacts> body, IResourceStore resources, ResourceTypes types, BusinessClock time, CancellationToken cancellationToken)
    {
        if (body.Value.Id is { } named && named != resourceId)
        {
            return ResourceErrors.BadFields([new Finding("/id", "resource.badId")]).ToAnswer();
        }

        var read = (body.Value with { Id = resourceId }).ToResource(types, time.GetUtcNow());
        if (!read.TryGet(out var resource, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await resources.SaveAsync([resource], null, cancellationToken);
        return Answer.Ok(ResourceFactsView.From(resource));
    }
}
