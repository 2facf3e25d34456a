using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>A filing as one document, with its reservations and contacts in it, so that one write decides over all of them.</summary>
internal static class MongoFilings
{
    public const string NumberIndex = "filings_number";
    public const string HoldsIndex = "holds";

    /// <summary>What is in the queue has 1 here; nothing else has the field.</summary>
    public const string Queued = "queued";

    /// <summary>Fields that hold the filing's own id as long as there is something to do with it, and are absent otherwise: an index over one is small, and in the order of ids.</summary>
    public const string OutboxOpen = "outbox_open";

    /// <inheritdoc cref="OutboxOpen"/>
    public const string FaceWaiting = "face_waiting";

    /// <inheritdoc cref="OutboxOpen"/>
    public const string FactsMissing = "facts_missing";

    /// <summary>When it is due; what nobody promised comes last.</summary>
    public const string DueKey = "due_key";

    public static readonly MongoShape Shape = new(
        "filings", 1,
        MongoIndex.Over(NumberIndex, "number") with { IsUnique = true },
        MongoIndex.Over(HoldsIndex, "holds") with { IsUnique = true, IsSparse = true },
        MongoIndex.Over("filings_account", "account_id", "_id"),
        MongoIndex.Over("filings_state", "state", "_id"),
        MongoIndex.Over("filings_timer", "timer_at") with { IsSparse = true },
        MongoIndex.Over("filings_picture", "picture_at") with { IsSparse = true },
        MongoIndex.Over("filings_outbox", OutboxOpen) with { IsSparse = true },
        MongoIndex.Over("filings_face", FaceWaiting) with { IsSparse = true },
        MongoIndex.Over("filings_facts", FactsMissing) with { IsSparse = true },
        MongoIndex.Over("filings_contacts", "contacts.digest", "contacts.kind") with { IsSparse = true },
        MongoIndex.Over("queue_due", Queued, DueKey, "_id"),
        MongoIndex.Over("queue_state", Queued, "state", DueKey, "_id"),
        MongoIndex.Over("queue_province", Queued, "province", DueKey, "_id"),
        MongoIndex.Over("queue_assignee", Queued, "assignee", DueKey, "_id"),
        MongoIndex.Over("queue_state_province", Queued, "state", "province", DueKey, "_id"),
        MongoIndex.Over("queue_state_assignee", Queued, "state", "assignee", DueKey, "_id"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string>
        {
            ["_id"] = "string",
            ["account_id"] = "string",
            ["number"] = "string",
            ["state"] = "string",
            ["revision"] = "long",
            ["created_at"] = "long",
            ["state_since"] = "long",
            ["submitted"] = "long",
            [DueKey] = "long",
            ["payload"] = "binData",
        },
    };

    private static readonly string[] NeverQueued = [FilingTransitions.NameOf(FilingState.Draft), FilingTransitions.NameOf(FilingState.DraftExpired)];

    /// <summary>The document of a filing that is about to be saved.</summary>
    /// <param name="before">As it was read; fields of it that are not a filing's stay. Null for a new one.</param>
    /// <param name="saved">With its new revision.</param>
    /// <param name="payload">Sealed.</param>
    public static BsonDocument Of(BsonDocument? before, Filing saved, byte[] payload)
    {
        var (row, document) = (StoredFiling.Of(saved), before is null ? [] : before.DeepClone().AsBsonDocument);
        document["_id"] = row.Id;
        document["account_id"] = row.AccountId;
        document["number"] = row.Number;
        document["state"] = row.State;
        document.With("province", row.Province).With("assignee", row.Assignee).With("kind", row.Kind);
        document["revision"] = (long)row.Revision;
        document["created_at"] = row.CreatedAt;
        document["state_since"] = row.StateSince;
        document.With("due_at", row.DueAt).With("timer_at", row.TimerAt).With("picture_at", row.PictureAt);
        document["outbox"] = (long)row.Outbox;
        document["submitted"] = row.IsSubmitted ? 1L : 0L;
        document["face_open"] = (long)row.OpenFaceChecks;
        document["has_facts"] = 1L;
        document["payload"] = payload;
        document.With("holds", saved.Snapshot.Holds.Count == 0 ? null : new BsonArray(saved.Snapshot.Holds.Distinct(StringComparer.Ordinal)));
        document.With("contacts", MongoContactReader.Of(saved.Snapshot.SubjectKey, saved.Snapshot.Contacts));
        return Derived(document);
    }

    /// <summary>Puts the fields that follow from the others, and returns the document.</summary>
    public static BsonDocument Derived(BsonDocument document)
    {
        var id = document["_id"].AsString;
        var isSubmitted = document["submitted"].ToInt64() == 1;
        document[DueKey] = document.LongOrNull("due_at") ?? long.MaxValue;
        return document
            .With(Queued, isSubmitted && !NeverQueued.Contains(document["state"].AsString) ? (long?)1L : null)
            .With(OutboxOpen, document.LongOrNull("outbox") > 0 ? id : null)
            .With(FaceWaiting, document.LongOrNull("face_open") > 0 ? id : null)
            .With(FactsMissing, isSubmitted && document.LongOrNull("has_facts") != 1 ? id : null);
    }

    public static Filing Open(MongoDatabase database, BsonDocument document) =>
        StoredFiling.Restore(SealedColumns.Filings.Open(database.Sealer, document["_id"].AsString, document["payload"].AsByteArray), document["revision"].ToInt32());
}
