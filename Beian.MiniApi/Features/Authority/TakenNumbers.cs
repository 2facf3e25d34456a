using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Authority;

/// <summary>
/// Numbers of a result that belong to what is filed already, imported subjects included. Two results that come at the same moment are kept apart by the
/// reservations of the approved filings.
/// </summary>
internal static class TakenNumbers
{
    public static async Task<IReadOnlySet<string>> FindAsync(
        string filingId, AuthorityResultRequest request, IFilingStore filings, ISubjectStore subjects, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        if (request.Result != AuthorityDecision.Approved || await filings.FindAsync(filingId, cancellationToken) is not { State: FilingState.AuthorityReview } filing)
        {
            return taken;
        }

        var s = filing.Snapshot;
        if ((request.SubjectNumber ?? s.SubjectNumber) is not { } number)
        {
            return taken;
        }

        var filed = await subjects.FindByNumberAsync(number, cancellationToken);
        taken.UnionWith(filed?.Sites.Select(x => x.Number) ?? []);

        // An account files one subject: a first filing of one that has a subject meanwhile, by an import, cannot become a second.
        if (s.SubjectId is null && (filed is not null || await subjects.FindByAccountAsync(s.AccountId, cancellationToken) is not null))
        {
            taken.Add(number);
        }

        return taken;
    }
}
