using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// One save. A single document is replaced, added or deleted, and that alone decides: it is atomic, guarded by the revision of the document, and refused as a whole. What follows of it (other
/// documents, the kept answer, entries of the audit trail) is written into the same document as something to do, done at once, and done by the next instance that comes by if this one
/// is killed. So nothing that follows may be refused: it is put so that doing it twice, or late, changes nothing.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="table">Collection of the document that decides.</param>
internal sealed class MongoWrite(MongoDatabase database, MongoTable table)
{
    private readonly string _n = ObjectId.GenerateNewId().ToString();
    private readonly BsonArray _follow = [];
    private readonly List<MongoNote> _notes = [];
    private BsonDocument? _before;
    private BsonDocument? _after;
    private BsonValue _id = BsonNull.Value;
    private IdempotencyRecord? _answer;

    /// <summary>True once it is said what is to be saved.</summary>
    public bool IsMade => _after is not null || _before is not null;

    /// <summary>Adds a document that is not there yet (<paramref name="before"/> null), or replaces the one that was read.</summary>
    public MongoWrite Put(BsonDocument? before, BsonDocument after)
    {
        (_before, _after, _id) = (before, table.Marked(after), after["_id"]);
        return this;
    }

    /// <summary>Deletes the document that was read.</summary>
    public MongoWrite Remove(BsonDocument before)
    {
        (_before, _after, _id) = (before, null, before["_id"]);
        return this;
    }

    /// <summary>Adds an entry to the audit trail for something that stands in another document, or in a part of this one.</summary>
    public MongoWrite Note(string act, string kind, string thing, string? owner, BsonValue? before = null, BsonValue? after = null)
    {
        if (database.Trail is not null && !AuditedThings.Unwatched.ContainsKey(kind))
        {
            _notes.Add(database.NoteOf(act, kind, thing, owner, before, after));
        }

        return this;
    }

    /// <summary>Adds an entry to the audit trail for something that no document tells of, such as what a person did with a message.</summary>
    public MongoWrite Note(Sighting sighting)
    {
        if (database.Trail is not null)
        {
            _notes.Add(database.NoteOf(sighting.Act, sighting.Kind, sighting.Thing, sighting.Owner, null, null, sighting.Reason));
        }

        return this;
    }

    /// <summary>Afterwards adds this document to another collection, unless one of its id is there.</summary>
    public MongoWrite ThenAdd(MongoTable other, BsonDocument document)
    {
        _follow.Add(new BsonDocument { ["c"] = other.Name, ["i"] = other.Marked(document) });
        Watch(other, document["_id"], document, null, document);
        return this;
    }

    /// <summary>Afterwards changes documents of another collection that the audit trail does not tell of.</summary>
    /// <param name="other">The collection.</param>
    /// <param name="filter">Which; with a revision in it where a late second time would do harm.</param>
    /// <param name="update">Operators such as <c>$set</c>.</param>
    /// <param name="isMany">All that match, not one.</param>
    /// <param name="isUpsert">Adds it where none matches.</param>
    public MongoWrite ThenChange(MongoTable other, BsonDocument filter, BsonDocument update, bool isMany = false, bool isUpsert = false)
    {
        _follow.Add(new BsonDocument { ["c"] = other.Name, ["f"] = filter, ["u"] = update, ["m"] = isMany, ["s"] = isUpsert });
        return this;
    }

    /// <summary>Afterwards deletes whatever matches in another collection. Where the audit trail tells of it, <paramref name="read"/> are the documents as they were read.</summary>
    public MongoWrite ThenDrop(MongoTable other, BsonDocument filter, IEnumerable<BsonDocument>? read = null)
    {
        _follow.Add(new BsonDocument { ["c"] = other.Name, ["f"] = filter, ["d"] = true });
        foreach (var document in read ?? [])
        {
            Watch(other, document["_id"], document, document, null);
        }

        return this;
    }

    /// <summary>The answer that is kept with the save; null keeps none.</summary>
    public MongoWrite Answer(IdempotencyRecord? record)
    {
        _answer = record;
        return this;
    }

    /// <summary>Saves; false when another write came first, and nothing was written.</summary>
    /// <exception cref="IdempotencyKeyTakenException">Another write used the key; nothing was written.</exception>
    /// <exception cref="MongoDuplicateException">A unique index refused the document; nothing was written.</exception>
    public async Task<bool> CommitAsync(CancellationToken cancellationToken)
    {
        Watch(table, _id, _after ?? _before!, _before, _after);

        // From here on nobody who leaves breaks it off: what came of it would be known to nobody, and its key would stay claimed.
        cancellationToken.ThrowIfCancellationRequested();
        if (_answer is not null)
        {
            await MongoIdempotencyStore.ClaimAsync(database, _answer, _n, table.Name, _id, CancellationToken.None);
            _follow.Add(MongoIdempotencyStore.Keep(database, _answer));
        }

        var saved = false;
        try
        {
            saved = await DecideAsync();
        }
        catch (Exception e) when (e is MongoDuplicateException or StorageFullException)
        {
            await ReleaseAsync();
            throw;
        }

        if (!saved)
        {
            await ReleaseAsync();
            return false;
        }

        // From here on it is saved: what follows is tried now, and is done by somebody else otherwise.
        await database.FollowAsync(table, _id, _n, _follow, _notes);
        return true;
    }

