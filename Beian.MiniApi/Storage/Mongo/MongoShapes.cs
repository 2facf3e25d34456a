namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Every collection; each shape stands in the store that keeps it.</summary>
internal static class MongoShapes
{
    private static readonly IReadOnlyList<MongoShape> House =
    [
        new MongoShape("todos", 1, MongoIndex.Over("todos_at", "at")),
        MongoDataKeys.Shape,
        MongoTrail.Entries,
        MongoTrail.Chain,
        MongoTrail.Checkpoints,
        MongoIdempotencyStore.Shape,
        MongoReseal.Orders,
        MongoProtectionKeys.Shape,
    ];

    private static readonly IReadOnlyList<MongoShape> Filings =
    [
    ];

    private static readonly IReadOnlyList<MongoShape> People =
    [
    ];

    private static readonly IReadOnlyList<MongoShape> Messages =
    [
    ];

    public static readonly IReadOnlyList<MongoShape> All = [.. House, .. Filings, .. People, .. Messages];
}
