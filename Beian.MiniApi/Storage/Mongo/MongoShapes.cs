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
        MongoFilings.Shape,
        MongoReviewFacts.Shape,
        MongoConsentStore.Shape,
        MongoSubjectStore.Shape,
        MongoReasonStore.Shape,
        MongoSettingStore.Shape,
        MongoStoreHealth.Shape,
        MongoAttemptStore.Shape,
        MongoFullViewStore.Shape,
        MongoPaperWorkStore.Shape,
        MongoResumableUploadStore.Shape,
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
