using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage.Moving;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// How a row is a document. By convention: the key is <c>_id</c> (a composite one its columns joined by spaces, which then stand there as well), a column is a field of its name, NULL is no field. What
/// is different for a collection, and what its store has in it beyond the columns, stands in <see cref="All"/>.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class MongoMoveMap(MovedTable table)
{
    /// <summary>By table.</summary>
    public static readonly IReadOnlyDictionary<string, MongoMoveMap> All = new MongoMoveMap[]
    {
        new(Of("filings"))
        {
            Derive = MongoFilings.Derived,
            Own = [MongoFilings.DueKey, MongoFilings.Queued, MongoFilings.OutboxOpen, MongoFilings.FaceWaiting, MongoFilings.FactsMissing],
            Parts = [new MongoMovePart("holds", "key") { Follows = FollowsOfHold }, Contacts("filing")],
        },
        new(Of("subjects")) { Parts = [new MongoMovePart("domains", "domain"), Contacts("subject")] },
        new(Of("sessions")) { Parts = [new MongoMovePart("tokens") { IsAlways = true }] },
        new(Of("staff")) { Parts = [new MongoMovePart("passwords")] },

        // A user who is going has to be gone before: in the other engine nobody would know.
        new(Of("users")) { Own = ["moves"], Unfinished = ["going"] },

        // What is hidden was made out for a batch that never came.
        new(Of("auth_codes")) { Own = ["wanted_until"], IsThing = d => !d.Contains(MongoAuthCodeBatch.Hidden) },
        new(Of("attempts")) { Derive = MongoAttemptStore.Derived, Own = ["key", "dies_at"], Parts = [new MongoMovePart("at", "at") { IsAlways = true }] },
        new(Of("review_reasons")) { Own = ["place"] },
        new(Of("resumable_uploads")) { Own = ["place", "seat"] },
        new(Of("message_credits")) { Own = ["spent_for"] },
        new(Of("consents")) { Derive = d => d.With("n", d["at"]), Own = ["n", "follows"] },

        // The claim of a save that never came is no answer.
        new(Of("idempotency"))
        {
            Derive = d => d.With("dies_at", new BsonDateTime(d["expires_at"].ToInt64())),
            Own = ["by", "c", "id", "claimed_at", "dies_at"],
            IsThing = d => d.Contains("answer"),
        },
        new(Of("audit_entries")) { Derive = d => d.With("n", d["_id"].ToInt64().ToString(CultureInfo.InvariantCulture)), Own = ["n"] },

        // A chain that has a name and no entry yet.
        new(Of("audit_chain")) { IsThing = d => d.Contains("seq") },
    }.Concat(MovedTables.All.Select(t => new MongoMoveMap(t))).DistinctBy(m => m.Name).ToDictionary(m => m.Name, StringComparer.Ordinal);

    public string Name => table.Name;

    /// <summary>Puts the fields that follow from others, as the store does.</summary>
    private Func<BsonDocument, BsonDocument> Derive { get; init; } = d => d;

    /// <summary>Fields that a store puts beside the columns; they do not move.</summary>
    private string[] Own { get; init; } = [];

    /// <summary>Fields of a document that something is under way with.</summary>
    private string[] Unfinished { get; init; } = [];

    private Func<BsonDocument, bool> IsThing { get; init; } = _ => true;

    private MongoMovePart[] Parts { get; init; } = [];

    /// <summary>The document of a row.</summary>
    public BsonDocument ToDocument(MovedThing thing)
    {
        var id = table.Key.Count == 1
            ? Value(thing.Row[table.IndexOf(table.Key[0])])
            : string.Join(' ', table.Key.Select(k => Convert.ToString(thing.Row[table.IndexOf(k)], CultureInfo.InvariantCulture)));
        var document = new BsonDocument("_id", id);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (thing.Row[i] is { } value && !IsId(table.Columns[i]))
            {
                document[table.Columns[i]] = Value(value);
            }
        }

        for (var i = 0; i < Parts.Length; i++)
        {
            Parts[i].Put(document, table.Parts[i], thing.Parts[i]);
        }

        return Derive(document);
    }

    /// <summary>The row of a document; null for one that stands for no row.</summary>
    /// <exception cref="InvalidDataException">It has something that has no place in a row.</exception>
    public MovedThing? ToThing(BsonDocument document)
    {
        if (!IsThing(document))
        {
            return null;
        }

        Refuse(document);
        var row = table.Columns.Select(c => Value(IsId(c) ? document["_id"] : document.GetValue(c, BsonNull.Value), Name)).ToArray();
        return new MovedThing(row, [.. Parts.Select((p, i) => p.Rows(document, table.Parts[i]))]);
    }

    public static BsonValue Value(object? value) => value switch
    {
        long number => new BsonInt64(number),
        double real => new BsonDouble(real),
        string text => new BsonString(text),
        byte[] bytes => new BsonBinaryData(bytes),
        _ => BsonNull.Value,
    };

    public static object? Value(BsonValue value, string table) => value switch
    {
        BsonInt64 or BsonInt32 => value.ToInt64(),
        BsonDouble real => real.Value,
        BsonString text => text.Value,
        BsonBinaryData bytes => bytes.Bytes,
        BsonNull => null,
        _ => throw new InvalidDataException($"A document of {table} holds a {value.BsonType}, which no column can hold."),
    };

    private static MovedTable Of(string name) => MovedTables.All.Single(t => t.Name == name);

    private static MongoMovePart Contacts(string kind) => new("contacts") { Follows = (owner, column) => column is "account_id" ? owner["account_id"].AsString : column is "owner_kind" ? kind : null };

    /// <summary>A reservation is its filing's: whose it is and whether it is used need not be said again.</summary>
    private static object? FollowsOfHold(BsonDocument filing, string column) => column switch
    {
        "account_id" => filing["account_id"].AsString,
        "used" => filing["state"].AsString == FilingTransitions.NameOf(FilingState.Approved) ? 1L : 0L,
        _ => null,
    };

    private bool IsId(string column) => table.Key.Count == 1 && table.Key[0] == column;

    private void Refuse(BsonDocument document)
    {
        if (document.Contains(MongoDatabase.Todo) || Array.Exists(Unfinished, document.Contains))
        {
            throw new InvalidDataException($"Something is under way with a document of {Name}: start one instance of the service, let it run for a minute, stop it, and move then.");
        }

        foreach (var field in document.Names)
        {
            if (field is not ("_id" or "v" or "rev") && !table.Columns.Contains(field) && !Own.Contains(field) && !Array.Exists(Parts, p => p.Field == field))
            {
                throw new InvalidDataException($"A document of {Name} has the field '{field}', which this program does not know: it would be lost. Move with the program that wrote it.");
            }
        }
    }
}

