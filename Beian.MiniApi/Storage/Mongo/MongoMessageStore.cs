using System.Globalization;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Messages as documents, what they say sealed. The message decides: a permission is spent on its next attempt before that attempt is recorded, and is found again by whoever begins it after a kill in
/// between; it is given back as something that follows of the message's save.
/// </summary>
internal sealed class MongoMessageStore(MongoDatabase database) : IMessageStore
{
    public static readonly MongoShape Shape = new(
        "wechat_messages", 1,
        MongoIndex.Over("wechat_messages_key", "notification_id", "user_id") with { IsUnique = true },
        MongoIndex.Over("wechat_messages_due", "state", "due_at", "_id"),
        MongoIndex.Over("wechat_messages_user", "openid_index", "template_id", "state", "_id"),
        MongoIndex.Over("wechat_messages_reported", "openid_index", "template_id", "begun_at", "_id"),
        MongoIndex.Over("wechat_messages_owner", "user_id"),
        MongoIndex.Over("wechat_messages_sending", "state", "begun_at"),
        MongoIndex.Over("wechat_messages_ended", "ended_at") with { IsSparse = true },
        MongoIndex.Over("wechat_messages_report", "report") with { IsUnique = true, IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string>
        {
            ["notification_id"] = "string",
            ["user_id"] = "string",
            ["openid_index"] = "string",
            ["template_id"] = "string",
            ["state"] = "string",
            ["attempts"] = "long",
            ["is_repeat"] = "long",
            ["queued_at"] = "long",
            ["due_at"] = "long",
            ["expires_at"] = "long",
        },
    };

    private static readonly string Queued = StoredMessage.NameOf(MessageState.Queued);
    private static readonly string Sending = StoredMessage.NameOf(MessageState.Sending);
    private static readonly string Uncertain = StoredMessage.NameOf(MessageState.Uncertain);

    private MongoTable Table => database[Shape.Name];

    public async Task<bool> AddAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        if (await Table.AnyAsync(new BsonDocument { ["notification_id"] = message.NotificationId, ["user_id"] = message.UserId }, cancellationToken))
        {
            return false;
        }

        try
        {
            return await Table.AddAsync(
                new BsonDocument
                {
                    ["_id"] = await MongoCounters.NextAsync(database, Shape.Name, cancellationToken),
                    ["notification_id"] = message.NotificationId,
                    ["user_id"] = message.UserId,
                    ["account_id"] = message.AccountId,
                    ["openid_index"] = message.OpenIdIndex,
                    ["template_id"] = message.TemplateId,
                    ["event"] = message.Event,
                    ["body"] = SealedColumns.Messages.Seal(database.Sealer, StoredMessage.KeyOf(message.NotificationId, message.UserId), StoredMessage.Write(message)),
                    ["state"] = Queued,
                    ["attempts"] = 0L,
                    ["is_repeat"] = 0L,
                    ["queued_at"] = message.QueuedAt.ToUnixTimeMilliseconds(),
                    ["due_at"] = message.QueuedAt.ToUnixTimeMilliseconds(),
                    ["expires_at"] = message.ExpiresAt.ToUnixTimeMilliseconds(),
                    ["rev"] = 1L,
                },
                cancellationToken);
        }
        catch (MongoDuplicateException)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken)
    {
        const int AtOnce = 200;
        var (due, fields) = (new List<long>(), new BsonDocument { ["due_at"] = 1, ["openid_index"] = 1, ["template_id"] = 1 });
        for (BsonDocument? last = null; due.Count < take;)
        {
            var filter = new BsonDocument { ["state"] = Queued, ["due_at"] = new BsonDocument("$lte", now.ToUnixTimeMilliseconds()) };
            var page = await Table.ListAsync(last is null ? filter : MongoFields.After(filter, "due_at", last), new BsonDocument { ["due_at"] = 1, ["_id"] = 1 }, AtOnce, fields, cancellationToken);
            var oldest = await OldestAsync(page, cancellationToken);
            due.AddRange(page.Select(d => d["_id"].ToInt64()).Where(oldest.Contains).Take(take - due.Count));
            if (page.Count < AtOnce)
            {
                break;
            }

            last = page[^1];
        }

        return due;
    }

