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
        MongoCounters.Shape,
        MongoReseal.Orders,
        MongoProtectionKeys.Shape,
    ];

    private static readonly IReadOnlyList<MongoShape> Filings =
    [
        new MongoShape("filings", 1),
        new MongoShape("subjects", 1),
        new MongoShape("consents", 1),
        new MongoShape("review_facts", 1),
        new MongoShape("full_views", 1),
        new MongoShape("paper_work", 1),
    ];

    private static readonly IReadOnlyList<MongoShape> People =
    [
        MongoPeople.Accounts,
        MongoPeople.Users,
        MongoPeople.FormerMembers,
        MongoAccountLinkStore.Shape,
        MongoSessionStore.Shape,
        MongoStaffStore.Shape,
        MongoStaffStore.Identities,
        MongoStaffAttempts.Shape,
        MongoSecondFactorStore.Shape,
        MongoSecondFactorStore.Codes,
        MongoProviderLoginStore.Shape,
        MongoErasureStore.ErasedAccounts,
        MongoErasureStore.Files,
    ];

    private static readonly IReadOnlyList<MongoShape> Messages =
    [
        new MongoShape("notifications", 1),
        new MongoShape("letter_links", 1),
        new MongoShape("face_handovers", 1),
        new MongoShape("deliveries", 1),
        new MongoShape("webhooks", 1),
        new MongoShape("resources", 1),
        new MongoShape("auth_codes", 1),
        new MongoShape("attempts", 1),
        new MongoShape("resumable_uploads", 1),
        new MongoShape("message_credits", 1),
        new MongoShape("message_refusals", 1),
        new MongoShape("message_deliveries", 1),
        new MongoShape("wechat_messages", 1),
        new MongoShape("authorization_revocations", 1),
    ];

    public static readonly IReadOnlyList<MongoShape> All = [.. House, .. Filings, .. People, .. Messages];
}
