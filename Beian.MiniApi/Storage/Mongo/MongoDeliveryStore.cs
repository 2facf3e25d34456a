using System.Globalization;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Deliveries as documents, what they say sealed by their key. Every change raises the revision: a lease is one change that only one of any number of claimers gets through.</summary>
internal sealed class MongoDeliveryStore(MongoDatabase database) : IDeliveryStore
{
    public static readonly MongoShape Shape = new(
        "deliveries", 1,
        MongoIndex.Over("deliveries_key", "key") with { IsUnique = true },
        MongoIndex.Over("deliveries_due", "state", "due_at", "_id"),
        MongoIndex.Over("deliveries_order", "state", "stream", "seq"),
        MongoIndex.Over("deliveries_queued", "state", "queued_at"),
        MongoIndex.Over("deliveries_state", "state", "_id"),
        MongoIndex.Over("deliveries_filing", "filing_id", "_id"),
        MongoIndex.Over("deliveries_target", "target", "_id"),
        MongoIndex.Over("deliveries_owner", "account_id"),
        MongoIndex.Over("deliveries_ended", "ended_at") with { IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string>
        {
            ["key"] = "string",
            ["channel"] = "string",
            ["target"] = "string",
            ["lane"] = "string",
            ["stream"] = "string",
            ["seq"] = "long",
            ["account_id"] = "string",
            ["filing_id"] = "string",
            ["quiet"] = "long",
            ["state"] = "string",
            ["attempts"] = "long",
            ["doubts"] = "long",
            ["queued_at"] = "long",
            ["due_at"] = "long",
            ["expires_at"] = "long",
        },
    };

    private static readonly string Queued = StoredDelivery.NameOf(DeliveryState.Queued);
    private static readonly string Sent = StoredDelivery.NameOf(DeliveryState.Sent);
    private static readonly string Dead = StoredDelivery.NameOf(DeliveryState.Dead);

    private static readonly BsonDocument NewestFirst = new("_id", -1);

    private readonly MongoDeliveryQueue _queue = new(database);

    private MongoTable Table => database[Shape.Name];

    public async Task<bool> AddAsync(NewDelivery delivery, CancellationToken cancellationToken)
    {
        if (await Table.AnyAsync(new BsonDocument("key", delivery.Key), cancellationToken) || await MongoErased.IsAsync(database, delivery.AccountId, cancellationToken))
        {
            return false;
        }

        var document = Document(delivery, await MongoCounters.NextAsync(database, Shape.Name, cancellationToken));
        var write = database.Write(Table).Put(null, document);
        if (!delivery.IsQuiet)
        {
            // One that may not wait takes those before it along.
            var before = new BsonDocument { ["state"] = Queued, ["stream"] = document["stream"], ["seq"] = new BsonDocument("$lt", document["seq"]), ["quiet"] = 1L };
            if (await Table.AnyAsync(before, cancellationToken))
            {
                write.ThenChange(Table, before, new BsonDocument { ["$set"] = new BsonDocument("quiet", 0L), ["$inc"] = new BsonDocument("rev", 1L) }, isMany: true);
            }
        }

        try
        {
            if (!await write.CommitAsync(cancellationToken))
            {
                return false;
            }
        }
        catch (MongoDuplicateException)
        {
            return false;
        }

        if (!await MongoErased.IsAsync(database, delivery.AccountId, CancellationToken.None))
        {
            return true;
        }

        await Table.DropAsync(new BsonDocument("_id", document["_id"]), CancellationToken.None);
        return false;
    }

    public async Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(DeliveryLease lease, CancellationToken cancellationToken)
    {
        var leased = new List<BsonDocument>();
        foreach (var chosen in await _queue.ChooseAsync(lease, cancellationToken))
        {
            if (await _queue.LeaseAsync(chosen, lease, cancellationToken) is { } mine)
            {
                leased.Add(mine);
            }
        }

        return [.. leased.OrderBy(d => d["_id"].ToInt64()).Select(Leased)];
    }

    public async Task<bool> SettleAsync(long id, string owner, DeliveryEnd end, string? reason, DateTimeOffset? dueAt, string? receipt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mine = new BsonDocument { ["_id"] = id, ["lease"] = owner, ["state"] = Queued };
        var (set, unset, count) = (new BsonDocument(), new BsonDocument { ["lease"] = "", ["leased_until"] = "" }, new BsonDocument("rev", 1L));
        Say(set, unset, "reason", reason);
        if (end is DeliveryEnd.Again or DeliveryEnd.Doubt)
        {
            set["due_at"] = (dueAt ?? now).ToUnixTimeMilliseconds();
            count["doubts"] = end == DeliveryEnd.Doubt ? 1L : 0L;
        }
        else
        {
            set["state"] = end == DeliveryEnd.Sent ? Sent : Dead;
            set["ended_at"] = now.ToUnixTimeMilliseconds();
            Say(set, unset, "receipt", receipt);
            if (end == DeliveryEnd.Sent && await Table.AnyAsync(new BsonDocument { ["_id"] = id, ["channel"] = new BsonDocument("$ne", "webhook") }, cancellationToken))
            {
                // What was sent is forgotten, but a webhook may be called once more.
                unset["body"] = "";
            }
        }

        return await Table.ChangeAsync(mine, new BsonDocument { ["$set"] = set, ["$unset"] = unset, ["$inc"] = count }, cancellationToken) is not null;
    }

    public async Task<IReadOnlyList<DeliveryRow>> PageAsync(DeliveryFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        // Only what is asked for stands in the filter, so that an index serves it.
        var which = MongoFields.Below("_id", before ?? long.MaxValue)
            .With("state", filter.State is { } state ? StoredDelivery.NameOf(state) : null)
            .With("channel", filter.Channel)
            .With("filing_id", filter.FilingId)
            .With("target", filter.Target);
        return [.. (await Table.ListAsync(which, NewestFirst, limit, cancellationToken)).Select(Row)];
    }

    public async Task<DeliveryRow?> FindAsync(long id, CancellationToken cancellationToken) => await Table.FindAsync(id, cancellationToken) is { } found ? Row(found) : null;

    public Task<bool> RetryAsync(long id, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) => ByHandAsync(
        id,
        now,
        found =>
        {
            if (!found.Contains("body") || found["state"].AsString is not { } state || (state != Queued && state != Dead && state != Sent))
            {
                return null;
            }

            var next = found.Copy();
            (next["state"], next["attempts"], next["doubts"], next["quiet"]) = (Queued, 0L, 0L, 0L);
            (next["due_at"], next["expires_at"]) = (now.ToUnixTimeMilliseconds(), expiresAt.ToUnixTimeMilliseconds());
            foreach (var over in (ReadOnlySpan<string>)["reason", "receipt", "ended_at"])
            {
                next.Remove(over);
            }

            return next;
        },
        cancellationToken);

    public Task<bool> DropAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) => ByHandAsync(
        id,
        now,
        found =>
        {
            if (found["state"].AsString is not { } state || (state != Queued && state != Dead))
            {
                return null;
            }

            var next = found.Copy();
            (next["state"], next["ended_at"]) = (StoredDelivery.NameOf(DeliveryState.Dropped), now.ToUnixTimeMilliseconds());
            next.Remove("body");
            return next;
        },
        cancellationToken);

