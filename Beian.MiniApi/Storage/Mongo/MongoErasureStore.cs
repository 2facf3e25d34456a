using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Erases users. The account's document decides: of two who leave at once the second sees that the first has left. The user is marked as going then, which all others take for gone, and everything of
/// theirs is erased, the user's own document last. Whoever finds a mark that somebody left behind finishes.
/// </summary>
internal sealed class MongoErasureStore(MongoDatabase database) : IErasureStore
{
    /// <summary>Accounts whose last user was erased.</summary>
    public static readonly MongoShape ErasedAccounts = new(
        "erased_accounts", 1,
        MongoIndex.Over("erased_accounts_kept", "kept_until") with { IsSparse = true },
        MongoIndex.Over("erased_accounts_at", "erased_at"))
    {
        Fields = new Dictionary<string, string> { ["erased_at"] = "long" },
    };

    /// <summary>Bytes outside the database whose documents are gone.</summary>
    public static readonly MongoShape Files = new("erased_files", 1) { Fields = new Dictionary<string, string> { ["kind"] = "long", ["name"] = "string" } };

    /// <summary>No request runs this long: from then on nothing can be added to an erased account by one that was under way.</summary>
    private static readonly TimeSpan MarkFor = TimeSpan.FromDays(1);

    /// <summary>A filing that is this much older than the erasure was not added while it ran.</summary>
    private static readonly TimeSpan AddedMeanwhile = TimeSpan.FromMinutes(1);

    private MongoTable Accounts => database["accounts"];

    private MongoTable Users => database["users"];

    private MongoTable Marks => database[ErasedAccounts.Name];

    public async Task<Result<Erased>> EraseAsync(string userId, DateTimeOffset? keptUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var n = ObjectId.GenerateNewId().ToString();
        for (var attempt = 0; ; attempt++)
        {
            var user = await Users.FindAsync(userId, cancellationToken);
            if (user is null || user.Contains(MongoPeople.Going))
            {
                await MongoErasure.FinishLeftAsync(database, user, cancellationToken);
                return AccountErrors.NotFound();
            }

            var decided = await DecideAsync(user, n, keptUntil, now, cancellationToken);
            if (decided is { } refusal && refusal.Error is not null)
            {
                return refusal.Error;
            }

            // Of several who erase one user at once, the one whose mark it is tells what was erased.
            if (decided is not null && await Users.FindAsync(userId, CancellationToken.None) is { } going && going.TryGetValue(MongoPeople.Going, out var mark) && mark["n"] == n)
            {
                return await MongoErasure.FinishAsync(database, going, CancellationToken.None);
            }

            // Somebody wrote the account, or moved the user, in between.
            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task<int> EndRetentionAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await MongoErasure.FinishAllLeftAsync(database, cancellationToken);
        var over = await Marks.ListAsync(new BsonDocument("kept_until", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds())), new BsonDocument("kept_until", 1), 0, cancellationToken);
        var count = 0;
        foreach (var accountId in over.Select(m => m["_id"].AsString))
        {
            count += await EndRetentionAsync(accountId, now, cancellationToken) ? 1 : 0;
        }

        await EraseLateAsync(now, cancellationToken);
        return count;
    }

    public async Task<int> EraseClosedAsync(DateTimeOffset closedBefore, int take, CancellationToken cancellationToken)
    {
        var closed = new BsonDocument
        {
            ["state"] = DocumentFields.In(new[] { FilingState.Abandoned, FilingState.DraftExpired }.Select(FilingTransitions.NameOf)),
            ["state_since"] = DocumentFields.Is("$lt", closedBefore.ToUnixTimeMilliseconds()),
        };
        var found = await database["filings"].ListAsync(closed, null, take, new BsonDocument("account_id", 1), cancellationToken);
        foreach (var filing in found)
        {
            await new MongoErasedFilings(database, filing["account_id"].AsString).EraseAsync(filing["_id"].AsString, closed, cancellationToken);
        }

        return found.Count;
    }

    public async Task<IReadOnlyList<ErasedFile>> FilesAsync(int take, CancellationToken cancellationToken) =>
    [
        .. (await database[Files.Name].ListAsync([], new BsonDocument("_id", 1), take, cancellationToken)).Select(f => new ErasedFile((ErasedFileKind)f["kind"].ToInt32(), f["name"].AsString)),
    ];

    public Task FileGoneAsync(ErasedFile file, CancellationToken cancellationToken) =>
        database[Files.Name].DropAsync(new BsonDocument("_id", MongoErasedFilings.FileId(file.Kind, file.Name)), cancellationToken);