/// <summary>Rows that stand in their owner's document, as an array.</summary>
/// <param name="Field">The array.</param>
/// <param name="Value">The column that an element is; null where elements are documents of columns.</param>
internal sealed record MongoMovePart(string Field, string? Value = null)
{
    /// <summary>Value of a column that follows from the owner's document, or null where it does not follow.</summary>
    public Func<BsonDocument, string, object?> Follows { get; init; } = (_, _) => null;

    /// <summary>The array is there also when it is empty.</summary>
    public bool IsAlways { get; init; }

    public void Put(BsonDocument owner, MovedPart part, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count > 0 || IsAlways)
        {
            owner[Field] = new BsonArray(rows.Select(r => Element(owner, part, r)));
        }
    }

    public IReadOnlyList<object?[]> Rows(BsonDocument owner, MovedPart part) =>
        owner.TryGetValue(Field, out var array) ? [.. array.AsBsonArray.Select(e => Row(owner, part, e))] : [];

    /// <exception cref="InvalidDataException">A column says something else than what follows from the owner.</exception>
    private BsonValue Element(BsonDocument owner, MovedPart part, object?[] row)
    {
        var element = new BsonDocument();
        for (var i = 0; i < row.Length; i++)
        {
            var column = part.Table.Columns[i];
            if (Owned(owner, part, column) is { } owned)
            {
                if (!owned.Equals(row[i]))
                {
                    throw new InvalidDataException(
                        $"A row of {part.Table.Name} says another {column} than its row in the table it belongs to ({owner["_id"]}): one of the two was altered. Set it right before moving.");
                }
            }
            else if (row[i] is { } value)
            {
                element[column] = MongoMoveMap.Value(value);
            }
        }

        return Value is null ? element : element[Value];
    }

    private object?[] Row(BsonDocument owner, MovedPart part, BsonValue element) =>
        [.. part.Table.Columns.Select(c => Owned(owner, part, c) ?? MongoMoveMap.Value(Value is null ? element.AsBsonDocument.GetValue(c, BsonNull.Value) : Value == c ? element : BsonNull.Value, part.Table.Name))];

    private object? Owned(BsonDocument owner, MovedPart part, string column) => column == part.Owner ? owner["_id"].AsString : Follows(owner, column);
}