    private async Task<bool> DecideAsync()
    {
        var todo = Todo();
        if (_after is null)
        {
            // A document that is gone can hold nothing to do: what it holds is done before, and what follows now stands beside it first.
            if (_before!.Contains(MongoDatabase.Todo))
            {
                await database.FinishAsync(table, _id, CancellationToken.None);
            }

            var isIntent = todo is not null;
            if (isIntent)
            {
                todo!["c"] = table.Name;
                todo["id"] = _id;
                todo["rev"] = Same(_before!)["rev"];
                todo["_id"] = _n;
                await database.Todos.AddAsync(todo, CancellationToken.None);
            }

            var gone = await table.DropAsync(Same(_before!), CancellationToken.None) == 1;
            if (!gone && isIntent)
            {
                await database.Todos.DropAsync(new BsonDocument("_id", _n), CancellationToken.None);
            }

            return gone;
        }

        // A new one begins with the time: the note of an earlier one's deletion must not fit one of the same id that was added since.
        _after["rev"] = _before is null ? database.Time.GetUtcNow().ToUnixTimeMilliseconds() : Rev(_before) + 1;
        var todos = _before is not null && _before.TryGetValue(MongoDatabase.Todo, out var left) ? left.AsBsonArray : [];
        if (todo is not null)
        {
            todos = [.. todos, todo];
        }

        if (todos.Count > 0)
        {
            _after[MongoDatabase.Todo] = todos;
        }
        else
        {
            _after.Remove(MongoDatabase.Todo);
        }

        if (_before is null)
        {
            return await table.AddAsync(_after, CancellationToken.None);
        }

        return (await MongoErrors.RunAsync(() => table.Collection.ReplaceOneAsync(Same(_before), _after))).MatchedCount == 1;
    }

    /// <summary>What is to be done, or null. Kept as bytes: operators are no names of fields.</summary>
    private BsonDocument? Todo() => _follow.Count == 0 && _notes.Count == 0
        ? null
        : new BsonDocument
        {
            ["n"] = _n,
            ["at"] = database.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            ["do"] = new BsonDocument { ["a"] = _follow, ["notes"] = new BsonArray(_notes.Select(n => n.ToDocument())) }.ToBson(),
        };

    private async Task ReleaseAsync()
    {
        if (_answer is not null)
        {
            await MongoIdempotencyStore.ReleaseAsync(database, _answer.Key, _n);
        }
    }

    private void Watch(MongoTable of, BsonValue id, BsonDocument either, BsonDocument? before, BsonDocument? after)
    {
        if (database.Trail is not null && of.Shape.IsWatched)
        {
            var thing = AuditedThings.Names.TryGetValue(of.Name, out var name) ? either[name] : id;
            var act = before is null ? AuditActs.Created : after is null ? AuditActs.Deleted : AuditActs.Changed;
            _notes.Add(database.NoteOf(act, of.Name, MongoDatabase.Text(thing), of.Name == "accounts" ? MongoDatabase.Text(id) : MongoDatabase.TextOrNull(either, "account_id"), before, after));
        }
    }

    /// <summary>The document as it was read; null stands for one without a revision.</summary>
    private static BsonDocument Same(BsonDocument before) => new() { ["_id"] = before["_id"], ["rev"] = before.GetValue("rev", BsonNull.Value) };

    private static long Rev(BsonDocument document) => document.GetValue("rev", 0L).ToInt64();
}

/// <summary>An entry of the audit trail that has no number yet.</summary>
internal sealed record MongoNote(
    string N, DateTimeOffset At, string Actor, string Role, string Act, string Kind, string Thing, string Route, string? Owner, byte[]? Reason, string? Source, byte[]? Before, byte[]? After)
{
    public BsonDocument ToDocument()
    {
        var document = new BsonDocument
        {
            ["n"] = N,
            ["at"] = At.ToUnixTimeMilliseconds(),
            ["actor"] = Actor,
            ["role"] = Role,
            ["act"] = Act,
            ["kind"] = Kind,
            ["thing"] = Thing,
            ["route"] = Route,
        };
        Put(document, "owner", Owner);
        Put(document, "reason", Reason);
        Put(document, "source", Source);
        Put(document, "before", Before);
        Put(document, "after", After);
        return document;
    }

    public static MongoNote Of(BsonDocument d) => new(
        d["n"].AsString, DateTimeOffset.FromUnixTimeMilliseconds(d["at"].ToInt64()), d["actor"].AsString, d["role"].AsString, d["act"].AsString, d["kind"].AsString, d["thing"].AsString,
        d["route"].AsString, MongoDatabase.TextOrNull(d, "owner"), MongoDatabase.BytesOrNull(d, "reason"), MongoDatabase.TextOrNull(d, "source"), MongoDatabase.BytesOrNull(d, "before"),
        MongoDatabase.BytesOrNull(d, "after"));

    private static void Put(BsonDocument document, string name, string? value)
    {
        if (value is not null)
        {
            document[name] = value;
        }
    }

    private static void Put(BsonDocument document, string name, byte[]? value)
    {
        if (value is not null)
        {
            document[name] = value;
        }
    }
}
