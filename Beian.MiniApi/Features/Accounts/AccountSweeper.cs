using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Forgets codes for joining that nobody used, and finishes what erasures left to do.</summary>
internal sealed class AccountSweeper(IAccountLinkStore links, Erasing erasing, Turns turns, TimeProvider time, ILogger<AccountSweeper> log) : HourlyWork(turns, time, log)
{
    protected override async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await links.PruneAsync(now, cancellationToken);
        await erasing.SweepAsync(cancellationToken);
    }
}
