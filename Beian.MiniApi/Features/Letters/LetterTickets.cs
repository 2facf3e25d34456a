using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Letters;

/// <summary>Makes and takes the tickets of single-use addresses, each a <see cref="OneTimeCode"/> that is good for ten minutes of real time.</summary>
public sealed class LetterTickets(ILetterLinkStore links, TimeProvider time)
{
    /// <summary>How long an address opens something.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <returns>The ticket, which is kept nowhere, and until when it is good.</returns>
    public async Task<(string Ticket, DateTimeOffset ExpiresAt)> IssueAsync(string filingId, string accountId, string kind, string? siteId, CancellationToken cancellationToken)
    {
        var ticket = OneTimeCode.Make();
        var expiresAt = time.GetUtcNow() + Lifetime;
        await links.AddAsync(new LetterLink(OneTimeCode.HashOf(ticket)!, filingId, accountId, kind, siteId, expiresAt), cancellationToken);
        return (ticket, expiresAt);
    }

    /// <summary>Whether the ticket would open something; does not use it up.</summary>
    public Task<bool> IsOpenAsync(string? ticket, CancellationToken cancellationToken) =>
        OneTimeCode.HashOf(ticket) is { } hash ? links.IsOpenAsync(hash, time.GetUtcNow(), cancellationToken) : Task.FromResult(false);

    /// <summary>Uses the ticket up; null when it opens nothing.</summary>
    public Task<LetterLink?> TakeAsync(string? ticket, CancellationToken cancellationToken) =>
        OneTimeCode.HashOf(ticket) is { } hash ? links.TakeAsync(hash, time.GetUtcNow(), cancellationToken) : Task.FromResult<LetterLink?>(null);
}

/// <summary>Forgets addresses that were never opened.</summary>
internal sealed class LetterLinkSweeper(ILetterLinkStore links, Turns turns, TimeProvider time, ILogger<LetterLinkSweeper> log) : HourlyWork(turns, time, log)
{
    protected override Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken) => links.PruneAsync(now, cancellationToken);
}