    /// <summary>What the server's own log says is the server's business; there is nothing here to empty.</summary>
    public Task<bool> TidyAsync(CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>A refusal, an empty result when it is decided, or null when another write came first.</summary>
    private async Task<Result<Erased>?> DecideAsync(BsonDocument user, string n, DateTimeOffset? keptUntil, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var accountId = user["account_id"].AsString;
        await database.FinishAsync(Users, user["_id"], cancellationToken);

        // Read before what it has to do is done: whoever decides to leave after this has changed the revision, and whoever did before is marked then.
        var account = await Accounts.FindAsync(accountId, cancellationToken);
        await database.FinishAsync(Accounts, accountId, cancellationToken);
        var isLast = !(await MongoPeople.ListUserIdsAsync(database, accountId, cancellationToken)).Exists(u => u != user["_id"].AsString);
        if (isLast && await new MongoErasedFilings(database, accountId).FirstWithOthersAsync(cancellationToken) is { } busy)
        {
            return AccountErrors.FilingInProgress(busy.Number, busy.State);
        }

        var mark = new BsonDocument { ["since"] = database.Time.GetUtcNow().ToUnixTimeMilliseconds(), ["at"] = now.ToUnixTimeMilliseconds(), ["n"] = n }
            .With("kept_until", keptUntil?.ToUnixTimeMilliseconds());
        var write = database.Write(account is null ? Users : Accounts);
        if (account is null)
        {
            write.Put(user, user.DeepClone().AsBsonDocument.With(MongoPeople.Going, mark));
        }
        else
        {
            write.Put(account, account.DeepClone().AsBsonDocument).ThenChange(
                Users,
                MongoPeople.Unmoved(user),
                new BsonDocument { ["$set"] = new BsonDocument(MongoPeople.Going, mark), ["$inc"] = new BsonDocument("rev", 1L) });
        }

        return await write.CommitAsync(cancellationToken) ? new Erased([], []) : (Result<Erased>?)null;
    }

    /// <summary>The mark keeps its day until everything is gone, so that after a kill the next round goes on; false when somebody works for the account again.</summary>
    private async Task<bool> EndRetentionAsync(string accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((await MongoPeople.ListUserIdsAsync(database, accountId, cancellationToken)).Count > 0)
        {
            await Marks.DropAsync(new BsonDocument("_id", accountId), cancellationToken);
            return false;
        }

        var its = new BsonDocument("account_id", accountId);
        await new MongoErasedFilings(database, accountId).EraseAllAsync(cancellationToken);
        await MongoRemoval.RemoveAllAsync(database, database["subjects"], its, cancellationToken);
        await MongoErasedAccount.EraseCodesAsync(database, accountId, new ErasureTally(), cancellationToken);
        if (!await database["resources"].AnyAsync(its, cancellationToken))
        {
            await MongoErasedAccount.RemoveAsync(database, accountId, cancellationToken);
        }

        var ended = new BsonDocument { ["$set"] = new BsonDocument("erased_at", now.ToUnixTimeMilliseconds()), ["$unset"] = new BsonDocument("kept_until", "") };
        await Marks.ChangeAsync(new BsonDocument("_id", accountId), ended, cancellationToken);
        return true;
    }

    /// <summary>
    /// Erases filings that requests under way added while the account was being erased, and forgets marks that are no longer needed.
    /// </summary>
    private async Task EraseLateAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = (now - MarkFor).ToUnixTimeMilliseconds();
        foreach (var mark in await Marks.ListAsync(new BsonDocument("erased_at", DocumentFields.Is("$gt", old)), null, 0, cancellationToken))
        {
            var late = MongoErasedFilings.Unapproved(mark["_id"].AsString).With("created_at", DocumentFields.Is("$gte", mark["erased_at"].ToInt64() - (long)AddedMeanwhile.TotalMilliseconds));
            await new MongoErasedFilings(database, mark["_id"].AsString).EraseAsync(late, cancellationToken);
        }

        var over = new BsonDocument { ["erased_at"] = DocumentFields.Is("$lte", old), ["kept_until"] = DocumentFields.Is("$exists", false) };
        foreach (var mark in await Marks.ListAsync(over, null, 0, cancellationToken))
        {
            if (!await database["filings"].AnyAsync(new BsonDocument("account_id", mark["_id"]), cancellationToken))
            {
                await Marks.DropAsync(new BsonDocument { ["_id"] = mark["_id"], ["erased_at"] = mark["erased_at"] }, cancellationToken);
            }
        }
    }
}
