using Beian.MiniApi.Authority;
using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Outcomes;

/// <summary>What came of handing one filing over.</summary>
/// <param name="FilingId">The filing.</param>
/// <param name="Number">Its number; null when there is no such filing.</param>
/// <param name="Error">Why it was not handed over, or null.</param>
public sealed record HandOverRow(string FilingId, string? Number, DomainError? Error);

/// <summary>What came of handing several filings over.</summary>
/// <param name="Rows">One for each that was ticked, in the order of the queue.</param>
public sealed record HandOversModel(IReadOnlyList<HandOverRow> Rows);

/// <summary>Hands the filings that were ticked in the queue over to the authority. Each is judged by itself: one that cannot go keeps nobody else.</summary>
internal sealed class HandOvers(FilingDesk desk, IFilingStore filings, FilingChecks checks, IAuthority authority, ReferenceBook book, BusinessClock clock, CheckBell bell)
{
    /// <summary>Filings taken at once: as many as a page of the queue can hold.</summary>
    private const int MaxFilings = 100;

    /// <summary>The page is shown at once, since its rows are what was asked for; sending it again hands nothing over twice.</summary>
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, HandOvers handOvers, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        string[] ticked = [.. form.All("filing").Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        if (ticked.Length == 0)
        {
            return ConsolePage.Back(http, form.Text("to"), ConsoleErrors.NothingTicked());
        }

        if (ticked.Length > MaxFilings)
        {
            return ConsoleErrors.FormUnreadable().ToAnswer();
        }

        return ConsolePage.Show<HandOversPage>(http, "handOvers.title", new HandOversModel(await handOvers.AllAsync(ticked, user, cancellationToken)));
    }

    private async Task<List<HandOverRow>> AllAsync(string[] ids, CurrentUser user, CancellationToken cancellationToken)
    {
        var rows = new List<HandOverRow>(ids.Length);
        foreach (var id in ids)
        {
            rows.Add(await OneAsync(id, user, cancellationToken));
        }

        return rows;
    }

    private async Task<HandOverRow> OneAsync(string id, CurrentUser user, CancellationToken cancellationToken)
    {
        var filing = await filings.FindAsync(id, cancellationToken);
        try
        {
            var answer = await SubmitToAuthority.HandleAsync(id, user, desk, filings, checks, authority, book, clock, bell, cancellationToken);
            return new HandOverRow(id, filing?.Snapshot.Number, answer.Error);
        }
        catch (Exception failed) when (failed is StorageFullException or StorageFailedException)
        {
            // The others of the list have their own rows; what was done must be told.
            return new HandOverRow(id, filing?.Snapshot.Number, failed is StorageFullException ? StorageErrors.Full() : StorageErrors.Unavailable());
        }
    }
}
