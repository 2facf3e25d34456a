using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Makes collections, validators and indexes where they are not there, and refuses those that are not what the program relies on.</summary>
internal static class MongoSchema
{
    /// <summary>Index by which what is left to do is found.</summary>
    public const string TodoIndex = "todo_left";

    private const int NamespaceExists = 48;
    private const int CommandNotFound = 59;
    private const int DuplicateKey = 11000;

    /// <exception cref="InvalidDataException">An index is another one than it should be, or cannot be built; the message names the remedy.</exception>
    public static void Ensure(IMongoDatabase database, IReadOnlyList<MongoShape> shapes)
    {
        var there = database.ListCollectionNames().ToList().ToHashSet(StringComparer.Ordinal);
        foreach (var shape in shapes)
        {
            if (!there.Contains(shape.Name))
            {
                Create(database, shape);
            }
            else if (shape.Fields.Count > 0)
            {
                Validate(database, shape);
            }

            EnsureIndexes(database.GetCollection<BsonDocument>(shape.Name), shape, there.Contains(shape.Name));
        }
    }

    private static void Create(IMongoDatabase database, MongoShape shape)
    {
        try
        {
            database.CreateCollection(shape.Name, new CreateCollectionOptions<BsonDocument> { Validator = shape.Fields.Count == 0 ? null : new BsonDocumentFilterDefinition<BsonDocument>(Validator(shape)) });
        }
        catch (MongoCommandException e) when (e.Code == NamespaceExists)
        {
            // Another instance was first.
        }
    }

    private static void Validate(IMongoDatabase database, MongoShape shape)
    {
        try
        {
            database.RunCommand<BsonDocument>(new BsonDocument { ["collMod"] = shape.Name, ["validator"] = Validator(shape) });
        }
        catch (MongoCommandException e) when (e.Code is CommandNotFound or 13)
        {
            // A validator is a second guard; without the right to change it the program runs as well.
        }
    }

    private static BsonDocument Validator(MongoShape shape) => new(
        "$jsonSchema",
        new BsonDocument
        {
            ["bsonType"] = "object",
            ["required"] = new BsonArray(shape.Fields.Keys),
            ["properties"] = new BsonDocument(shape.Fields.Select(f => new BsonElement(f.Key, new BsonDocument("bsonType", f.Value)))),
        });

    private static void EnsureIndexes(IMongoCollection<BsonDocument> collection, MongoShape shape, bool isOld)
    {
        var known = isOld ? collection.Indexes.List().ToList().ToDictionary(i => i["name"].AsString) : [];
        foreach (var index in shape.Indexes)
        {
            if (known.TryGetValue(index.Name, out var found))
            {
                if (!IsSame(index, found))
                {
                    throw new InvalidDataException(
                        $"Index {index.Name} of the collection {shape.Name} is another one than this program needs: drop it with db.{shape.Name}.dropIndex(\"{index.Name}\") and start again; it is built anew.");
                }

                continue;
            }

            Build(collection, shape, index);
        }
    }

    private static bool IsSame(MongoIndex index, BsonDocument found) =>
        found["key"].AsBsonDocument.Elements.Select(e => (e.Name, e.Value.ToInt32())).SequenceEqual(index.Keys.Elements.Select(e => (e.Name, e.Value.ToInt32())))
        && found.GetValue("unique", false).ToBoolean() == index.IsUnique
        && found.GetValue("sparse", false).ToBoolean() == index.IsSparse
        && found.Contains("partialFilterExpression") == index.Only is not null;

    private static void Build(IMongoCollection<BsonDocument> collection, MongoShape shape, MongoIndex index)
    {
        try
        {
            collection.Indexes.CreateOne(new CreateIndexModel<BsonDocument>(
                index.Keys,
                new CreateIndexOptions<BsonDocument> { Name = index.Name, Unique = index.IsUnique ? true : null, Sparse = index.IsSparse ? true : null, PartialFilterExpression = index.Only, ExpireAfter = index.Dies }));
        }
        catch (MongoCommandException e) when (e.Code == DuplicateKey)
        {
            throw new InvalidDataException(
                $"Index {index.Name} of the collection {shape.Name} cannot be built: two documents have the same {string.Join(", ", index.Keys.Names)}. Find them with an aggregation by $group over these fields, "
                + "decide which one stays, and start again.", e);
        }
        catch (MongoCommandException e) when (e.Code is 85 or 86)
        {
            throw new InvalidDataException(
                $"Index {index.Name} of the collection {shape.Name} cannot be built beside another one over the same fields: drop that one (db.{shape.Name}.getIndexes() shows it) and start again.", e);
        }
    }
}
