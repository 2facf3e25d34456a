using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Sandbox;

/// <summary>
/// An inventory to try things with: one eligible resource of each kind, one ineligible for each reason, and a server for each account of the README's
/// journeys. What is there already is never touched, so a restart changes nothing. Addresses are from the documentation range (RFC 5737).
/// </summary>
internal sealed class DemoInventory(
    IResourceStore resources, IAuthCodeStore codes, IAccountStore accounts, ResourceTypes types, AuthCodeVault vault, BusinessClock time) : IHostedService
{
    /// <summary>The account that owns the demo inventory: a made-up organisation with verified real name, which may make codes out.</summary>
    public const string Provider = "demo-provider";

    /// <summary>The resource whose only slot went to a code.</summary>
    public const string CodeBound = "demo-code-bound";

    /// <summary>Accounts of the README's journeys; each owns an eligible server <c>demo-cvm-of-{account}</c>.</summary>
    public static readonly IReadOnlyList<string> JourneyAccounts = ["demo-company", "demo-person"];

    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    /// <summary>Id of the eligible server of a journey's account.</summary>
    public static string ServerOf(string accountId) => "demo-cvm-of-" + accountId;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await accounts.FindAsync(Provider, cancellationToken) is null)
        {
            var realName = RealName.Verified(RealNameKind.Organisation, "示例云计算有限公司", null, null, now - Year).Value;
            var account = Account.Create(Provider, now).Value;
            await accounts.FeedAsync(new AccountFeed(account, realName, null, () => account), cancellationToken);
        }

        await resources.AddMissingAsync([.. Eligible(now), .. Ineligible(now), .. JourneyAccounts.Select(a => Server(ServerOf(a), now) with { OwnerAccountId = a })], cancellationToken);
        if ((await codes.CountByResourceAsync([CodeBound], cancellationToken)).Count == 0)
        {
            await codes.AddAsync([vault.Make(Provider, Provider, CodeBound, "demo", now)], types.Find("siteBuilder")!, null, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static IEnumerable<CloudResource> Eligible(DateTimeOffset now)
    {
        yield return Server("demo-cvm", now);
        yield return Server("demo-lighthouse", now) with { Type = "lighthouse" };
        yield return Package("demo-scf", "scf", now);
        yield return Package("demo-cloudrun", "cloudRun", now) with { FixedIp = true, PackageSupported = true };
        yield return Package("demo-sitebuilder", "siteBuilder", now);
    }

    /// <summary>The id says the reason: <c>demo-not-prepaid</c> is refused with <c>resource.notPrepaid</c>.</summary>
    internal static IEnumerable<CloudResource> Ineligible(DateTimeOffset now)
    {
        yield return Server("demo-not-mainland", now) with { Region = "ap-hongkong", Mainland = false };
        yield return Server("demo-not-prepaid", now) with { Billing = ResourceBilling.PayAsYouGo, PurchasedDaysTotal = 0, ExpiresAt = null };
        yield return Server("demo-term-too-short", now) with { PurchasedDaysTotal = 60, ExpiresAt = now + TimeSpan.FromDays(50) };
        yield return Server("demo-expiring", now) with { ExpiresAt = now + TimeSpan.FromDays(20) };
        yield return Server("demo-no-public-ip", now) with { PublicIps = [], BandwidthMbps = 0 };
        yield return Server("demo-quota-full", now) with { SlotsUsedElsewhere = 5 };
        yield return Package(CodeBound, "siteBuilder", now);
        yield return Server("demo-not-synced", now) with { SyncedAt = null };
        yield return Package("demo-package-unsupported", "cloudRun", now) with { FixedIp = true, PackageSupported = false };
        yield return Package("demo-fixed-ip-off", "cloudRun", now) with { FixedIp = false, PackageSupported = true };
        yield return Package("demo-type-unavailable", "siteHost", now);
    }

    private static CloudResource Server(string id, DateTimeOffset now) => new()
    {
        Id = id,
        OwnerAccountId = Provider,
        Type = "cvm",
        Region = "ap-shanghai",
        Mainland = true,
        PublicIps = ["203.0.113.10"],
        Billing = ResourceBilling.Prepaid,
        PurchasedDaysTotal = 730,
        ExpiresAt = now + Year,
        BandwidthMbps = 5,
        SyncedAt = now,
    };

    private static CloudResource Package(string id, string type, DateTimeOffset now) => Server(id, now) with
    {
        Type = type,
        Billing = ResourceBilling.Package,
        BandwidthMbps = null,
        PublicIps = ["203.0.113.20"],
    };
}

/// <summary>Registers the demo inventory where the sandbox is on.</summary>
internal static class DemoInventorySetup
{
    /// <summary>Setting that switches the played outside world on; default false.</summary>
    public const string Enabled = "Sandbox:Enabled";

    public static WebApplicationBuilder AddDemoInventory(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>(Enabled))
        {
            builder.Services.AddHostedService<DemoInventory>();
        }

        return builder;
    }
}
