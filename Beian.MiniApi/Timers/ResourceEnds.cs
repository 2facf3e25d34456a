using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Tells open filings until when the resources last that they use, so that their timers know without asking anybody. A change stays noted until every filing
/// has stored it, so a restart loses none; two programs that tell one filing tell it the same.
/// </summary>
public sealed partial class ResourceEnds(IResourceStore resources, IFilingStore filings, ResourceTypes types, BusinessClock clock, ILogger<ResourceEnds> log)
{
    private const int AtOnce = 200;

    /// <summary>Passes on what has changed; returns how many filings learned something.</summary>
    public async Task<int> TellAsync(CancellationToken cancellationToken)
    {
        var told = 0;
        foreach (var change in await resources.ChangedAsync(AtOnce, cancellationToken))
        {
            if (await resources.FindAsync(change.ResourceId, cancellationToken) is { } resource)
            {
                foreach (var id in change.FilingIds)
                {
                    told += await TellAsync(id, resource, cancellationToken) ? 1 : 0;
                }
            }

            await resources.ToldAsync(change.Sequence, cancellationToken);
        }

        return told;
    }

    /// <summary>True when the filing did not know yet.</summary>
    private async Task<bool> TellAsync(string filingId, CloudResource resource, CancellationToken cancellationToken)
    {
        try
        {
            var days = types.Find(resource.Type)?.MinRemainingDays ?? 0;
            while (await filings.FindAsync(filingId, cancellationToken) is { } filing && filing.RecordTerm(resource.Id, resource.ExpiresAt, days, clock.GetUtcNow()) is { } next)
            {
                // Somebody may have saved meanwhile; then it is told anew.
                var outcome = await filings.ReplaceAsync(next, null, cancellationToken);
                if (outcome.IsSaved || outcome.TakenHold is not null)
                {
                    return outcome.IsSaved;
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or CryptographicException or InvalidDataException)
        {
            // A damaged row has no timers to be told for, and must not keep the others waiting.
            NotTold(log, filingId, e);
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Filing {FilingId} cannot be read; it does not learn how long its resource lasts")]
    private static partial void NotTold(ILogger log, string filingId, Exception exception);
}
