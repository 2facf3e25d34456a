using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Sessions as documents, each with the hash of every refresh token it was given: of two callers with one token the session's revision lets one through.</summary>
internal sealed class MongoSessionStore(MongoDatabase database) : ISessionStore
{
    public static readonly MongoShape Shape = new(
        "sessions", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over("sessions_owner", "owner_id", "_id"),
        MongoIndex.Over("sessions_expires", "expires_at"),
        MongoIndex.Over("sessions_token", "tokens.hash") with { IsUnique = true, IsSparse = true })
    {
        Fields = new Dictionary<string, string>
        {
            ["owner_id"] = "string",
            ["role"] = "long",
            ["started_at"] = "long",
            ["lifetime"] = "long",
            ["expires_at"] = "long",
            ["ended"] = "long",
            ["last_used_at"] = "long",
            ["tokens"] = "array",
        },
    };

    private MongoTable Sessions => database[Shape.Name];

    public async Task StartAsync(Session session, byte[] refreshHash, CancellationToken cancellationToken)
    {
        if (session.Role == Role.Applicant && await MongoPeople.FindUserAsync(database, session.OwnerId, cancellationToken) is null)
        {
            return;
        }

        var document = new BsonDocument
        {
            ["_id"] = session.Id,
            ["owner_id"] = session.OwnerId,
            ["role"] = (long)session.Role,
            ["started_at"] = session.StartedAt.ToUnixTimeMilliseconds(),
            ["lifetime"] = (long)session.Lifetime.TotalMilliseconds,
            ["expires_at"] = session.ExpiresAt.ToUnixTimeMilliseconds(),
            ["ended"] = 0L,
            ["last_used_at"] = session.StartedAt.ToUnixTimeMilliseconds(),
            ["tokens"] = new BsonArray { new BsonDocument("hash", refreshHash) },
        };
        document.With("device", session.Device is { } device ? SealedColumns.Devices.SealText(database.Sealer, session.Id, device) : null);
        if (!await database.Write(Sessions).Put(null, document).CommitAsync(cancellationToken))
        {
            throw new InvalidOperationException("There is a session with this id.");
        }

        // An erasure that was decided in between may have passed by already.
        if (session.Role == Role.Applicant && await MongoPeople.FindUserAsync(database, session.OwnerId, CancellationToken.None) is null)
        {
            await MongoRemoval.RemoveAllAsync(database, Sessions, new BsonDocument("_id", session.Id), CancellationToken.None);
        }
    }

    public async Task<IReadOnlyList<SessionRow>> ListAsync(string ownerId, string? before, int take, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument
        {
            ["owner_id"] = ownerId,
            ["ended"] = 0L,
            ["expires_at"] = DocumentFields.Is("$gt", now.ToUnixTimeMilliseconds()),
            ["_id"] = DocumentFields.Is("$lt", before ?? "~"),
        };
        return
        [
            .. (await Sessions.ListAsync(filter, new BsonDocument("_id", -1), take, cancellationToken)).Select(s => new SessionRow(
                s["_id"].AsString,
                DateTimeOffset.FromUnixTimeMilliseconds(s["started_at"].ToInt64()),
                DateTimeOffset.FromUnixTimeMilliseconds(s["last_used_at"].ToInt64()),
                MongoDatabase.TextOrNull(s, "device") is { } device ? SealedColumns.Devices.OpenText(database.Sealer, s["_id"].AsString, device) : null)),
        ];
    }

