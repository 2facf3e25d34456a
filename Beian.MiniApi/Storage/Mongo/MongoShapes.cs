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
        MongoCounters.Shape,
    ];

    private static readonly IReadOnlyList<MongoShape> Filings =
    [
        new MongoShape("filings", 1),
    ];

    private static readonly IReadOnlyList<MongoShape> People =
    [
        new MongoShape("erased_accounts", 1),
        new MongoShape("former_members", 1),
    ];

    private static readonly IReadOnlyList<MongoShape> Messages =
    [
        MongoNotificationStore.Shape,
        MongoLetterLinkStore.Shape,
        MongoFaceHandoverStore.Shape,
        MongoWeChatEventStore.Events,
        MongoWeChatEventStore.Signatures,
        MongoMediaVerdictStore.Shape,
        MongoAuthorizationRevocationStore.Shape,
        MongoMessageCredits.Credits,
        MongoMessageCredits.Refusals,
        MongoMessageCredits.Reports,
        MongoMessageStore.Shape,
        MongoDeliveryStore.Shape,
        MongoWebhookStore.Shape,
        MongoResourceStore.Shape,
        MongoResourceStore.Changes,
        MongoAuthCodeStore.Shape,
    ];

    public static readonly IReadOnlyList<MongoShape> All = [.. House, .. Filings, .. People, .. Messages];
}
