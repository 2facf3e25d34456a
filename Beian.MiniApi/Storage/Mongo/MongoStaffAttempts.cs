using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The failed logins of any name, a document each. It is changed only as it was read, so that guesses sent at once are counted one by one.</summary>
internal sealed class MongoStaffAttempts(MongoDatabase database)
{
    public static readonly MongoShape Shape = new("staff_attempts", 1, MongoIndex.Over("staff_attempts_forget", "forget_at"))
    {
        Fields = new Dictionary<string, string> { ["failures"] = "long", ["locked"] = "long", ["forget_at"] = "long" },
    };

    private MongoTable Attempts => database[Shape.Name];

    public async Task<DateTimeOffset?> BeginAsync(string key, DateTimeOffset now, LockOut lockOut, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var known = await Attempts.FindAsync(key, cancellationToken);
            var isRemembered = known is not null && known["forget_at"].ToInt64() > now.ToUnixTimeMilliseconds();
            if (isRemembered && known!["locked"].ToInt64() == 1)
            {
                return DateTimeOffset.FromUnixTimeMilliseconds(known["forget_at"].ToInt64());
            }

            var failures = (isRemembered ? known!["failures"].ToInt64() : 0) + 1;
            var next = Counted(failures, lockOut);
            next["forget_at"] = (now + lockOut.Duration).ToUnixTimeMilliseconds();
            if (known is null ? await Attempts.AddAsync(next.With("_id", key), cancellationToken) : await ReplaceAsync(known, next, cancellationToken))
            {
                return null;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task TakeBackAsync(string key, LockOut lockOut, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var known = await Attempts.FindAsync(key, cancellationToken);
            if (known is null || known["failures"].ToInt64() == 0 || await ReplaceAsync(known, Counted(known["failures"].ToInt64() - 1, lockOut), cancellationToken))
            {
                return;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public Task ClearAsync(string key, CancellationToken cancellationToken) => Attempts.DropAsync(new BsonDocument("_id", key), cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (int)await Attempts.DropAsync(new BsonDocument("forget_at", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds())), cancellationToken);

    private static BsonDocument Counted(long failures, LockOut lockOut) => new() { ["failures"] = failures, ["locked"] = failures >= lockOut.MaxFailures ? 1L : 0L };

    private async Task<bool> ReplaceAsync(BsonDocument known, BsonDocument next, CancellationToken cancellationToken)
    {
        var same = new BsonDocument { ["_id"] = known["_id"], ["failures"] = known["failures"], ["forget_at"] = known["forget_at"], ["locked"] = known["locked"] };
        return await Attempts.ChangeAsync(same, new BsonDocument("$set", next), cancellationToken) is not null;
    }
}