    public async Task<LiveSession?> FindLiveAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken) =>
        // Without its tokens, of which an old session has many: this is asked at each request.
        await Sessions.ListAsync(new BsonDocument("_id", sessionId), null, 1, new BsonDocument("tokens", 0), cancellationToken) is [var found] ? await LiveAsync(found, now, cancellationToken) : null;

    public async Task<RotationOutcome> RotateAsync(byte[] usedHash, byte[] nextHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var session = await Sessions.FirstAsync(new BsonDocument("tokens.hash", usedHash), null, cancellationToken);
            if (session is null || TokenIn(session, usedHash) is not { } token || IsForgotten(session, token, now))
            {
                return new RotationOutcome(Rotation.Unknown, string.Empty, null);
            }

            var id = session["_id"].AsString;
            if (token.Contains("used_at"))
            {
                await EndAsync(id, cancellationToken);
                return new RotationOutcome(Rotation.Reused, id, null);
            }

            if (await LiveAsync(session, now, cancellationToken) is not { } live)
            {
                return new RotationOutcome(Rotation.Ended, id, null);
            }

            if (await database.Write(Sessions).Put(session, await RotatedAsync(session, usedHash, nextHash, now, cancellationToken)).CommitAsync(cancellationToken))
            {
                return new RotationOutcome(Rotation.Rotated, id, live);
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public Task EndAsync(string sessionId, CancellationToken cancellationToken) => EndIfAsync(sessionId, _ => true, cancellationToken);

    public Task<bool> EndAsync(string sessionId, string ownerId, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndIfAsync(sessionId, s => s["owner_id"].AsString == ownerId && s["expires_at"].ToInt64() > now.ToUnixTimeMilliseconds(), cancellationToken);

    public Task EndAllAsync(string ownerId, CancellationToken cancellationToken) => EndAllAsync(database, ownerId, null, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        MongoRemoval.RemoveAllAsync(database, Sessions, new BsonDocument("expires_at", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds())), cancellationToken);

    /// <summary>Ends the owner's sessions, each by a write of its own.</summary>
    /// <param name="database">The database.</param>
    /// <param name="ownerId">Whose.</param>
    /// <param name="keep">Id of one that goes on, or null.</param>
    /// <param name="cancellationToken">Ends it between two.</param>
    internal static async Task EndAllAsync(MongoDatabase database, string ownerId, string? keep, CancellationToken cancellationToken)
    {
        foreach (var session in await OpenAsync(database, ownerId, keep, cancellationToken))
        {
            await new MongoSessionStore(database).EndAsync(session["_id"].AsString, cancellationToken);
        }
    }

    /// <summary>
    /// Afterwards ends the owner's sessions as they are read now. Whoever uses this calls <see cref="EndAllAsync(MongoDatabase, string, string?, CancellationToken)"/> once it is saved, for those that
    /// began in between; a late second time ends none that began later.
    /// </summary>
    internal static async Task ThenEndAllAsync(MongoWrite write, MongoDatabase database, string ownerId, string? keep, CancellationToken cancellationToken)
    {
        foreach (var session in await OpenAsync(database, ownerId, keep, cancellationToken))
        {
            write.ThenChange(
                    database[Shape.Name],
                    new BsonDocument { ["_id"] = session["_id"], ["ended"] = 0L },
                    new BsonDocument { ["$set"] = new BsonDocument("ended", 1L), ["$inc"] = new BsonDocument("rev", 1L) })
                .Note(AuditActs.Changed, Shape.Name, session["_id"].AsString, null, session, Ended(session));
        }
    }

    private static Task<List<BsonDocument>> OpenAsync(MongoDatabase database, string ownerId, string? keep, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument { ["owner_id"] = ownerId, ["ended"] = 0L };
        return database[Shape.Name].ListAsync(keep is null ? filter : filter.With("_id", DocumentFields.Is("$ne", keep)), null, 0, cancellationToken);
    }

    private Task<bool> EndIfAsync(string sessionId, Func<BsonDocument, bool> isRight, CancellationToken cancellationToken) => database.ChangeAsync(
        Sessions,
        sessionId,
        (session, write) =>
        {
            var isOpen = session is not null && session["ended"].ToInt64() == 0 && isRight(session);
            if (isOpen)
            {
                write.Put(session, Ended(session!));
            }

            return Task.FromResult(isOpen);
        },
        cancellationToken);

    private static BsonDocument Ended(BsonDocument session)
    {
        var ended = session.DeepClone().AsBsonDocument;
        ended["ended"] = 1L;
        return ended;
    }

    private async Task<LiveSession?> LiveAsync(BsonDocument session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (session["ended"].ToInt64() != 0 || session["expires_at"].ToInt64() <= now.ToUnixTimeMilliseconds())
        {
            return null;
        }

        var (owner, role) = (session["owner_id"].AsString, (Role)session["role"].ToInt32());
        if (role != Role.Applicant)
        {
            return new LiveSession(owner, role, string.Empty);
        }

        return await MongoPeople.FindUserAsync(database, owner, cancellationToken) is { } user ? new LiveSession(owner, role, user["account_id"].AsString) : null;
    }

    /// <summary>The session with its next token. Tokens that were used up a lifetime ago are forgotten, so that it does not grow for ever.</summary>
    private async Task<BsonDocument> RotatedAsync(BsonDocument session, byte[] usedHash, byte[] nextHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isVouchedFor = await database["staff_identities"].AnyAsync(new BsonDocument("staff_id", session["owner_id"]), cancellationToken);
        var at = now.ToUnixTimeMilliseconds();
        var rotated = session.DeepClone().AsBsonDocument;
        TokenIn(rotated, usedHash)!["used_at"] = at;
        rotated["tokens"] = new BsonArray(rotated["tokens"].AsBsonArray.Where(t => !IsForgotten(session, t.AsBsonDocument, now))) { new BsonDocument("hash", nextHash) };
        rotated["last_used_at"] = at;
        rotated["expires_at"] = (isVouchedFor ? session["started_at"].ToInt64() : at) + session["lifetime"].ToInt64();
        return rotated;
    }

    private static BsonDocument? TokenIn(BsonDocument session, byte[] hash) =>
        session["tokens"].AsBsonArray.Select(t => t.AsBsonDocument).FirstOrDefault(t => t["hash"].AsByteArray.AsSpan().SequenceEqual(hash));

    /// <summary>Used so long ago that its second use tells nothing any more.</summary>
    private static bool IsForgotten(BsonDocument session, BsonDocument token, DateTimeOffset now) =>
        token.LongOrNull("used_at") <= now.ToUnixTimeMilliseconds() - session["lifetime"].ToInt64();
}
