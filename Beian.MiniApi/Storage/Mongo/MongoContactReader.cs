using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads the contacts that stand in filings and filed subjects.</summary>
internal sealed class MongoContactReader(MongoDatabase database) : IContactReader
{
    public async Task<IReadOnlyDictionary<ContactKey, ContactUse>> FindElsewhereAsync(
        IReadOnlyCollection<ContactKey> keys, string subjectKey, string accountId, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ContactKey, ContactUse>();
        if (keys.Count == 0)
        {
            return found;
        }

        var used = new Dictionary<(string, string), HashSet<string>>();
        foreach (var table in new[] { "filings", "subjects" })
        {
            foreach (var use in await database[table].AggregateAsync(Uses(keys, subjectKey, accountId), cancellationToken))
            {
                var contact = (use["_id"]["digest"].AsString, use["_id"]["kind"].AsString);
                used.TryAdd(contact, new HashSet<string>(StringComparer.Ordinal));
                used[contact].UnionWith(use["persons"].AsBsonArray.Where(p => p.IsString).Select(p => p.AsString));
            }
        }

        foreach (var key in keys.Distinct())
        {
            if (used.TryGetValue((key.Digest, key.Kind), out var persons))
            {
                found.Add(key, key.Person is not null && persons.Any(p => p != key.Person) ? ContactUse.AnotherPerson : ContactUse.AnotherSubject);
            }
        }

        return found;
    }

    /// <summary>The contacts as they stand in their owner's document; null for none.</summary>
    internal static BsonArray? Of(string? subjectKey, IReadOnlyList<ContactKey> contacts) => contacts.Count == 0
        ? null
        : [.. contacts.Select(c => new BsonDocument { ["subject_key"] = subjectKey ?? string.Empty, ["kind"] = c.Kind, ["digest"] = c.Digest }.With("person", c.Person))];

    /// <summary>By contact, whose they are elsewhere; counted where they lie, since many may have one number.</summary>
    private static IEnumerable<BsonDocument> Uses(IReadOnlyCollection<ContactKey> keys, string subjectKey, string accountId)
    {
        var digests = DocumentFields.In(keys.Select(k => k.Digest).Distinct(StringComparer.Ordinal));
        return
        [
            new BsonDocument("$match", new BsonDocument { ["contacts.digest"] = digests, ["account_id"] = new BsonDocument("$ne", accountId) }),
            new BsonDocument("$project", new BsonDocument("contacts", 1)),
            new BsonDocument("$unwind", "$contacts"),
            new BsonDocument("$match", new BsonDocument { ["contacts.digest"] = digests, ["contacts.subject_key"] = new BsonDocument("$ne", subjectKey) }),
            new BsonDocument("$group", new BsonDocument
            {
                ["_id"] = new BsonDocument { ["digest"] = "$contacts.digest", ["kind"] = "$contacts.kind" },
                ["persons"] = new BsonDocument("$addToSet", "$contacts.person"),
            }),
        ];
    }
}
