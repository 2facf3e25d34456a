using System.Text.Json;
using Beian.MiniApi.Domain.Subjects;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Filed subjects as a document each, with their domains and contacts in it; unique indexes refuse what belongs to another one.</summary>
internal sealed class MongoSubjectStore(MongoDatabase database) : ISubjectStore
{
    public static readonly MongoShape Shape = new(
        "subjects", 1,
        MongoIndex.Over("subjects_account", "account_id") with { IsUnique = true },
        MongoIndex.Over("subjects_number", "number") with { IsUnique = true },
        MongoIndex.Over("subjects_key", "subject_key") with { IsUnique = true },
        MongoIndex.Over("domains", "domains") with { IsUnique = true, IsSparse = true },
        MongoIndex.Over("subjects_contacts", "contacts.digest", "contacts.kind") with { IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["account_id"] = "string", ["number"] = "string", ["subject_key"] = "string", ["revision"] = "long", ["payload"] = "binData" },
    };

    private MongoTable Table => database[Shape.Name];

    public Task<FiledSubject?> FindAsync(string id, string accountId, CancellationToken cancellationToken) => OneAsync(new BsonDocument { ["_id"] = id, ["account_id"] = accountId }, cancellationToken);

    public Task<FiledSubject?> FindByAccountAsync(string accountId, CancellationToken cancellationToken) => OneAsync(new BsonDocument("account_id", accountId), cancellationToken);

    public Task<FiledSubject?> FindByNumberAsync(string number, CancellationToken cancellationToken) => OneAsync(new BsonDocument("number", number), cancellationToken);

    public Task<FiledSubject?> FindByKeyAsync(string subjectKey, CancellationToken cancellationToken) => OneAsync(new BsonDocument("subject_key", subjectKey), cancellationToken);

    public Task<FiledSubject?> FindByDomainAsync(string domain, CancellationToken cancellationToken) => OneAsync(new BsonDocument("domains", domain), cancellationToken);

    public async Task<bool> SaveAsync(FiledSubject subject, CancellationToken cancellationToken) => (await PutAsync(subject, null, cancellationToken)).IsSaved;

    /// <summary>
    /// All of them or none, as long as this instance lives: looks for conflicts first, among the subjects too, writes one by one with the record in the last write, and takes back what it wrote when somebody
    /// came in between. Killed half way it leaves the first ones, which a repeat passes over by their number.
    /// </summary>
    public async Task<int?> ImportAsync(IReadOnlyList<FiledSubject> subjects, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        if (record is not null && await new MongoIdempotencyStore(database).FindAsync(record.Key, record.ExpiresAt.AddDays(-1), cancellationToken) is not null)
        {
            // The last write would say so too, after the others.
            throw new IdempotencyKeyTakenException();
        }

        if (await MongoSubjectConflicts.FirstAsync(Table, subjects, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        if (subjects.Count == 0)
        {
            await MongoIdempotencyStore.InsertAsync(database, record, cancellationToken);
            return null;
        }

        var written = new Stack<(BsonDocument? Before, BsonDocument After)>();
        for (var i = 0; i < subjects.Count; i++)
        {
            try
            {
                var put = await PutAsync(subjects[i], i == subjects.Count - 1 ? record : null, cancellationToken);
                if (!put.IsSaved)
                {
                    await TakeBackAsync(written);
                    return i;
                }

                written.Push((put.Before, put.After!));
            }
            catch (Exception e) when (e is not StorageFailedException)
            {
                // A write whose end is not known may have brought the answer for all of them: then they stay, and a repeat does what is missing.
                await TakeBackAsync(written);
                throw;
            }
        }

        return null;
    }

    /// <summary>Writes one, new or against its revision.</summary>
    private async Task<(bool IsSaved, BsonDocument? Before, BsonDocument? After)> PutAsync(FiledSubject subject, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ChangeAsync<(bool, BsonDocument?, BsonDocument?)>(
                Table,
                subject.Id,
                (before, write) =>
                {
                    if (before is not null && before["revision"].ToInt64() != subject.Revision)
                    {
                        return Task.FromResult<(bool, BsonDocument?, BsonDocument?)>((false, null, null));
                    }

                    var after = Of(before, subject);
                    write.Put(before, after).Answer(record);
                    return Task.FromResult<(bool, BsonDocument?, BsonDocument?)>((true, before, after));
                },
                cancellationToken);
        }
        catch (MongoDuplicateException)
        {
            // Account, number, certificate or domain of another record.
            return (false, null, null);
        }
    }

    /// <summary>
    /// Makes documents again what they were, the last one first, so that what one gave up to another is free again. One that was written since stays as it is. Revisions go on: nobody who read
    /// the one between may write over it unseen.
    /// </summary>
    private async Task TakeBackAsync(Stack<(BsonDocument? Before, BsonDocument After)> written)
    {
        while (written.TryPop(out var put))
        {
            await database.ChangeAsync(
                Table,
                put.After["_id"],
                (found, write) =>
                {
                    if (found is null || found["revision"] != put.After["revision"])
                    {
                        return Task.FromResult(false);
                    }

                    _ = put.Before is null ? write.Remove(found) : write.Put(found, put.Before.DeepClone().AsBsonDocument.With("revision", found["revision"].ToInt64() + 1));
                    return Task.FromResult(true);
                },
                CancellationToken.None);
        }
    }

    private BsonDocument Of(BsonDocument? before, FiledSubject subject)
    {
        var document = before is null ? [] : before.DeepClone().AsBsonDocument;
        document["_id"] = subject.Id;
        document["account_id"] = subject.AccountId;
        document["number"] = subject.Number;
        document["subject_key"] = subject.SubjectKey;
        document["revision"] = (long)subject.Revision + 1;
        document["payload"] = SealedColumns.Subjects.Seal(database.Sealer, subject.Id, JsonSerializer.SerializeToUtf8Bytes(subject, StoredJson.Options));
        return document
            .With("domains", subject.Sites.Count == 0 ? null : new BsonArray(MongoSubjectConflicts.DomainsOf(subject)))
            .With("contacts", MongoContactReader.Of(subject.SubjectKey, subject.Contacts));
    }

    private async Task<FiledSubject?> OneAsync(BsonDocument where, CancellationToken cancellationToken) =>
        await Table.FirstAsync(where, null, cancellationToken) is { } found
            ? JsonSerializer.Deserialize<FiledSubject>(SealedColumns.Subjects.Open(database.Sealer, found["_id"].AsString, found["payload"].AsByteArray), StoredJson.Options)! with { Revision = found["revision"].ToInt32() }
            : null;
}
