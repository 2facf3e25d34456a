using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Who gets which delivery to attempt, of any number of instances that ask at once.</summary>
internal sealed class MongoDeliveryQueue(MongoDatabase database)
{
    /// <summary>Documents of one page.</summary>
    private const int AtOnce = 200;

    private static readonly string Queued = StoredDelivery.NameOf(DeliveryState.Queued);

    private MongoTable Table => database[MongoDeliveryStore.Shape.Name];

    /// <summary>What is due in lanes that are not full and is nobody's, oldest first; of each order the first alone. Somebody else may be quicker to take it.</summary>
    public async Task<IReadOnlyList<BsonDocument>> ChooseAsync(DeliveryLease lease, CancellationToken cancellationToken)
    {
        var room = lease.Busy.ToDictionary(b => b.Key, b => lease.PerLane - b.Value, StringComparer.Ordinal);
        var fields = new BsonDocument(((ReadOnlySpan<string>)["due_at", "lane", "stream", "seq", "lease", "rev"]).ToArray().Select(f => new BsonElement(f, 1)));
        var chosen = new List<BsonDocument>();
        for (BsonDocument? last = null; chosen.Count < lease.Take;)
        {
            // A lane that became full on the page before is left out of the next one, so that a long lane is not read to its end.
            var due = Due(lease, room.Where(r => r.Value <= 0).Select(r => r.Key));
            var page = await Table.ListAsync(last is null ? due : MongoFields.After(due, "due_at", last), new BsonDocument { ["due_at"] = 1, ["_id"] = 1 }, AtOnce, fields, cancellationToken);
            var first = await FirstAsync(page, cancellationToken);
            foreach (var document in page.Where(d => d["seq"].ToInt64() <= first.GetValueOrDefault(d["stream"].AsString, long.MinValue)))
            {
                var lane = document["lane"].AsString;
                var left = room.GetValueOrDefault(lane, lease.PerLane);
                if (left > 0 && chosen.Count < lease.Take)
                {
                    room[lane] = left - 1;
                    chosen.Add(document);
                }
            }

            if (page.Count < AtOnce)
            {
                break;
            }

            last = page[^1];
        }

        return chosen;
    }

    /// <summary>
    /// Takes one as it was chosen, or null when anything of it changed since. One that still has a lease was perhaps sent by whoever had it. What was before it in its order when it was chosen had
    /// ended; only a person brings such a one back, and then it goes beside this one, as it does where the lease was there first.
    /// </summary>
    public Task<BsonDocument?> LeaseAsync(BsonDocument chosen, DeliveryLease lease, CancellationToken cancellationToken) => Table.ChangeAsync(
        new BsonDocument { ["_id"] = chosen["_id"], ["rev"] = chosen.GetValue("rev", BsonNull.Value), ["state"] = Queued },
        new BsonDocument
        {
            ["$set"] = new BsonDocument { ["lease"] = lease.Owner, ["leased_until"] = lease.Until.ToUnixTimeMilliseconds() },
            ["$inc"] = new BsonDocument { ["attempts"] = 1L, ["doubts"] = chosen.Contains("lease") ? 1L : 0L, ["rev"] = 1L },
        },
        cancellationToken);

    private static BsonDocument Due(DeliveryLease lease, IEnumerable<string> full)
    {
        var now = lease.Now.ToUnixTimeMilliseconds();
        return new BsonDocument
        {
            ["state"] = Queued,
            ["due_at"] = new BsonDocument("$lte", now),
            ["lane"] = new BsonDocument("$nin", new BsonArray(full)),
            ["$or"] = new BsonArray { new BsonDocument("leased_until", BsonNull.Value), new BsonDocument("leased_until", new BsonDocument("$lte", now)) },
        }.With("quiet", lease.IsQuiet ? (long?)0L : null);
    }

    /// <summary>The first that waits of each order on the page.</summary>
    private async Task<Dictionary<string, long>> FirstAsync(List<BsonDocument> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0)
        {
            return [];
        }

        var first = await Table.AggregateAsync(
            [
                new BsonDocument("$match", MongoFields.In("stream", page.Select(d => d["stream"].AsString).Distinct()).With("state", Queued)),
                new BsonDocument("$group", new BsonDocument { ["_id"] = "$stream", ["seq"] = new BsonDocument("$min", "$seq") }),
            ],
            cancellationToken);
        return first.ToDictionary(d => d["_id"].AsString, d => d["seq"].ToInt64(), StringComparer.Ordinal);
    }
}
