using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>An index that a collection needs.</summary>
/// <param name="Name">Unique in its collection; a refused duplicate names it.</param>
/// <param name="Keys">Fields with 1 or -1, in order.</param>
internal sealed record MongoIndex(string Name, BsonDocument Keys)
{
    public bool IsUnique { get; init; }

    /// <summary>Documents without the fields are left out.</summary>
    public bool IsSparse { get; init; }

    /// <summary>Only documents of this kind are in it; null for all.</summary>
    public BsonDocument? Only { get; init; }

    /// <summary>MongoDB deletes a document when the date in the field is this long past; null for never.</summary>
    public TimeSpan? Dies { get; init; }

    /// <summary>An ascending index over fields, in order.</summary>
    public static MongoIndex Over(string name, params string[] fields) => new(name, new BsonDocument(fields.Select(f => new BsonElement(f, 1))));
}

/// <summary>What the documents of a collection look like, as far as the database is told: the envelope, not the sealed payload in it.</summary>
/// <param name="Name">The collection; the name of the table that SQLite keeps the same things in, if there is one.</param>
/// <param name="Version">Version of its documents, in their field <c>v</c>. A document of a higher one is refused, never misread.</param>
/// <param name="Indexes">Made at the start where they are not there.</param>
internal sealed record MongoShape(string Name, int Version, params MongoIndex[] Indexes)
{
    /// <summary>Fields that each document has, with their BSON types, such as <c>("payload", "binData")</c>; the database refuses others.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>Brings a document of version n to n + 1, by n; kept by the next write of the document.</summary>
    public IReadOnlyDictionary<int, Action<BsonDocument>> Upgrades { get; init; } = new Dictionary<int, Action<BsonDocument>>();

    /// <summary>True when changes of it belong in the audit trail.</summary>
    public bool IsWatched => !AuditedThings.Unwatched.ContainsKey(Name) && Indexes.Any(i => i.Name == MongoSchema.TodoIndex);
}