    public async Task<WaitingMessage?> FindAsync(long id, CancellationToken cancellationToken) =>
        await Table.FirstAsync(new BsonDocument { ["_id"] = id, ["state"] = Queued }, null, cancellationToken) is { } found ? Waiting(id, found) : null;

    public async Task<MessageStart> BeginAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        (string Credit, string For)? spent = null;
        for (var attempt = 0; ; attempt++)
        {
            var found = await Table.FindAsync(id, cancellationToken);
            if (spent is { } before && (found?["state"].AsString != Queued || NextOf(found) != before.For))
            {
                // Somebody else was first. What was spent here is theirs, or nobody's.
                await ReleaseAsync(found, before.Credit, before.For);
                spent = null;
            }

            if (found is null || found["state"].AsString != Queued)
            {
                return MessageStart.Gone;
            }

            var (next, start) = (found.Copy(), MessageStart.Begun);
            if (found["is_repeat"].ToInt64() == 1)
            {
                start = await IsLastAsync(found, cancellationToken) ? MessageStart.Begun : MessageStart.NotSafe;
            }
            else if (await SpendAsync(found, at, cancellationToken) is { } credit)
            {
                spent = (credit, NextOf(found));
                next["credit"] = credit;
                next["begun_at"] = at.ToUnixTimeMilliseconds();
            }
            else
            {
                start = MessageStart.NoPermission;
            }

            _ = start switch
            {
                MessageStart.Begun => next.With("state", Sending).With("attempts", (long?)found["attempts"].ToInt64() + 1),
                MessageStart.NotSafe => Ended(next, MessageState.Uncertain, "notSafe", at),
                _ => Ended(next, MessageState.Refused, "noPermission", at),
            };
            if (await database.Write(Table).Put(found, next).CommitAsync(cancellationToken))
            {
                return start;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public Task<bool> PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) => WhileOpenAsync(
        id,
        async (found, write) =>
        {
            var next = found.Copy();
            if (found["state"].AsString == Sending)
            {
                await GiveBackAsync(found, next, write, cancellationToken);
            }

            next["state"] = Queued;
            next["due_at"] = Math.Min(until.ToUnixTimeMilliseconds(), found["expires_at"].ToInt64());
            return next;
        },
        cancellationToken);

    public Task<MessageState?> DoubtAsync(long id, DateTimeOffset? repeatAt, DateTimeOffset at, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        (found, write) =>
        {
            if (found?["state"].AsString != Sending)
            {
                return Task.FromResult<MessageState?>(null);
            }

            if (repeatAt is not { } repeat || found["is_repeat"].ToInt64() == 1)
            {
                write.Put(found, Ended(found.Copy(), MessageState.Uncertain, "answerLost", at));
                return Task.FromResult<MessageState?>(MessageState.Uncertain);
            }

            var next = found.Copy();
            next["state"] = Queued;
            next["is_repeat"] = 1L;
            next["due_at"] = Math.Min(repeat.ToUnixTimeMilliseconds(), found["expires_at"].ToInt64());
            write.Put(found, next);
            return Task.FromResult<MessageState?>(MessageState.Queued);
        },
        cancellationToken);

    public Task<bool> EndAsync(long id, MessageState state, string? reason, bool givesBack, DateTimeOffset at, CancellationToken cancellationToken) => WhileOpenAsync(
        id,
        async (found, write) =>
        {
            var next = found.Copy();
            if (givesBack || found["state"].AsString == Queued)
            {
                await GiveBackAsync(found, next, write, cancellationToken);
            }

            return Ended(next, state, reason, at);
        },
        cancellationToken);

    public async Task<IReadOnlyList<long>> UnendedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(
            new BsonDocument { ["state"] = Sending, ["begun_at"] = new BsonDocument("$lte", before.ToUnixTimeMilliseconds()) },
            new BsonDocument("_id", 1),
            0,
            new BsonDocument("_id", 1),
            cancellationToken)).Select(d => d["_id"].ToInt64())];

    public async Task<bool> ReportAsync(string source, string openIdIndex, string templateId, string? code, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await Table.AnyAsync(new BsonDocument("report", source), cancellationToken))
        {
            return false;
        }

        var set = new BsonDocument
        {
            ["state"] = StoredMessage.NameOf(code is null ? MessageState.Delivered : MessageState.Undelivered),
            ["report"] = source,
            ["ended_at"] = at.ToUnixTimeMilliseconds(),
        }.With("reason", code);
        var unset = new BsonDocument("body", "").With("reason", code is null ? "" : null);
        try
        {
            return await Table.ChangeAsync(
                new BsonDocument
                {
                    ["openid_index"] = openIdIndex,
                    ["template_id"] = templateId,
                    ["report"] = BsonNull.Value,
                    ["begun_at"] = new BsonDocument("$lte", (at + StoredMessage.ClockSkew).ToUnixTimeMilliseconds()),
                    ["$or"] = new BsonArray
                    {
                        MongoFields.In("state", [Sending, StoredMessage.NameOf(MessageState.Sent), Uncertain]),
                        new BsonDocument { ["state"] = Queued, ["is_repeat"] = 1L },
                    },
                },
                new BsonDocument { ["$set"] = set, ["$unset"] = unset, ["$inc"] = new BsonDocument("rev", 1L) },
                new BsonDocument { ["begun_at"] = -1, ["_id"] = -1 },
                false,
                cancellationToken) is not null;
        }
        catch (MongoDuplicateException)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<MessageRecord>> ListAsync(string notificationId, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(new BsonDocument("notification_id", notificationId), new BsonDocument("_id", 1), 0, cancellationToken)).Select(d => new MessageRecord(
            notificationId,
            d["user_id"].AsString,
            d["template_id"].AsString,
            d["event"].AsString,
            Enum.Parse<MessageState>(d["state"].AsString, ignoreCase: true),
            d.TextOrNull("reason"),
            d["attempts"].ToInt32(),
            d.Time("queued_at"),
            d.TimeOrNull("ended_at")))];

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (int)await Table.DropAsync(MongoFields.Below("ended_at", before.ToUnixTimeMilliseconds()), cancellationToken);

    /// <summary>Names the attempt that comes next.</summary>
    private static string NextOf(BsonDocument message) => AttemptOf(message, message["attempts"].ToInt64() + 1);

    private static string AttemptOf(BsonDocument message, long number) => string.Create(CultureInfo.InvariantCulture, $"{message["_id"].ToInt64()} {number}");

    private static BsonDocument Ended(BsonDocument next, MessageState state, string? reason, DateTimeOffset at) =>
        next.With("state", StoredMessage.NameOf(state)).With("reason", reason).With("body", (string?)null).With("ended_at", (long?)at.ToUnixTimeMilliseconds());

    /// <summary>Ids of those among the messages that nothing of the same user and template is before.</summary>
    private async Task<HashSet<long>> OldestAsync(List<BsonDocument> page, CancellationToken cancellationToken)
    {
        var pairs = page.Select(d => new BsonDocument { ["openid_index"] = d["openid_index"], ["template_id"] = d["template_id"] }).Distinct().ToList();
        if (pairs.Count == 0)
        {
            return [];
        }

        var oldest = await Table.AggregateAsync(
            [
                new BsonDocument("$match", new BsonDocument { ["$or"] = new BsonArray(pairs), ["state"] = new BsonDocument("$in", new BsonArray { Queued, Sending }) }),
                new BsonDocument("$group", new BsonDocument
                {
                    ["_id"] = new BsonDocument { ["u"] = "$openid_index", ["t"] = "$template_id" },
                    ["first"] = new BsonDocument("$min", "$_id"),
                }),
            ],
            cancellationToken);
        return [.. oldest.Select(d => d["first"].ToInt64())];
    }

    /// <summary>Whether the permission of a repeat was the user's last, so that WeChat cannot deliver a second message.</summary>
    private async Task<bool> IsLastAsync(BsonDocument message, CancellationToken cancellationToken)
    {
        var (index, template) = (message["openid_index"].AsString, message["template_id"].AsString);
        return !await database[MongoMessageCredits.Credits.Name].AnyAsync(await MongoMessageCredits.FreeAsync(database, index, template, cancellationToken), cancellationToken)
            && !await Table.AnyAsync(
                new BsonDocument
                {
                    ["openid_index"] = index,
                    ["template_id"] = template,
                    ["_id"] = new BsonDocument("$ne", message["_id"]),
                    ["$or"] = new BsonArray { MongoFields.In("state", [Sending, Uncertain]), new BsonDocument { ["state"] = Queued, ["is_repeat"] = 1L } },
                },
                cancellationToken);
    }

    /// <summary>A permission for the next attempt. Before there is none, what others gave back and had no time to write down is written down.</summary>
    private async Task<string?> SpendAsync(BsonDocument message, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (index, template) = (message["openid_index"].AsString, message["template_id"].AsString);
        if (await MongoMessageCredits.SpendAsync(database, index, template, NextOf(message), at, cancellationToken) is { } credit)
        {
            return credit;
        }

        var unfinished = new BsonDocument { ["openid_index"] = index, ["template_id"] = template, [MongoDatabase.Todo] = new BsonDocument("$exists", true) };
        var left = await Table.ListAsync(unfinished, null, 0, new BsonDocument("_id", 1), cancellationToken);
        foreach (var other in left)
        {
            await database.FinishAsync(Table, other["_id"], cancellationToken);
        }

        return left.Count == 0 ? null : await MongoMessageCredits.SpendAsync(database, index, template, NextOf(message), at, cancellationToken);
    }

    /// <summary>
    /// The permission of a message that was surely not taken goes back; one in doubt keeps its own. Of one that ends while it waits, what somebody spent on it who was killed before the call.
    /// One that goes on waiting keeps that: its next attempt finds it.
    /// </summary>
    private async Task GiveBackAsync(BsonDocument found, BsonDocument next, MongoWrite write, CancellationToken cancellationToken)
    {
        if (found["is_repeat"].ToInt64() == 1)
        {
            return;
        }

        string? credit;
        string spentFor;
        if (found["state"].AsString == Sending)
        {
            (credit, spentFor) = (found.TextOrNull("credit"), AttemptOf(found, found["attempts"].ToInt64()));
            next.Remove("credit");
        }
        else
        {
            spentFor = NextOf(found);
            credit = (await database[MongoMessageCredits.Credits.Name].FirstAsync(new BsonDocument("spent_for", spentFor), null, cancellationToken))?["_id"].AsString;
        }

        if (credit is not null)
        {
            var (filter, update) = await MongoMessageCredits.GiveBackAsync(database, credit, spentFor, cancellationToken);
            write.ThenChange(database[MongoMessageCredits.Credits.Name], filter, update);
        }
    }

    /// <summary>Gives a permission back that was spent on an attempt which somebody else began with another one, or which will not be.</summary>
    private async Task ReleaseAsync(BsonDocument? message, string credit, string spentFor)
    {
        if (message?.TextOrNull("credit") != credit)
        {
            var (filter, update) = await MongoMessageCredits.GiveBackAsync(database, credit, spentFor, CancellationToken.None);
            await database[MongoMessageCredits.Credits.Name].ChangeAsync(filter, update, CancellationToken.None);
        }
    }

    /// <summary>Saves what becomes of a message that waits or is being sent; false when it is neither.</summary>
    private Task<bool> WhileOpenAsync(long id, Func<BsonDocument, MongoWrite, Task<BsonDocument>> change, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        async (found, write) =>
        {
            if (found is null || (found["state"].AsString != Queued && found["state"].AsString != Sending))
            {
                return false;
            }

            write.Put(found, await change(found, write));
            return true;
        },
        cancellationToken);

    private WaitingMessage Waiting(long id, BsonDocument d)
    {
        var key = StoredMessage.KeyOf(d["notification_id"].AsString, d["user_id"].AsString);
        var body = StoredMessage.Read(SealedColumns.Messages.Open(database.Sealer, key, d["body"].AsByteArray));
        var message = new QueuedMessage(
            d["notification_id"].AsString,
            d["user_id"].AsString,
            d["account_id"].AsString,
            d["openid_index"].AsString,
            d["template_id"].AsString,
            d["event"].AsString,
            body.Page,
            body.Data,
            d.Time("queued_at"),
            d.Time("expires_at"));
        return new WaitingMessage(id, message, d["attempts"].ToInt32(), d["is_repeat"].ToInt64() == 1);
    }
}
