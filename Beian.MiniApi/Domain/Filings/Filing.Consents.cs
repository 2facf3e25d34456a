using System.Globalization;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Domain.Filings;

/// <content>What a submission says about its user's consent.</content>
public sealed partial class Filing
{
    /// <summary>
    /// The consents of a submission that this filing has just been given, to be recorded with the save; empty when the last moves were others. Ids are made
    /// of the filing and the move, so that recording twice is recording once.
    /// </summary>
    /// <returns>Who consented, and to what.</returns>
    public (string UserId, IReadOnlyList<Consent> Consents)? NewConsents()
    {
        // A submission may be followed by the end of its checks in the same save.
        if (_s.History.TakeLast(2).LastOrDefault(h => h.Action == FilingAction.Submit) is not { } handedIn || _s.Rounds.Count == 0 || _s.Rounds[^1].SubmittedAt != handedIn.At)
        {
            return null;
        }

        return (handedIn.ActorId, [.. _s.Rounds[^1].Agreements.Select((a, i) => new Consent(ConsentId(handedIn, i), a.Id, a.Version, ConsentAction.Given, ConsentSource.Submission, a.AcceptedAt) { FilingId = Id })]);
    }

    private string ConsentId(HistoryEntry entry, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.At.ToUnixTimeMilliseconds():x12}{Id[^14..]}{entry.Seq:x4}{index:x2}");
}
