using System.Globalization;

namespace Beian.MiniApi.Domain.Resources;

/// <summary>What is already taken on one resource.</summary>
/// <param name="UsedSlots">Services of the owner that hold or used a slot, those filed elsewhere included.</param>
/// <param name="IssuedCodes">Codes that exist for it, used or not.</param>
public sealed record ResourceUse(int UsedSlots, int IssuedCodes)
{
    public static readonly ResourceUse None = new(0, 0);
}

/// <summary>
/// Judges a resource by its type's profile. Every answer is a list of reasons why not; an empty list means yes. Reasons carry an empty pointer, the
/// caller knows where the resource was named.
/// </summary>
public static class Eligibility
{
    /// <summary>May the owner file one more service on it?</summary>
    public static IReadOnlyList<Finding> Of(CloudResource resource, ResourceProfile? profile, DateTimeOffset now, ResourceUse use)
    {
        var reasons = OfItself(resource, profile, now);
        if (profile is { Available: true } && SlotsLeft(profile, use) == 0)
        {
            var byCodes = profile.CodesShareSlots && use.IssuedCodes > 0 && use.UsedSlots < profile.Slots;
            return [.. reasons, byCodes ? new Finding("", "resource.codeBound") : QuotaFull(profile)];
        }

        return reasons;
    }

    /// <summary>May auth codes of it be made out, and do those made out count? Says nothing about how many are left.</summary>
    public static IReadOnlyList<Finding> ForCodes(CloudResource resource, ResourceProfile? profile, DateTimeOffset now)
    {
        var reasons = OfItself(resource, profile, now);
        if (profile is not { Available: true })
        {
            return reasons;
        }

        return
        [
            .. reasons,
            .. profile.Codes == 0 ? [new Finding("", "resource.codesUnsupported")] : (Finding[])[],
            .. resource.LoadBalancerIp ? [new Finding("", "resource.loadBalancerIp")] : (Finding[])[],
        ];
    }

    /// <summary>Slots the owner can still use.</summary>
    public static int SlotsLeft(ResourceProfile profile, ResourceUse use) =>
        Math.Max(0, profile.Slots - use.UsedSlots - (profile.CodesShareSlots ? use.IssuedCodes : 0));

    /// <summary>Codes that can still be made out.</summary>
    public static int CodesLeft(ResourceProfile profile, ResourceUse use) =>
        Math.Max(0, Math.Min(profile.Codes - use.IssuedCodes, profile.CodesShareSlots ? profile.Slots - use.UsedSlots - use.IssuedCodes : int.MaxValue));

    /// <summary>Whether the resource as such qualifies, whatever is already filed on it.</summary>
    public static IReadOnlyList<Finding> OfItself(CloudResource resource, ResourceProfile? profile, DateTimeOffset now)
    {
        if (profile is not { Available: true })
        {
            return [new Finding("", "resource.typeUnavailable") { Args = Texts.Args(("type", profile?.Name.Zh ?? resource.Type), ("typeEn", profile?.Name.En ?? resource.Type)) }];
        }

        if (resource.SyncedAt is null)
        {
            // Without facts every other reason would be a guess.
            return [new Finding("", "resource.notSynced")];
        }

        var reasons = new List<Finding>();
        Add(!resource.Mainland, "resource.notMainland");
        if (resource.Billing == profile.Billing)
        {
            Add(resource.PurchasedDaysTotal < profile.MinBoughtDays, "resource.termTooShort", ("days", profile.MinBoughtDays), ("bought", resource.PurchasedDaysTotal));
            Add(IsExpiring(resource, profile, now), "resource.expiring", ("days", Math.Max(1, profile.MinRemainingDays)), ("left", DaysLeft(resource, now)));
        }
        else
        {
            Add(true, "resource.notPrepaid");
        }

        Add(profile.NeedsSupportedPackage && resource.PackageSupported != true, "resource.packageUnsupported");
        Add(profile.NeedsFixedIp && resource.FixedIp != true, "resource.fixedIpOff");
        Add(resource.PublicIps.Count == 0 || (profile.NeedsBandwidth && resource.BandwidthMbps is not > 0), "resource.noPublicIp");
        return reasons;

        void Add(bool holds, string code, params ReadOnlySpan<(string Name, int Value)> args)
        {
            if (holds)
            {
                var texts = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (name, value) in args)
                {
                    texts[name] = value.ToString(CultureInfo.InvariantCulture);
                }

                reasons.Add(new Finding("", code) { Args = texts });
            }
        }
    }

    /// <summary>True when the term is over at <paramref name="now"/>.</summary>
    public static bool IsExpired(CloudResource resource, DateTimeOffset now) => resource.ExpiresAt is { } end && end <= now;

    internal static Finding QuotaFull(ResourceProfile profile) =>
        new("", "resource.quotaFull") { Args = Texts.Args(("total", profile.Slots.ToString(CultureInfo.InvariantCulture))) };

    private static bool IsExpiring(CloudResource resource, ResourceProfile profile, DateTimeOffset now) =>
        resource.ExpiresAt is not { } end || end <= now || end - now < TimeSpan.FromDays(profile.MinRemainingDays);

    private static int DaysLeft(CloudResource resource, DateTimeOffset now) =>
        resource.ExpiresAt is { } end && end > now ? (int)(end - now).TotalDays : 0;
}
