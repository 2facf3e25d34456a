using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Letters;

/// <summary>
/// Makes and takes the tickets of single-use addresses: 128 random bits of which only the SHA-256 is stored, good for ten minutes of real time. A plain
/// digest is enough: nobody can try out 2^128 tickets.
/// </summary>
public sealed class LetterTickets(ILetterLinkStore links, TimeProvider time)
{
    /// <summary>How long an address opens something.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int TicketBytes = 16;

    /// <summary>16 bytes in base64url.</summary>
    private const int TicketLength = 22;

    /// <returns>The ticket, which is kept nowhere, and until when it is good.</returns>
    public async Task<(string Ticket, DateTimeOffset ExpiresAt)> IssueAsync(string filingId, string accountId, string kind, string? siteId, CancellationToken cancellationToken)
    {
        var ticket = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TicketBytes));
        var expiresAt = time.GetUtcNow() + Lifetime;
        await links.AddAsync(new LetterLink(HashOf(ticket), filingId, accountId, kind, siteId, expiresAt), cancellationToken);
        return (ticket, expiresAt);
    }

    /// <summary>Whether the ticket would open something; does not use it up.</summary>
    public Task<bool> IsOpenAsync(string? ticket, CancellationToken cancellationToken) =>
        CanBeOurs(ticket) ? links.IsOpenAsync(HashOf(ticket!), time.GetUtcNow(), cancellationToken) : Task.FromResult(false);

    /// <summary>Uses the ticket up; null when it opens nothing.</summary>
    public Task<LetterLink?> TakeAsync(string? ticket, CancellationToken cancellationToken) =>
        CanBeOurs(ticket) ? links.TakeAsync(HashOf(ticket!), time.GetUtcNow(), cancellationToken) : Task.FromResult<LetterLink?>(null);

    internal static byte[] HashOf(string ticket) => SHA256.HashData(Encoding.UTF8.GetBytes(ticket));

    private static bool CanBeOurs(string? ticket) => ticket?.Length == TicketLength;
}

/// <summary>Forgets addresses that were never opened.</summary>
internal sealed class LetterLinkSweeper(ILetterLinkStore links, TimeProvider time, ILogger<LetterLinkSweeper> log) : HourlyWork(time, log)
{
    protected override Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken) => links.PruneAsync(now, cancellationToken);
}
