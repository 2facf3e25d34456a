using Beian.MiniApi.Domain.Subjects;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Goes through an import without writing: who would have what after each subject.</summary>
internal sealed class MongoSubjectConflicts
{
    /// <summary>Subjects whose values are asked for at a time.</summary>
    private const int AtATime = 500;

    private readonly Dictionary<string, (long Revision, string[] Values)> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>Index of the first subject that conflicts with what is stored, or with one before it; null when none does.</summary>
    public static async Task<int?> FirstAsync(MongoTable table, IReadOnlyList<FiledSubject> subjects, CancellationToken cancellationToken)
    {
        var all = new MongoSubjectConflicts();
        foreach (var some in subjects.Chunk(AtATime))
        {
            foreach (var stored in await table.ListAsync(About(some), null, 0, new BsonDocument { ["account_id"] = 1, ["number"] = 1, ["subject_key"] = 1, ["domains"] = 1, ["revision"] = 1 }, cancellationToken))
            {
                all.Put(
                    stored["_id"].AsString,
                    stored["revision"].ToInt64(),
                    Values(stored["account_id"].AsString, stored["number"].AsString, stored["subject_key"].AsString, stored.GetValue("domains", new BsonArray()).AsBsonArray.Select(d => d.AsString)));
            }
        }

        for (var i = 0; i < subjects.Count; i++)
        {
            if (!all.TryPut(subjects[i]))
            {
                return i;
            }
        }

        return null;
    }

    public static IEnumerable<string> DomainsOf(FiledSubject subject) => subject.Sites.Select(s => s.Domain).Distinct(StringComparer.Ordinal);

    private bool TryPut(FiledSubject subject)
    {
        var values = Values(subject.AccountId, subject.Number, subject.SubjectKey, DomainsOf(subject));
        if ((_subjects.TryGetValue(subject.Id, out var known) && known.Revision != subject.Revision) || values.Any(v => _owners.TryGetValue(v, out var owner) && owner != subject.Id))
        {
            return false;
        }

        Put(subject.Id, subject.Revision + 1, values);
        return true;
    }

    private void Put(string id, long revision, string[] values)
    {
        foreach (var former in _subjects.TryGetValue(id, out var known) ? known.Values : [])
        {
            _owners.Remove(former);
        }

        _subjects[id] = (revision, values);
        foreach (var value in values)
        {
            _owners[value] = id;
        }
    }

    private static string[] Values(string account, string number, string key, IEnumerable<string> domains) => ["a " + account, "n " + number, "k " + key, .. domains.Select(d => "d " + d)];

    /// <summary>Whatever is stored under an id, account, number, certificate or domain of these.</summary>
    private static BsonDocument About(FiledSubject[] some) => new("$or", new BsonArray
    {
        new BsonDocument("_id", DocumentFields.In(some.Select(s => s.Id))),
        new BsonDocument("account_id", DocumentFields.In(some.Select(s => s.AccountId))),
        new BsonDocument("number", DocumentFields.In(some.Select(s => s.Number))),
        new BsonDocument("subject_key", DocumentFields.In(some.Select(s => s.SubjectKey))),
        new BsonDocument("domains", DocumentFields.In(some.SelectMany(DomainsOf))),
    });
}
