using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Facts as a document per move, added after the filing that they follow from; figures are read from them and from the fields of the queue.</summary>
internal sealed class MongoReviewFacts(MongoDatabase database) : IReviewFacts
{
    /// <summary>The second index holds all that most figures need, and the third what the waits of an authority need.</summary>
    public static readonly MongoShape Shape = new(
        "review_facts", 1,
        MongoIndex.Over("review_facts_filing", "filing_id", "seq"),
        MongoIndex.Over("review_facts_figures", "at", "action", "province", "reviewer", "since_ms", "filing_id"),
        MongoIndex.Over("review_facts_waits", "province", "from_state", "at", "action", "since_ms"))
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["filing_id"] = "string", ["seq"] = "long", ["at"] = "long", ["action"] = "string", ["since_ms"] = "long" },
    };

    /// <summary>Filings that are filled in at a time.</summary>
    private const int AtATime = 50;

    private static readonly BsonArray Answered =
        [.. new[] { FilingAction.RecordAuthorityApproval, FilingAction.RecordAuthorityRejection }.Select(a => new BsonString(FilingTransitions.NameOf(a)))];

    private static readonly string WithAuthority = FilingTransitions.NameOf(FilingState.AuthorityReview);

    private MongoTable Filings => database[MongoFilings.Shape.Name];

    /// <summary>The figures are counted one after the other, each of its own moment: they may differ by what moved in between.</summary>
    public async Task<ReviewFigures> FiguresAsync(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken) =>
        await new MongoFigures(database[Shape.Name], from, to).WithAsync(await MongoFigures.WaitingAsync(Filings, now, cancellationToken), cancellationToken);

    public async Task<AuthorityDays?> AuthorityDaysAsync(string province, int minSample, CancellationToken cancellationToken)
    {
        var answers = new BsonDocument { ["province"] = province, ["from_state"] = WithAuthority, ["action"] = new BsonDocument("$in", Answered) };
        var found = await database[Shape.Name].ListAsync(answers, new BsonDocument("at", -1), StoredFact.Answers, new BsonDocument { ["since_ms"] = 1, ["_id"] = 0 }, cancellationToken);
        return StoredFact.Spread([.. found.Select(f => TimeSpan.FromMilliseconds(f["since_ms"].ToInt64()))], minSample);
    }

    public async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        var missing = new BsonDocument(MongoFilings.FactsMissing, DocumentFields.Is("$gt", string.Empty));
        var ids = await Filings.ListAsync(missing, new BsonDocument(MongoFilings.FactsMissing, 1), AtATime, new BsonDocument("_id", 1), cancellationToken);
        foreach (var id in ids.Select(d => d["_id"]))
        {
            await database.ChangeAsync(Filings, id, FillAsync, cancellationToken);
        }

        return ids.Count;
    }

    /// <summary>Adds, after the filing, what has happened since the last time.</summary>
    internal static async Task PutAsync(MongoDatabase database, MongoWrite write, Filing filing, CancellationToken cancellationToken)
    {
        if (filing.Snapshot.Rounds.Count == 0)
        {
            return;
        }

        var table = database[Shape.Name];
        var last = await table.ListAsync(new BsonDocument("filing_id", filing.Id), new BsonDocument("seq", -1), 1, new BsonDocument("seq", 1), cancellationToken);
        foreach (var fact in StoredFact.Of(filing, last.Count == 0 ? 0 : last[0]["seq"].ToInt64()))
        {
            write.ThenAdd(table, Of(fact));
        }
    }

    /// <summary>One that was saved meanwhile has its facts from that. One that no key opens counts nowhere, and the others go on.</summary>
    private async Task<bool> FillAsync(BsonDocument? before, MongoWrite write)
    {
        if (before is null || !before.Contains(MongoFilings.FactsMissing))
        {
            return false;
        }

        var (filing, document) = (Open(before), before.DeepClone().AsBsonDocument);
        document["has_facts"] = 1L;
        write.Put(before, MongoFilings.Derived(document.With("kind", StoredFiling.NameOf(filing?.Snapshot.Kind))));
        if (filing is not null)
        {
            await PutAsync(database, write, filing, CancellationToken.None);
        }

        return true;
    }

    private Filing? Open(BsonDocument document)
    {
        try
        {
            return MongoFilings.Open(database, document);
        }
        catch (Exception e) when (e is CryptographicException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static BsonDocument Of(StoredFact fact) => new BsonDocument
    {
        ["_id"] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{fact.FilingId} {fact.Seq}"),
        ["filing_id"] = fact.FilingId,
        ["seq"] = (long)fact.Seq,
        ["at"] = fact.At,
        ["action"] = fact.Action,
        ["from_state"] = fact.From,
        ["to_state"] = fact.To,
        ["since_ms"] = fact.SinceMs,
    }.With("province", fact.Province).With("reviewer", fact.Reviewer).With("reasons", fact.Reasons.Count == 0 ? null : new BsonArray(fact.Reasons));
}
