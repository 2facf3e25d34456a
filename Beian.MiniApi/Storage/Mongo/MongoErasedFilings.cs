using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The filings of one account, as far as erasing goes. Each goes by one write, with what hangs on it.</summary>
internal sealed class MongoErasedFilings(MongoDatabase database, string accountId)
{
    private static readonly string Approved = FilingTransitions.NameOf(FilingState.Approved);

    /// <summary>Collections with things of a filing that the audit trail does not tell of.</summary>
    private static readonly string[] Beside = ["full_views", "paper_work", "deliveries", "review_facts"];

    private MongoTable Filings => database["filings"];

    public string AccountId => accountId;

    /// <summary>How many went.</summary>
    public int Count { get; private set; }

    /// <summary>How many papers went with them.</summary>
    public int Papers { get; private set; }

    public static string FileId(ErasedFileKind kind, string name) => string.Create(CultureInfo.InvariantCulture, $"{(int)kind} {name}");

    public static BsonDocument Unapproved(string accountId) => new() { ["account_id"] = accountId, ["state"] = DocumentFields.Is("$ne", Approved) };

    /// <summary>A filing that somebody at the provider or the authority has on the desk, or null.</summary>
    public async Task<(string Number, string State)?> FirstWithOthersAsync(CancellationToken cancellationToken)
    {
        var busy = new BsonDocument { ["account_id"] = accountId, ["state"] = DocumentFields.In(Filing.WithOthers.Select(FilingTransitions.NameOf)) };
        return await Filings.FirstAsync(busy, new BsonDocument("_id", 1), cancellationToken) is { } found ? (found["number"].AsString, found["state"].AsString) : null;
    }

    /// <summary>Erases those that are not approved; returns the numbers of those that are.</summary>
    public async Task<List<string>> EraseUnapprovedAsync(CancellationToken cancellationToken)
    {
        await EraseAsync(Unapproved(accountId), cancellationToken);
        var left = await Filings.ListAsync(new BsonDocument("account_id", accountId), new BsonDocument("_id", 1), 0, new BsonDocument("number", 1), cancellationToken);
        return [.. left.Select(f => f["number"].AsString)];
    }

    public Task EraseAllAsync(CancellationToken cancellationToken) => EraseAsync(new BsonDocument("account_id", accountId), cancellationToken);

    /// <summary>Erases whatever matches.</summary>
    public async Task EraseAsync(BsonDocument filter, CancellationToken cancellationToken)
    {
        foreach (var filing in await Filings.ListAsync(filter, null, 0, new BsonDocument("_id", 1), cancellationToken))
        {
            await EraseAsync(filing["_id"].AsString, filter, cancellationToken);
        }
    }

    /// <summary>Erases one as long as it matches.</summary>
    public async Task EraseAsync(string filingId, BsonDocument filter, CancellationToken cancellationToken)
    {
        var same = filter.DeepClone().AsBsonDocument;
        same["_id"] = filingId;
        for (var attempt = 0; await Filings.FirstAsync(same, null, cancellationToken) is { } found; attempt++)
        {
            var filing = Open(found);
            var write = database.Write(Filings).Remove(found);
            await ThenEraseAsync(write, filing, cancellationToken);
            if (await write.CommitAsync(cancellationToken))
            {
                Count++;
                Papers += filing.PaperIds().Count;
                return;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Puts the tombstone where the user's id stands, in filings of the account that are still there.</summary>
    public async Task ForgetUserAsync(string userId, CancellationToken cancellationToken)
    {
        var naming = Encoding.UTF8.GetBytes(userId);
        foreach (var filing in await Filings.ListAsync(new BsonDocument("account_id", accountId), null, 0, new BsonDocument("_id", 1), cancellationToken))
        {
            await database.ChangeAsync(Filings, filing["_id"], (before, write) => Task.FromResult(before is null ? write : Forget(before, write, userId, naming)), cancellationToken);
        }
    }

    private MongoWrite Forget(BsonDocument before, MongoWrite write, string userId, byte[] naming)
    {
        if (Payload(before).AsSpan().IndexOf(naming) < 0)
        {
            return write;
        }

        var forgotten = Open(before).WithoutUser(userId);
        var saved = forgotten.Saved(forgotten.Revision + 1);
        var after = before.DeepClone().AsBsonDocument;
        after["revision"] = (long)saved.Revision;
        after["payload"] = SealedColumns.Filings.Seal(database.Sealer, saved.Id, StoredFiling.Payload(saved));
        return write.Put(before, after);
    }

    /// <summary>The bytes are noted before the filing that names them is gone.</summary>
    private async Task ThenEraseAsync(MongoWrite write, Filing filing, CancellationToken cancellationToken)
    {
        foreach (var paper in filing.PaperIds())
        {
            ThenLeave(write, ErasedFileKind.Material, paper);
        }

        for (var round = 1; round <= filing.Snapshot.Rounds.Count; round++)
        {
            ThenLeave(write, ErasedFileKind.HandOver, string.Create(CultureInfo.InvariantCulture, $"{filing.Snapshot.Number}-{round}"));
        }

        var its = new BsonDocument("filing_id", filing.Id);
        foreach (var table in Beside)
        {
            write.ThenDrop(database[table], its);
        }

        foreach (var table in (string[])["letter_links", "face_handovers"])
        {
            write.ThenDrop(database[table], its, await database[table].ListAsync(its, null, 0, cancellationToken));
        }

        var nobodys = new BsonDocument { ["filing_id"] = filing.Id, ["user_id"] = Filing.ErasedUser };
        write.ThenDrop(database["consents"], nobodys, await database["consents"].ListAsync(nobodys, null, 0, cancellationToken));
    }

    private void ThenLeave(MongoWrite write, ErasedFileKind kind, string name) =>
        write.ThenAdd(database["erased_files"], new BsonDocument { ["_id"] = FileId(kind, name), ["kind"] = (long)kind, ["name"] = name });

    private byte[] Payload(BsonDocument document) => SealedColumns.Filings.Open(database.Sealer, document["_id"].AsString, document["payload"].AsByteArray);

    private Filing Open(BsonDocument document) => StoredFiling.Restore(Payload(document), document["revision"].ToInt32());
}
