using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Documents of accounts and users; their payloads are sealed. A user names the account. Who moves a user counts <c>moves</c> up, so that a move that is done late undoes no later one. A user whose
/// erasure is decided has the field <c>going</c>, and is nobody to all who ask here.
/// </summary>
internal static class MongoPeople
{
    public const string OpenIdIndex = "users_openid";

    public const string Going = "going";

    public static readonly MongoShape Accounts = new("accounts", 1, MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["payload"] = "binData" },
    };

    public static readonly MongoShape Users = new(
        "users", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over(OpenIdIndex, "openid_index") with { IsUnique = true },
        MongoIndex.Over("users_account", "account_id", "_id"),
        MongoIndex.Over("users_going", "going.since") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["account_id"] = "string", ["openid_index"] = "string", ["session_key"] = "binData", ["payload"] = "binData" },
    };

    public static readonly MongoShape FormerMembers = new("former_members", 1, MongoIndex.Over("former_members_user", "user_id"));

    public static async Task<Account?> FindAccountAsync(MongoDatabase database, string id, CancellationToken cancellationToken) =>
        await database["accounts"].FindAsync(id, cancellationToken) is { } found ? ToAccount(database, found) : null;

    /// <summary>The user's document; null when there is none, or the user is going.</summary>
    public static async Task<BsonDocument?> FindUserAsync(MongoDatabase database, string id, CancellationToken cancellationToken) =>
        await database["users"].FindAsync(id, cancellationToken) is { } found && !found.Contains(Going) ? found : null;

    /// <summary>Everybody who works for the account, oldest first.</summary>
    public static Task<List<BsonDocument>> ListUsersAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken) =>
        database["users"].ListAsync(WorkingFor(accountId), new BsonDocument("_id", 1), 0, cancellationToken);

    public static async Task<List<string>> ListUserIdsAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken) =>
        [.. (await database["users"].ListAsync(WorkingFor(accountId), new BsonDocument("_id", 1), 0, new BsonDocument("_id", 1), cancellationToken)).Select(u => u["_id"].AsString)];

    public static BsonDocument WorkingFor(string accountId) => new() { ["account_id"] = accountId, [Going] = DocumentFields.Is("$exists", false) };

    /// <summary>An account's document: a new one, or the one before with what has changed.</summary>
    public static BsonDocument Of(MongoDatabase database, Account account, BsonDocument? before = null)
    {
        var document = before is null ? new BsonDocument("_id", account.Id) : before.DeepClone().AsBsonDocument;
        document["payload"] = SealedColumns.Accounts.Seal(database.Sealer, account.Id, StoredAccounts.Write(account));
        return document;
    }

    public static BsonDocument Of(MongoDatabase database, User user, BsonDocument before)
    {
        var document = before.DeepClone().AsBsonDocument;
        document["payload"] = SealedColumns.Users.Seal(database.Sealer, user.Id, StoredAccounts.Write(user));
        return document;
    }

    public static Account ToAccount(MongoDatabase database, BsonDocument document)
    {
        var id = document["_id"].AsString;
        return StoredAccounts.ReadAccount(SealedColumns.Accounts.Open(database.Sealer, id, document["payload"].AsByteArray), id);
    }

    public static User ToUser(MongoDatabase database, BsonDocument document)
    {
        var id = document["_id"].AsString;
        return StoredAccounts.ReadUser(SealedColumns.Users.Open(database.Sealer, id, document["payload"].AsByteArray), id, document["account_id"].AsString);
    }

    /// <summary>The user's document in another account.</summary>
    public static BsonDocument Moved(BsonDocument user, string accountId)
    {
        var moved = user.DeepClone().AsBsonDocument;
        moved["account_id"] = accountId;
        moved["moves"] = (user.LongOrNull("moves") ?? 0) + 1;
        return moved;
    }

    /// <summary>The user as read, unless somebody moved them since, or they are going.</summary>
    public static BsonDocument Unmoved(BsonDocument user) => new()
    {
        ["_id"] = user["_id"],
        ["moves"] = user.TryGetValue("moves", out var moves) ? moves : DocumentFields.Is("$exists", false),
        [Going] = DocumentFields.Is("$exists", false),
    };

    /// <summary>Afterwards moves a user who still is where they were read.</summary>
    public static MongoWrite ThenMove(this MongoWrite write, MongoDatabase database, BsonDocument user, string accountId)
    {
        var moved = Moved(user, accountId);
        return write
            .ThenChange(
                database["users"],
                Unmoved(user),
                new BsonDocument { ["$set"] = new BsonDocument("account_id", accountId), ["$inc"] = new BsonDocument { ["moves"] = 1L, ["rev"] = 1L } })
            .Note(AuditActs.Changed, "users", user["_id"].AsString, accountId, user, moved);
    }

    /// <summary>Afterwards lets an account be as one that was never erased: somebody works for it.</summary>
    public static MongoWrite ThenRevive(this MongoWrite write, MongoDatabase database, string accountId) =>
        write.ThenDrop(database["erased_accounts"], new BsonDocument("_id", accountId));

    /// <summary>
    /// Makes sure that the account somebody came to is there: its last user may have been erased at the same moment. Brought back it is empty, without the facts that were fed about it.
    /// </summary>
    public static Task KeepAsync(MongoDatabase database, Account account, CancellationToken cancellationToken) => database.ChangeAsync(
        database["accounts"],
        account.Id,
        (before, write) => Task.FromResult(before is null ? write.Put(null, Of(database, account.With(RealName.None))) : write),
        cancellationToken);

    /// <summary>Whether the account holds a filing in whatever state, or a filed subject.</summary>
    public static async Task<bool> HasFilingsAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken)
    {
        var its = new BsonDocument("account_id", accountId);
        return await database["filings"].AnyAsync(its, cancellationToken) || await database["subjects"].AnyAsync(its, cancellationToken);
    }

    /// <summary>
    /// Removes an account that nobody works for, nothing refers to and the provider fed no facts about; any other stays as it is. Whoever comes to it in between has changed its revision.
    /// </summary>
    public static Task DropUnusedAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken) => database.ChangeAsync(
        database["accounts"],
        accountId,
        async (before, write) =>
        {
            if (before is not null && ToAccount(database, before) is { RealName.Status: RealNameStatus.None } && !await IsUsedAsync(database, accountId, cancellationToken))
            {
                await ThenForgetTracesAsync(write.Remove(before), database, accountId, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Afterwards forgets what is kept about an account beside its things: counts of attempts, messages, addresses of letters, codes to join it.</summary>
    public static async Task ThenForgetTracesAsync(MongoWrite write, MongoDatabase database, string accountId, CancellationToken cancellationToken)
    {
        var its = new BsonDocument("account_id", accountId);
        write.ThenDrop(database["attempts"], AttemptsOf(accountId));
        write.ThenDrop(database["notifications"], its);
        write.ThenDrop(database["letter_links"], its, await database["letter_links"].ListAsync(its, null, 0, cancellationToken));
        write.ThenDrop(database["account_links"], its, await database["account_links"].ListAsync(its, null, 0, cancellationToken));
    }

    /// <summary>What is counted of an account.</summary>
    public static BsonDocument AttemptsOf(string accountId) => new("key", DocumentFields.In(["auth-code:" + accountId, "in-use:" + accountId]));

    private static async Task<bool> IsUsedAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken)
    {
        var its = new BsonDocument("account_id", accountId);
        foreach (var table in (string[])["users", "filings", "subjects", "resources", "account_links"])
        {
            if (await database[table].AnyAsync(its, cancellationToken))
            {
                return true;
            }
        }

        return await database["auth_codes"].AnyAsync(new BsonDocument("issuer_id", accountId), cancellationToken)
            || await database["auth_codes"].AnyAsync(new BsonDocument("target_id", accountId), cancellationToken);
    }
}
