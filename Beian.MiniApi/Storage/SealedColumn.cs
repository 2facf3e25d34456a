using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage;

/// <summary>A column whose values are sealed, in whichever engine. A value opens in the row and column alone that it was sealed for.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Column">Its name.</param>
/// <param name="Key">What tells the rows apart when they are written: a column, or an expression over columns that never change.</param>
internal sealed record SealedColumn(string Table, string Column, string Key)
{
    /// <summary>Purpose by which the framework's data protection wrote such values formerly; null when they stood in the clear.</summary>
    public string? Formerly { get; init; }

    /// <summary>True for a column of text.</summary>
    public bool IsText { get; init; }

    private string Kind => Table + "." + Column;

    public byte[] Seal(Sealer sealer, string id, byte[] plain) => sealer.Seal(Kind, id, plain);

    public byte[] Open(Sealer sealer, string id, byte[] stored) => sealer.Open(Kind, id, stored, Formerly);

    public string SealText(Sealer sealer, string id, string plain) => sealer.SealText(Kind, id, plain);

    public string OpenText(Sealer sealer, string id, string stored) => sealer.OpenText(Kind, id, stored, Formerly);
}

/// <summary>Every sealed column. Whoever adds a payload to the schema adds it here; a test walks the tables and asks.</summary>
internal static class SealedColumns
{
    public static readonly SealedColumn Filings = new("filings", "payload", "id");

    public static readonly SealedColumn Subjects = new("subjects", "payload", "id");

    public static readonly SealedColumn Accounts = new("accounts", "payload", "id") { Formerly = "storage.account" };

    public static readonly SealedColumn Users = new("users", "payload", "id") { Formerly = "storage.user" };

    public static readonly SealedColumn SessionKeys = new("users", "session_key", "id") { Formerly = "wechat.sessionKey" };

    public static readonly SealedColumn Answers = new("idempotency", "answer", "key") { Formerly = "idempotency.answer" };

    public static readonly SealedColumn Notifications = new("notifications", "payload", "id");

    public static readonly SealedColumn Messages = new("wechat_messages", "body", "notification_id || ' ' || user_id") { Formerly = "storage.wechatMessage" };

    public static readonly SealedColumn Events = new("wechat_events", "body", "key") { Formerly = "storage.wechatEvent" };

    public static readonly SealedColumn AuthCodes = new("auth_codes", "payload", "id");

    public static readonly SealedColumn Resources = new("resources", "payload", "id");

    public static readonly SealedColumn Devices = new("sessions", "device", "id") { IsText = true };

    public static readonly SealedColumn StaffNames = new("staff", "display_name", "id") { IsText = true };

    public static readonly SealedColumn SecondFactors = new("staff_second_factors", "secret", "staff_id") { Formerly = "staff.secondFactor" };

    public static readonly SealedColumn ProviderLogins = new("provider_logins", "payload", "digest") { Formerly = "staff.providerLogin" };

    public static readonly SealedColumn Uploads = new("resumable_uploads", "metadata", "id");

    public static readonly SealedColumn FullViewReasons = new("full_views", "reason", "filing_id || ' ' || staff_id");

    public static readonly SealedColumn Deliveries = new("deliveries", "body", "key");

    public static readonly SealedColumn WebhookUrls = new("webhooks", "url", "id");

    public static readonly SealedColumn WebhookSecrets = new("webhooks", "secret", "id");

    public static readonly SealedColumn OldWebhookSecrets = new("webhooks", "old_secret", "id");

    public static readonly IReadOnlyList<SealedColumn> All =
    [
        Filings, Subjects, Accounts, Users, SessionKeys, Answers, Notifications, Messages, Events, AuthCodes, Resources, Devices, StaffNames, SecondFactors, ProviderLogins, Uploads, FullViewReasons,
        Deliveries, WebhookUrls, WebhookSecrets, OldWebhookSecrets,
    ];
}
