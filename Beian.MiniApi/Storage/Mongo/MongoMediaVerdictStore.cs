using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>One document a verdict.</summary>
internal sealed class MongoMediaVerdictStore(MongoDatabase database) : IMediaVerdictStore
{
    public static readonly MongoShape Shape = new("media_verdicts", 1, MongoIndex.Over("media_verdicts_at", "at"))
    {
        Fields = new Dictionary<string, string> { ["error_code"] = "long", ["at"] = "long" },
    };

    public Task<bool> AddAsync(MediaVerdict verdict, CancellationToken cancellationToken) => database[Shape.Name].AddAsync(
        new BsonDocument { ["_id"] = verdict.TraceId, ["error_code"] = (long)verdict.ErrorCode, ["at"] = verdict.At.ToUnixTimeMilliseconds() }
            .With("suggestion", verdict.Suggestion)
            .With("label", (long?)verdict.Label),
        cancellationToken);

    public async Task<MediaVerdict?> FindAsync(string traceId, CancellationToken cancellationToken) =>
        await database[Shape.Name].FindAsync(traceId, cancellationToken) is { } found
            ? new MediaVerdict(traceId, found["error_code"].ToInt32(), found.TextOrNull("suggestion"), found.TryGetValue("label", out var label) ? label.ToInt32() : null, found.Time("at"))
            : null;

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        (int)await database[Shape.Name].DropAsync(MongoFields.Below("at", before.ToUnixTimeMilliseconds()), cancellationToken);
}