    public async Task<DeliveryCounts> CountAsync(CancellationToken cancellationToken)
    {
        var waiting = new BsonDocument("state", Queued);
        var oldest = await Table.ListAsync(waiting, new BsonDocument("queued_at", 1), 1, new BsonDocument("queued_at", 1), cancellationToken);
        return new DeliveryCounts(
            await Table.CountAsync(waiting, cancellationToken),
            await Table.CountAsync(new BsonDocument("state", Dead), cancellationToken),
            oldest.Count == 0 ? null : oldest[0].Time("queued_at"));
    }

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (int)await Table.DropAsync(MongoFields.Below("ended_at", before.ToUnixTimeMilliseconds()), cancellationToken);

    /// <summary>What a person does with a message nobody attempts now: nothing else of its collection is in the audit trail.</summary>
    private Task<bool> ByHandAsync(long id, DateTimeOffset now, Func<BsonDocument, BsonDocument?> change, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        (found, write) =>
        {
            if (found is null || found.TimeOrNull("leased_until") > now || change(found) is not { } next)
            {
                return Task.FromResult(false);
            }

            next.Remove("lease");
            next.Remove("leased_until");
            write.Put(found, next).Note(new Sighting(AuditActs.Changed, Shape.Name, id.ToString(CultureInfo.InvariantCulture), found["account_id"].AsString));
            return Task.FromResult(true);
        },
        cancellationToken);

    private BsonDocument Document(NewDelivery delivery, long id) => new()
    {
        ["_id"] = id,
        ["key"] = delivery.Key,
        ["channel"] = delivery.Channel,
        ["target"] = delivery.Target,
        ["lane"] = delivery.Lane,
        ["stream"] = StoredDelivery.StreamOf(delivery),
        ["seq"] = (long)delivery.Seq,
        ["account_id"] = delivery.AccountId,
        ["filing_id"] = delivery.FilingId,
        ["event"] = delivery.Event,
        ["body"] = SealedColumns.Deliveries.Seal(database.Sealer, delivery.Key, StoredDelivery.Write(delivery.Body)),
        ["quiet"] = delivery.IsQuiet ? 1L : 0L,
        ["state"] = Queued,
        ["attempts"] = 0L,
        ["doubts"] = 0L,
        ["queued_at"] = delivery.QueuedAt.ToUnixTimeMilliseconds(),
        ["due_at"] = delivery.QueuedAt.ToUnixTimeMilliseconds(),
        ["expires_at"] = delivery.ExpiresAt.ToUnixTimeMilliseconds(),
    };

    private LeasedDelivery Leased(BsonDocument d) => new(
        d["_id"].ToInt64(),
        d["key"].AsString,
        d["channel"].AsString,
        d["lane"].AsString,
        d["event"].AsString,
        StoredDelivery.Open(database.Sealer, d["key"].AsString, MongoDatabase.BytesOrNull(d, "body")),
        d["attempts"].ToInt32(),
        d["doubts"].ToInt32(),
        d.Time("expires_at"));

    private static void Say(BsonDocument set, BsonDocument unset, string name, string? value) => (value is null ? unset : set)[name] = value ?? "";

    private static DeliveryRow Row(BsonDocument d)
    {
        var state = Enum.Parse<DeliveryState>(d["state"].AsString, ignoreCase: true);
        return new DeliveryRow(
            d["_id"].ToInt64(),
            d["key"].AsString,
            d["channel"].AsString,
            d["target"].AsString,
            d["filing_id"].AsString,
            d["event"].AsString,
            state,
            d.TextOrNull("reason"),
            d["attempts"].ToInt32(),
            d.Time("queued_at"),
            state == DeliveryState.Queued ? d.Time("due_at") : null,
            d.TimeOrNull("ended_at"),
            d.TextOrNull("receipt"));
    }
}
